import { isDate, isPeriod } from '../../domain/calendar/period.ts';
import { parseDecimal } from '../../domain/numbers/decimal.ts';
import { compareCodePoints } from '../../domain/usage/canonical-order.ts';
import type { ListField } from './definition.ts';

/** A value of a field as it compares: numbers as integers of 10^-NUMBER_DECIMALS. */
export type Value = string | bigint | boolean;

/** More than any price, quantity or amount of the portal has. */
const NUMBER_DECIMALS = 20;

/** A row's value of a field; undefined where it has none. Throws RangeError for a number that is no plain decimal. */
export function rowValue<Row>(field: ListField<Row>, row: Row): Value | undefined {
  const value = field.of(row);
  if (field.type !== 'number' || value === undefined) return value;
  const number = parseDecimal(String(value), NUMBER_DECIMALS);
  if (number === undefined) throw new RangeError(`a row has ${JSON.stringify(value)} where a number belongs`);
  return number;
}

/** The value that a caller has written for a field; undefined when it is none of its type. */
export function readValue(field: ListField<never>, text: string): Value | undefined {
  switch (field.type) {
    case 'text':
      return text;
    case 'date':
      return isDate(text) ? text : undefined;
    case 'month':
      return isPeriod(text) ? text : undefined;
    case 'number':
      return parseDecimal(text, NUMBER_DECIMALS);
    case 'enum':
      return field.values.includes(text) ? text : undefined;
    case 'boolean':
      return text === 'true' || (text === 'false' ? false : undefined);
  }
}

/** Why a text is no value of a field, and what would be. */
export function whyNoValue(field: ListField<never>): string {
  switch (field.type) {
    case 'text':
      return 'which is no text';
    case 'date':
      return 'which is no day: write an existing one as YYYY-MM-DD';
    case 'month':
      return 'which is no month: write it as YYYY-MM, e.g. 2026-10';
    case 'number':
      return 'which is no plain decimal number: write it as -12.50';
    case 'enum':
      return `which is none of ${field.values.join(', ')}`;
    case 'boolean':
      return 'which is neither true nor false';
  }
}

/** Compares two values of one field: negative, zero or positive. */
export function compareValues(a: Value, b: Value): number {
  if (typeof a === 'string' && typeof b === 'string') return compareCodePoints(a, b);
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
