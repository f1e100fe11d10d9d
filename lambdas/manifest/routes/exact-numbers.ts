import * as z from 'zod';
import { parseDecimal } from '../../domain/numbers/decimal.ts';

/**
 * A number of a request as its literal, where a double would change it: "12345678901234567890.12". A number of a request
 * that is an ordinary `number` is exactly the one that was written.
 */
export class NumberLiteral {
  readonly literal: string;

  constructor(literal: string) {
    this.literal = literal;
  }
}

const LITERAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
const MOST_DIGITS = 40;

/**
 * A JSON number as a plain decimal, exactly, without needless zeros: "2.50e1" → "25".
 * Undefined for anything else, and for numbers of more than 40 digits.
 */
export function plainDecimal(literal: string): string | undefined {
  const [found, sign, whole = '', fraction = '', exponent = '0'] = LITERAL.exec(literal) ?? [];
  const point = whole.length + Number(exponent);
  if (found === undefined || whole.length + fraction.length > MOST_DIGITS || Math.abs(point) > MOST_DIGITS) {
    return undefined;
  }
  const digits = `${'0'.repeat(Math.max(0, 1 - point))}${whole}${fraction}`.padEnd(point, '0');
  const at = Math.max(point, 1);
  const decimals = digits.slice(at).replace(/0+$/, '');
  const text = digits.slice(0, at).replace(/^0+(?=\d)/, '') + (decimals && `.${decimals}`);
  return sign && /[1-9]/.test(text) ? `-${text}` : text;
}

/**
 * A JSON number as it was written: the `number` where that is exactly it, its literal elsewhere. Undefined for one of more
 * than 40 digits.
 */
export function readNumber(value: number, source: string): number | NumberLiteral | undefined {
  if (String(value) === source) return value;
  const exact = plainDecimal(source);
  if (exact === undefined) return undefined;
  return exact === plainDecimal(String(value)) ? value : new NumberLiteral(source);
}

/** Said in two ways, for zod's own JSON Schema and for the OpenAPI document. */
const NUMBER = { type: 'number', override: { type: 'number' } } as const;

/**
 * A number in a request, for schemas to read exactly: 240.5 gives "240.5", with at most so many decimals and at most 20
 * digits before them.
 * @example z.object({ discount: decimalNumber(4).transform(percent) })
 */
export function decimalNumber(mostDecimals: number) {
  return z
    .custom<number | NumberLiteral>(
      (value) => typeof value === 'number' || value instanceof NumberLiteral,
      'must be a number',
    )
    .meta(NUMBER)
    .transform((value) => plainDecimal(value instanceof NumberLiteral ? value.literal : String(value)) ?? '')
    .refine(
      (text) => parseDecimal(text, mostDecimals) !== undefined,
      `must be a number of at most 20 digits and ${mostDecimals} decimals`,
    )
    .meta(NUMBER);
}

const WRITTEN = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/**
 * A number in an answer: the handler gives an exact decimal as text, and it is written as that very literal, so that 0.88
 * stays 0.88 (domain.md §9). Examples may give a number.
 */
export const ExactNumber = z
  .custom<string>((value) => typeof value === 'number' || (typeof value === 'string' && WRITTEN.test(value)))
  .transform((value) => JSON.rawJSON(String(value)))
  .meta(NUMBER);
