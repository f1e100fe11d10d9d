import type * as z from 'zod';
import type { Item, Key } from './table.ts';

const SCHEMA_VERSION = 1;

/** An item as it is stored: keys, entity and version of its shape, its members, and the row that indexes carry. */
export function stored<Schema extends z.ZodType>(
  entity: string,
  key: Key,
  members: z.infer<Schema> & object,
  indexes: Item = {},
): Item & Key {
  return { ...key, ...indexes, entity, schemaVersion: SCHEMA_VERSION, ...members };
}

/** The members of a stored item; throws when it isn't of that shape. */
export function read<Schema extends z.ZodType>(schema: Schema, item: Item): z.infer<Schema> {
  return schema.parse(item);
}
