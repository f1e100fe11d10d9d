import type { ListField } from './definition.ts';
import { compareValues, readValue, type Value, whyNoValue } from './values.ts';
import { wildcard } from './wildcard.ts';
import { percentDecoded, quoted } from './written-text.ts';

/** One comparison of a filter, as it is written: values still percent-encoded. */
export type Comparison = { selector: string; operator: string; given: string | readonly string[] };

/** A test of a row's value of the field, or why the comparison makes no sense. */
export type CompiledTest = { ok: true; test: (value: Value | undefined) => boolean } | { ok: false; reason: string };

type Order = (sign: number) => boolean;
const before: Order = (sign) => sign < 0;
const until: Order = (sign) => sign <= 0;
const after: Order = (sign) => sign > 0;
const since: Order = (sign) => sign >= 0;

const ORDERS = new Map<string, Order>([
  ['=lt=', before],
  ['<', before],
  ['=le=', until],
  ['<=', until],
  ['=gt=', after],
  ['>', after],
  ['=ge=', since],
  ['>=', since],
]);
const EQUALITIES = new Set(['==', '!=']);
const MEMBERSHIPS = new Set(['=in=', '=out=']);
const NEGATIONS = new Set(['!=', '=out=']);

/** Types whose values are read as text by a pattern. */
const PATTERN_TYPES: readonly ListField<never>['type'][] = ['text', 'date', 'month', 'enum'];
/** Types whose values have no order that a caller could mean. */
const UNORDERED_TYPES: readonly ListField<never>['type'][] = ['enum', 'boolean'];

/**
 * Compiles one comparison of a filter. A row without a value is different from everything: `!=` and `=out=` take it,
 * nothing else does.
 */
export function compileComparison(field: ListField<never>, comparison: Comparison): CompiledTest {
  const { selector, operator, given } = comparison;
  const order = ORDERS.get(operator);
  if (!order && !EQUALITIES.has(operator) && !MEMBERSHIPS.has(operator)) {
    return refused(`compares ${selector} by ${quoted(operator)}, which is no operator of FIQL`);
  }
  if (order && UNORDERED_TYPES.includes(field.type)) {
    return refused(`compares ${selector} by ${operator}: use ==, !=, =in= or =out=`);
  }
  if (typeof given !== 'string' && !MEMBERSHIPS.has(operator)) {
    return refused(`compares ${selector} by ${operator} with several values: use =in= or =out=`);
  }
  const matches = matcherOf(field, comparison, order);
  if (typeof matches === 'string') return refused(matches);
  const negated = NEGATIONS.has(operator);
  return { ok: true, test: (value) => (value === undefined ? negated : matches(value) !== negated) };
}

const refused = (reason: string) => ({ ok: false, reason }) as const;

function matcherOf(
  field: ListField<never>,
  { selector, operator, given }: Comparison,
  order: Order | undefined,
): ((value: Value) => boolean) | string {
  const texts = typeof given === 'string' ? [given] : given;
  const [first = ''] = texts;
  if (EQUALITIES.has(operator) && first.includes('*') && PATTERN_TYPES.includes(field.type)) {
    return patternOf(field, selector, first);
  }
  const values: Value[] = [];
  for (const text of texts) {
    const decoded = percentDecoded(text);
    if (decoded === undefined) return noUtf8(selector, text);
    const value = readValue(field, decoded);
    if (value === undefined) return `compares ${selector} with ${quoted(decoded)}, ${whyNoValue(field)}`;
    values.push(value);
  }
  const [bound = ''] = values;
  if (order) return (value) => order(compareValues(value, bound));
  const wanted = new Set(values);
  return (value) => wanted.has(value);
}

function patternOf(field: ListField<never>, selector: string, text: string): ((value: Value) => boolean) | string {
  const parts: string[] = [];
  for (const part of text.split('*')) {
    const decoded = percentDecoded(part);
    if (decoded === undefined) return noUtf8(selector, text);
    parts.push(decoded);
  }
  const matches = wildcard(parts);
  if (field.type === 'enum' && !field.values.some(matches)) {
    return `compares ${selector} with ${quoted(text)}, ${whyNoValue(field)}`;
  }
  return (value) => matches(String(value));
}

const noUtf8 = (selector: string, text: string): string =>
  `compares ${selector} with ${quoted(text)}, whose percent-encoding is no UTF-8`;
