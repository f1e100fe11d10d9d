import { type ReadingRow, readCsvReadings, readNdjsonReadings } from '../feeds/readings.ts';
import { rowsOfBody, type SentRows } from './rows-of-body.ts';

/** Readings as they were sent. */
export type ReadingSource = SentRows & { format: 'NDJSON' | 'CSV' };

// An answer with another result for each stays below 5 MB.
const MOST_READINGS = 50_000;

/**
 * The readings of an upload, in the order they stand in.
 * @throws PortalError BODY_TOO_LARGE; BAD_REQUEST when the body can't be read as what it should be, or has no readings
 */
export function readReadings({ format, ...sent }: ReadingSource): Promise<ReadingRow[]> {
  const read = format === 'CSV' ? readCsvReadings : readNdjsonReadings;
  return rowsOfBody(sent, { what: 'readings', most: MOST_READINGS }, read);
}
