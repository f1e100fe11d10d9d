import { expandedBytes } from '../feeds/expanded-bytes.ts';
import { FeedError } from '../feeds/feed-error.ts';
import { PortalError } from './errors.ts';

/** A body of many rows as it was sent. */
export type SentRows = { bytes: Uint8Array; gzip: boolean };

const MOST_BYTES = 4_000_000;
const MOST_EXPANDED_BYTES = 64_000_000;

/**
 * All rows of a body, in the order they stand in.
 * @param what rows are called, e.g. "readings"
 * @param most rows that are taken at once
 * @throws PortalError BODY_TOO_LARGE; BAD_REQUEST when the body can't be read as what it should be, or has no rows
 */
export async function rowsOfBody<Row>(
  { bytes, gzip }: SentRows,
  { what, most }: { what: string; most: number },
  readRows: (content: AsyncIterable<Uint8Array>) => AsyncIterable<Row>,
): Promise<Row[]> {
  if (bytes.length > MOST_BYTES) {
    throw new PortalError('BODY_TOO_LARGE', `The body has ${bytes.length} bytes: at most ${MOST_BYTES} are taken`);
  }
  const content = expandedBytes(bytes, { gzip, most: MOST_EXPANDED_BYTES, name: 'the body' });
  const rows: Row[] = [];
  try {
    for await (const row of readRows(content)) {
      if (rows.length === most) throw new FeedError('the body', `has more than ${most} ${what}`);
      rows.push(row);
    }
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    const field = error.line === undefined ? 'body' : `line ${error.line}`;
    const message = `None of the ${what} was taken: ${error.message}`;
    throw new PortalError('BAD_REQUEST', message, [{ field, message: error.message }]);
  }
  if (rows.length === 0) throw new PortalError('BAD_REQUEST', `The body has no ${what}`);
  return rows;
}
