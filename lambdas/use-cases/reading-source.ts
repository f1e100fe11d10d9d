import { FeedError } from '../feeds/feed-error.ts';
import { type ReadingRow, readCsvReadings, readNdjsonReadings } from '../feeds/readings.ts';
import { PortalError } from './errors.ts';
import { type FileBody, fileContent } from './file-body.ts';

/** Readings as they were sent. */
export type ReadingSource = FileBody & { format: 'NDJSON' | 'CSV' };

// An answer with another result for each stays below 5 MB.
const MOST_READINGS = 50_000;

/**
 * The readings of an upload, in the order they stand in.
 * @throws PortalError BODY_TOO_LARGE; BAD_REQUEST when the body can't be read as what it should be, or has no readings
 */
export async function readReadings({ format, ...body }: ReadingSource): Promise<ReadingRow[]> {
  const content = fileContent(body);
  const rows: ReadingRow[] = [];
  try {
    for await (const row of format === 'CSV' ? readCsvReadings(content) : readNdjsonReadings(content)) {
      if (rows.length === MOST_READINGS) throw new FeedError('the body', `has more than ${MOST_READINGS} readings`);
      rows.push(row);
    }
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    const field = error.line === undefined ? 'body' : `line ${error.line}`;
    throw new PortalError('BAD_REQUEST', `No reading was taken: ${error.message}`, [{ field, message: error.message }]);
  }
  if (rows.length === 0) throw new PortalError('BAD_REQUEST', 'The body has no readings');
  return rows;
}
