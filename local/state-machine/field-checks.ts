import { DefinitionError } from './errors.ts';
import { problemOf, type Readable } from './expression-checks.ts';
import { expressionIn } from './expressions.ts';

/** Throws a DefinitionError when the value at the path is not what the field takes. */
export type Check = (value: unknown, path: string) => void;

/** The fields an object may have; those whose name ends in `!` it must have. */
export type Checks = Record<string, Check>;

/** Refuses unknown and missing fields and checks the rest. */
export function fields(value: Record<string, unknown>, path: string, checks: Checks): void {
  for (const [name, field] of Object.entries(value)) {
    const check = checks[name] ?? checks[`${name}!`];
    if (check === undefined) throw new DefinitionError(`${path}.${name}`, 'is a field this runner does not know');
    check(field, `${path}.${name}`);
  }
  for (const name of Object.keys(checks)) {
    if (name.endsWith('!') && value[name.slice(0, -1)] === undefined) {
      throw new DefinitionError(`${path}.${name.slice(0, -1)}`, 'is missing');
    }
  }
}

/** An object with exactly these fields. */
export function shape(checks: Checks): Check {
  return (value, path) => fields(object(value, path), path, checks);
}

/** A non-empty array whose items pass the check. */
export function listOf(check: Check): Check {
  return (value, path) => {
    const items = list(value, path);
    if (items.length === 0) throw new DefinitionError(path, 'must not be empty');
    for (const [index, entry] of items.entries()) check(entry, `${path}[${index}]`);
  };
}

export function object(value: unknown, path: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new DefinitionError(path, 'must be an object');
}

export function list(value: unknown, path: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new DefinitionError(path, 'must be an array');
}

/** Constant text: an expression here would not be evaluated. */
export const text: Check = (value, path) => {
  if (typeof value !== 'string' || value === '' || value.startsWith('{%')) {
    throw new DefinitionError(path, 'must be constant text');
  }
};

/** One of the given values. */
export function choice(...values: unknown[]): Check {
  return (value, path) => {
    if (!values.includes(value)) throw new DefinitionError(path, `${JSON.stringify(value)} is not known here`);
  };
}

const KINDS = {
  positive: { fits: (value: number) => Number.isInteger(value) && value > 0, words: 'a positive whole number' },
  count: { fits: (value: number) => Number.isInteger(value) && value >= 0, words: 'a whole number from 0' },
  rate: { fits: (value: number) => value >= 1, words: 'a number from 1' },
  percentage: { fits: (value: number) => value >= 0 && value <= 100, words: 'a number from 0 to 100' },
};

export type NumberKind = keyof typeof KINDS;

/** A literal number of the kind. */
export function item(kind: NumberKind): Check {
  return (value, path) => {
    if (!isNumberOf(kind, value)) throw new DefinitionError(path, `must be ${KINDS[kind].words}`);
  };
}

/** True for a number of the kind; evaluated fields are checked with this too. */
export function isNumberOf(kind: NumberKind, value: unknown): value is number {
  return typeof value === 'number' && KINDS[kind].fits(value);
}

/** A literal number of the kind, or an expression. */
export function numberOr(kind: NumberKind, readable: Readable): Check {
  return (value, path) => (typeof value === 'string' ? expression(readable)(value, path) : item(kind)(value, path));
}

/** Text of the form `{% JSONata %}`. */
export function expression(readable: Readable): Check {
  return (value, path) => {
    if (typeof value !== 'string' || expressionIn(value) === undefined) {
      throw new DefinitionError(path, 'must be an expression, {% ... %}');
    }
    template(readable)(value, path);
  };
}

/** Any JSON; the expressions in it are checked. */
export function template(readable: Readable): Check {
  return function check(value, path) {
    if (typeof value === 'string') return checkText(value, path, readable);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      if (key.endsWith('.$'))
        throw new DefinitionError(`${path}.${key}`, 'is JSONPath; this runner knows JSONata only');
      check(part, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`);
    }
  };
}

function checkText(value: string, path: string, readable: Readable): void {
  const source = expressionIn(value);
  if (source === undefined) {
    const looksLikeOne = value.trimStart().startsWith('{%') || value.trimEnd().endsWith('%}');
    if (looksLikeOne) throw new DefinitionError(path, 'must begin with {% and end with %}, without spaces outside');
    return;
  }
  const problem = problemOf(source, readable);
  if (problem !== undefined) throw new DefinitionError(path, problem);
}
