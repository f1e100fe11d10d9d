import { compareCodePoints } from '../../domain/usage/canonical-order.ts';
import type { Compiled, ListDefinition, ListField } from './definition.ts';
import { compareValues, rowValue, type Value } from './values.ts';
import { quoted } from './written-text.ts';

const MOST_CHARACTERS = 1_000;

type Sorter<Row> = (rows: readonly Row[]) => Row[];
type Key<Row> = { field: ListField<Row>; sign: 1 | -1 };
type Keyed<Row> = { row: Row; id: string; values: (Value | undefined)[] };

/**
 * Compiles a sort: field names with commas between them, each with a minus in front to sort it descending
 * (docs/api.md "Lists"). Rows without a value come last either way; the id decides between rows that are otherwise equal.
 */
export function compileSort<Row>(
  text: string,
  { sortable, id }: Pick<ListDefinition<Row>, 'sortable' | 'id'>,
): Compiled<Sorter<Row>> {
  if (text.length > MOST_CHARACTERS) return refused(`is longer than ${MOST_CHARACTERS} characters`);
  const keys = new Map<string, Key<Row>>();
  for (const part of text.split(',')) {
    const written = part.trim();
    const name = written.replace(/^-/, '');
    const field = Object.hasOwn(sortable, name) ? sortable[name] : undefined;
    if (!field) return refused(`has no field ${quoted(name)}: use ${Object.keys(sortable).join(', ')}`);
    if (keys.has(name)) return refused(`names ${name} twice`);
    keys.set(name, { field, sign: written === name ? 1 : -1 });
  }
  return { ok: true, value: sorterOf([...keys.values()], id) };
}

const refused = (message: string) => ({ ok: false, errors: [{ field: 'sort', message }] }) as const;

function sorterOf<Row>(keys: readonly Key<Row>[], id: (row: Row) => string): Sorter<Row> {
  const compare = (a: Keyed<Row>, b: Keyed<Row>): number => {
    for (const [at, { sign }] of keys.entries()) {
      const order = compareMissingLast(a.values[at], b.values[at], sign);
      if (order !== 0) return order;
    }
    return compareCodePoints(a.id, b.id);
  };
  // Values are read once a row, not once a comparison.
  return (rows) =>
    rows
      .map((row) => ({ row, id: id(row), values: keys.map(({ field }) => rowValue(field, row)) }))
      .sort(compare)
      .map(({ row }) => row);
}

function compareMissingLast(a: Value | undefined, b: Value | undefined, sign: 1 | -1): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return sign * compareValues(a, b);
}
