import jsonata from 'jsonata';
import { StateError } from './errors.ts';
import { stepFunctionsFunctions } from './jsonata-functions.ts';
import type { Clock, Json, JsonObject } from './types.ts';

/** What `$states` holds; `result` and `errorOutput` only where AWS gives them. */
export type StatesVariable = { input: Json; context: JsonObject; result?: Json; errorOutput?: Json };

/** Evaluates literals and `{% JSONata %}` texts, nested anywhere in objects and arrays. */
export type Expressions = {
  /** @throws StateError `States.QueryEvaluationError` when an expression fails or gives nothing. */
  evaluate(template: Json, states: StatesVariable, variables: JsonObject): Promise<Json>;
};

/** The expression inside `{% ... %}`, or undefined for other text. */
export function expressionIn(text: string): string | undefined {
  return text.startsWith('{%') && text.endsWith('%}') ? text.slice(2, -2).trim() : undefined;
}

/** An evaluator that compiles each expression once. */
export function createExpressions(clock: Clock, random: () => number): Expressions {
  const functions = stepFunctionsFunctions(clock, random);
  const compiled = new Map<string, jsonata.Expression>();
  const nowIn = jsonata('$fromMillis(millis, picture, timezone)');

  function compile(text: string): jsonata.Expression {
    const known = compiled.get(text);
    if (known !== undefined) return known;
    const expression = jsonata(text);
    for (const { name, implementation, signature } of functions) {
      expression.registerFunction(name, implementation as (...args: unknown[]) => unknown, signature);
    }
    const now = (picture?: string, timezone?: string) =>
      nowIn.evaluate({ millis: clock.now().getTime(), picture, timezone });
    expression.registerFunction('now', now, '<s?s?:s>');
    compiled.set(text, expression);
    return expression;
  }

  async function evaluateText(text: string, states: StatesVariable, variables: JsonObject): Promise<Json> {
    const source = expressionIn(text);
    if (source === undefined) return text;
    let value: unknown;
    try {
      value = await compile(source).evaluate(undefined, { ...variables, states });
    } catch (error) {
      throw new StateError('States.QueryEvaluationError', `'${source}' failed: ${(error as Error).message}`);
    }
    return plain(value, source);
  }

  async function evaluate(template: Json, states: StatesVariable, variables: JsonObject): Promise<Json> {
    if (typeof template === 'string') return evaluateText(template, states, variables);
    if (typeof template !== 'object' || template === null) return template;
    if (Array.isArray(template)) {
      const items: Json[] = [];
      for (const item of template) items.push(await evaluate(item, states, variables));
      return items;
    }
    const result: JsonObject = {};
    for (const [key, value] of Object.entries(template)) result[key] = await evaluate(value, states, variables);
    return result;
  }

  return { evaluate };
}

// JSONata marks its arrays with hidden properties that would change what a later expression sees: copy them away.
function plain(value: unknown, source: string): Json {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'object' && !isFunction(value))
    return JSON.parse(JSON.stringify(value, refuseFunctions)) as Json;
  throw new StateError('States.QueryEvaluationError', `'${source}' gave nothing that JSON can hold.`);
}

function refuseFunctions(key: string, value: unknown): unknown {
  if (isFunction(value)) throw new StateError('States.QueryEvaluationError', `'${key}' is a function, not JSON.`);
  return value;
}

function isFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  return typeof value === 'object' && value !== null && ('_jsonata_function' in value || '_jsonata_lambda' in value);
}
