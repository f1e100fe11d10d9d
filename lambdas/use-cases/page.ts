import { PortalError } from './errors.ts';

/** Most rows a request reads to filter and sort them; lists above it have to be narrowed. */
const MOST_ROWS = 50_000;

export type PageRequest = { limit: number; offset: number };
export type Page<Row> = { content: Row[]; total: number };

export function pageOf<Row>(rows: readonly Row[], { limit, offset }: PageRequest): Page<Row> {
  return { content: rows.slice(offset, offset + limit), total: rows.length };
}

/** @throws PortalError BAD_REQUEST when a list is too long to be sorted within a request */
export function refuseTooMany(rows: readonly unknown[]): void {
  if (rows.length <= MOST_ROWS) return;
  throw new PortalError('BAD_REQUEST', `The list has more than ${MOST_ROWS} rows: narrow it by usagePeriod`, [
    { field: 'usagePeriod', message: 'is needed to narrow the list' },
  ]);
}
