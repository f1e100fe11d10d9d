import { type FieldError, PortalError } from '../errors.ts';
import type { ListDefinition, ListQuery, Page } from './definition.ts';
import { compileFilter } from './filter.ts';
import { compileSort } from './sort.ts';

/** Most rows a request reads to filter and sort them; lists above it have to be narrowed. */
const MOST_ROWS = 50_000;

/**
 * What a request asks of a list, ready to be done on its rows: filtered, sorted, cut to the page, with the exact total
 * of what the filter takes. Call it before reading the rows, so that a bad request costs nothing.
 *
 * @example
 * const page = compileList(INVOICE_LIST, query);
 * const { content, total } = page(await rowsOf(caller));
 *
 * @throws PortalError BAD_REQUEST naming `filter` or `sort`; from the result, when there are too many rows to sort
 */
export function compileList<Row>(
  definition: ListDefinition<Row>,
  { filter, sort, limit, offset }: ListQuery,
): (rows: readonly Row[]) => Page<Row> {
  const accepts = filter?.trim() ? compileFilter(filter, definition.selectors) : undefined;
  const sorted = compileSort(sort?.trim() || definition.defaultSort, definition);
  const errors = [accepts, sorted].flatMap((compiled) => (compiled?.ok === false ? compiled.errors : []));
  if (accepts?.ok === false || !sorted.ok) throw notValid(errors);
  return (rows) => {
    if (rows.length > MOST_ROWS) throw tooMany(definition.narrowBy);
    const taken = sorted.value(accepts ? rows.filter(accepts.value) : rows);
    return { content: taken.slice(offset, offset + limit), total: taken.length };
  };
}

function notValid(errors: readonly FieldError[]): PortalError {
  const named = errors.map(({ field, message }) => `${field} ${message}`).join('; ');
  return new PortalError('BAD_REQUEST', `The query is not valid: ${named}`, errors);
}

function tooMany(narrowBy: string | undefined): PortalError {
  const message = `The list has more than ${MOST_ROWS} rows`;
  if (narrowBy === undefined) return new PortalError('BAD_REQUEST', message);
  return new PortalError('BAD_REQUEST', `${message}: narrow it by ${narrowBy}`, [
    { field: narrowBy, message: 'is needed to narrow the list' },
  ]);
}
