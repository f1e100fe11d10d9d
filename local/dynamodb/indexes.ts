import type { Index, Table } from 'dynalite/db/index.js';
import db from 'dynalite/db/index.js';
import type { Item } from './wire.ts';

/** Key sizes in bytes that DynamoDB allows. */
const MAX_PARTITION_KEY_BYTES = 2048;
const MAX_SORT_KEY_BYTES = 1024;

/** What the index holds of an item, or undefined when the item lacks one of the index's keys (a sparse index). */
export function indexEntry(item: Item | undefined, table: Table, index: Index): Item | undefined {
  if (!item || index.KeySchema.some((key) => item[key.AttributeName] === undefined)) return undefined;
  const projected = projectedAttributes(table, index);
  if (!projected) return item;
  const entry: Item = {};
  for (const name of projected) {
    const value = item[name];
    if (value !== undefined) entry[name] = value;
  }
  return entry;
}

/** Names of the attributes an index carries; undefined when it carries all. */
export function projectedAttributes(table: Table, index: Index): string[] | undefined {
  if (index.Projection.ProjectionType === 'ALL') return undefined;
  const keys = [...index.KeySchema, ...table.KeySchema].map((key) => key.AttributeName);
  return [...new Set([...keys, ...(index.Projection.NonKeyAttributes ?? [])])];
}

/** The refusal DynamoDB gives for an item whose index keys are empty, too long or of another type than declared. */
export function refuseIndexKeys(item: Item, table: Table) {
  for (const index of table.GlobalSecondaryIndexes ?? []) {
    for (const { AttributeName: name, KeyType } of index.KeySchema) {
      const value = item[name];
      if (value === undefined) continue;
      const type = table.AttributeDefinitions.find((attribute) => attribute.AttributeName === name)!.AttributeType;
      const key = value[type];
      const where = `IndexName: ${index.IndexName}, IndexKey: ${name}`;
      if (typeof key !== 'string') {
        return db.validationError(
          `One or more parameter values were invalid: Type mismatch for Index Key ${name} Expected: ${type} ` +
            `Actual: ${Object.keys(value)[0]} IndexName: ${index.IndexName}`,
        );
      }
      if (key === '') {
        return db.validationError(
          'One or more parameter values are not valid. A value specified for a secondary index key is not supported. ' +
            `The AttributeValue for a key attribute cannot contain an empty string value. ${where}`,
        );
      }
      const limit = KeyType === 'HASH' ? MAX_PARTITION_KEY_BYTES : MAX_SORT_KEY_BYTES;
      if (type !== 'N' && Buffer.byteLength(key, type === 'B' ? 'base64' : 'utf8') > limit) {
        return db.validationError(
          `One or more parameter values were invalid: Size of the key exceeds the limit of ${limit} bytes. ${where}`,
        );
      }
    }
  }
  return undefined;
}
