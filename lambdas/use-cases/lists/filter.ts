import { parse } from '@rsql/parser';
import { compileComparison } from './comparison.ts';
import type { Compiled, ListFields } from './definition.ts';
import { rowValue, type Value } from './values.ts';
import { quoted } from './written-text.ts';

const MOST_CHARACTERS = 4_000;
const MOST_NESTING = 16;
/** Comparisons of a filter; of a list (=in=) each value counts. */
const MOST_COMPARISONS = 100;
const REASONS_SHOWN = 10;

type Expression = ReturnType<typeof parse>;
/** A test of a row's values of the fields that a filter names, each at its own place. */
type Test = (values: readonly (Value | undefined)[]) => boolean;
/** What a filter names, in the order it is first named, and what is wrong with it. */
type Findings<Row> = { selectors: ListFields<Row>; named: string[]; reasons: Set<string> };

/**
 * Compiles a filter in FIQL over these selectors (domain.md §9, docs/api.md "Filters").
 * What is too long, too deep or has too many parts never reaches the parser. Refused with every reason, at most ten.
 */
export function compileFilter<Row>(text: string, selectors: ListFields<Row>): Compiled<(row: Row) => boolean> {
  const tooMuch = excessOf(text);
  if (tooMuch !== undefined) return refused([tooMuch]);
  const expression = parsed(text);
  if (typeof expression === 'string') return refused([expression]);
  const findings: Findings<Row> = { selectors, named: [], reasons: new Set() };
  const test = compileExpression(expression, findings);
  if (findings.reasons.size > 0) return refused([...findings.reasons].slice(0, REASONS_SHOWN));
  // A value is read once a row, however often the filter names its field.
  const fields = findings.named.flatMap((name) => selectors[name] ?? []);
  return { ok: true, value: (row) => test(fields.map((field) => rowValue(field, row))) };
}

/**
 * The value that a selector must have in every row that a filter takes: of `usagePeriod==2026-10;status==CLOSED`, "2026-10".
 * Undefined where there is none, and for what is no filter.
 */
export function requiredValue(text: string, selector: string): string | undefined {
  if (excessOf(text) !== undefined) return undefined;
  const expression = parsed(text);
  return typeof expression === 'string' ? undefined : requiredIn(expression, selector);
}

function requiredIn(expression: Expression, selector: string): string | undefined {
  if (expression.type !== 'COMPARISON') {
    if (expression.operator !== ';') return undefined;
    return requiredIn(expression.left, selector) ?? requiredIn(expression.right, selector);
  }
  const { left, operator, right } = expression;
  return left.selector === selector && operator === '==' && typeof right.value === 'string' ? right.value : undefined;
}

const refused = (reasons: readonly string[]) =>
  ({ ok: false, errors: reasons.map((message) => ({ field: 'filter', message })) }) as const;

/** What a filter has too much of, told without parsing it. Quoted values may hold anything. */
function excessOf(text: string): string | undefined {
  if (text.length > MOST_CHARACTERS) return `is longer than ${MOST_CHARACTERS} characters`;
  let quote = '';
  let depth = 0;
  let comparisons = 1;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote) {
      if (character === '\\') at++;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === ';' || character === ',') comparisons++;
    if (depth > MOST_NESTING) return `has more than ${MOST_NESTING} brackets in each other`;
    if (comparisons > MOST_COMPARISONS) return `has more than ${MOST_COMPARISONS} comparisons`;
  }
  return undefined;
}

function parsed(text: string): Expression | string {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // The parser's message has the whole filter in it.
    const what = error.message.replace(` in "${text}"`, '').replace(/\.$/, '');
    return `is no FIQL: ${[...what].slice(0, 100).join('')}`;
  }
}

function compileExpression<Row>(expression: Expression, findings: Findings<Row>): Test {
  if (expression.type === 'COMPARISON') return compileNamed(expression, findings);
  // RSQL's words for both are no FIQL, and a value that begins with one of them would be taken for it.
  if (expression.operator !== ';' && expression.operator !== ',') {
    findings.reasons.add('is no FIQL: write ; instead of "and", a comma instead of "or"');
    return never;
  }
  const left = compileExpression(expression.left, findings);
  const right = compileExpression(expression.right, findings);
  return expression.operator === ';'
    ? (values) => left(values) && right(values)
    : (values) => left(values) || right(values);
}

function compileNamed<Row>(
  { left: { selector }, operator, right }: Extract<Expression, { type: 'COMPARISON' }>,
  { selectors, named, reasons }: Findings<Row>,
): Test {
  const field = Object.hasOwn(selectors, selector) ? selectors[selector] : undefined;
  if (!field) {
    reasons.add(`has no selector ${quoted(selector)}: use ${Object.keys(selectors).join(', ')}`);
    return never;
  }
  const compiled = compileComparison(field, { selector, operator, given: right.value });
  if (!compiled.ok) {
    reasons.add(compiled.reason);
    return never;
  }
  if (!named.includes(selector)) named.push(selector);
  const at = named.indexOf(selector);
  return (values) => compiled.test(values[at]);
}

/** Stands for what is refused. */
const never: Test = () => false;
