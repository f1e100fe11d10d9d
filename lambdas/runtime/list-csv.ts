import type * as z from 'zod';
import { type CsvColumn, csv } from '../documents/csv.ts';

/** Most rows of a list as CSV; a longer list has to be narrowed. */
export const MOST_CSV_ROWS = 10_000;

type Row = Readonly<Record<string, unknown>>;
type Schema = z.core.$ZodTypes;

/**
 * A list as CSV: a line a row, and a head line of columns that follow from the answer's schema alone, so that an empty
 * list has them too. Members of an object within a row are columns of their own ("contractSKU.code"); what an array
 * holds stands in one cell with "; " between, objects in it as JSON. An absent value is an empty cell.
 *
 * CSV means the whole list that the filter takes, not one page: where a request names no limit, the caller lifts `limit`
 * to MOST_CSV_ROWS, and refuses a list whose total is greater.
 *
 * @param schema of the page: an object with `content`, an array of row objects
 */
export function listCsv(schema: z.ZodType, answer: { content: readonly object[] }): string {
  return csv(columnsOf(rowSchema(schema), []), answer.content as readonly Row[]);
}

function rowSchema(schema: z.ZodType): Schema {
  const page = bare(schema as unknown as Schema);
  const content = page._zod.def.type === 'object' ? page._zod.def.shape.content : undefined;
  const list = content && bare(content as Schema);
  if (list?._zod.def.type !== 'array')
    throw new TypeError('this is not the schema of a page: it has no array "content"');
  return list._zod.def.element as Schema;
}

function columnsOf(schema: Schema, path: readonly string[]): CsvColumn<Row>[] {
  const { def } = bare(schema)._zod;
  if (def.type === 'object') {
    return Object.entries(def.shape).flatMap(([name, member]) => columnsOf(member as Schema, [...path, name]));
  }
  if (def.type === 'union' && def.options.every((option) => bare(option as Schema)._zod.def.type === 'object')) {
    const columns = def.options.flatMap((option) => columnsOf(option as Schema, path));
    return [...new Map(columns.map((column) => [column.name, column])).values()];
  }
  return [{ name: path.join('.'), value: (row) => cellText(valueAt(row, path)) }];
}

/** The schema within what only says that a value may be absent, has a default, or is made otherwise than it is shown. */
function bare(schema: Schema): Schema {
  const { def } = schema._zod;
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'nonoptional':
    case 'default':
    case 'prefault':
    case 'catch':
    case 'readonly':
      return bare(def.innerType as Schema);
    case 'pipe':
      return bare(def.in as Schema);
    default:
      return schema;
  }
}

function valueAt(row: Row, path: readonly string[]): unknown {
  let value: unknown = row;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Row)[name];
  }
  return value;
}

function cellText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value.map((each) => cellText(each) ?? '').join('; ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
