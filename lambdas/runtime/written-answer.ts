import type { RouteDefinition } from '../manifest/routes/route.ts';
import { PortalError } from '../use-cases/errors.ts';
import type { WrittenAnswer } from '../use-cases/ports/idempotency.ts';
import { entityTag } from './entity-tag.ts';
import { listCsv, MOST_CSV_ROWS } from './list-csv.ts';
import type { CsvExtent } from './request-input.ts';

/** An answer as a handler of any route gives it. */
export type GivenAnswer = { body: unknown; location?: string; version?: number; csv?: () => string };

type GivenPage = { content: readonly object[]; total: number };

/** A function's answer may have 6 MB; above this it is an export, not a list (aws-design.md "HTTP"). */
const MOST_CSV_BYTES = 5_000_000;

/**
 * Writes an answer down as its route says: numbers as exact literals, a list as CSV where that was asked for.
 * @throws Error when the handler's answer is not of the route's shape; PortalError BAD_REQUEST for a list too long for CSV
 */
export function writtenAnswer(route: RouteDefinition, given: GivenAnswer, csv: CsvExtent | undefined): WrittenAnswer {
  const { status, schema } = route.answer;
  const headers = {
    ...(given.location !== undefined && { location: given.location }),
    ...(given.version !== undefined && { etag: entityTag(given.version) }),
  };
  if (status === 204) return { status, headers };
  if (csv) {
    const body = given.csv ? bounded(given.csv()) : listOf(route, given.body as GivenPage, csv);
    return { status, headers: { ...headers, 'content-type': 'text/csv; charset=utf-8' }, body };
  }
  // Numbers become literals only when the schema reads them; that the rest is of its shape is checked on the way.
  const body = JSON.stringify(schema.parse(given.body));
  return { status, headers: { ...headers, 'content-type': 'application/json' }, body };
}

function bounded(text: string): string {
  if (Buffer.byteLength(text) <= MOST_CSV_BYTES) return text;
  throw new PortalError('BAD_REQUEST', 'This is too large for one answer: download its CSV document instead');
}

function listOf({ answer }: RouteDefinition, page: GivenPage, extent: CsvExtent): string {
  const isLeftOut = extent === 'WHOLE' && page.total > MOST_CSV_ROWS;
  const text = isLeftOut ? '' : listCsv(answer.schema, page);
  if (!isLeftOut && Buffer.byteLength(text) <= MOST_CSV_BYTES) return text;
  throw new PortalError(
    'BAD_REQUEST',
    `The list is too long for one CSV, which has at most ${MOST_CSV_ROWS} rows and ${MOST_CSV_BYTES} bytes: narrow it by a filter, or ask for parts of it with limit and offset`,
  );
}
