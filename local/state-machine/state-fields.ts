import { DefinitionError } from './errors.ts';
import type { Readable } from './expression-checks.ts';
import {
  type Check,
  type Checks,
  choice,
  expression,
  fields,
  item,
  list,
  listOf,
  numberOr,
  object,
  shape,
  template,
  text,
} from './field-checks.ts';

/** What the definition may name: integrations (Task resources) and Lambda functions. */
export type Known = { resources: ReadonlySet<string>; functions: ReadonlySet<string> };

/** Where a nested state machine stands: variables it can read of its surroundings, and whether it iterates inline. */
export type Surroundings = {
  known: Known;
  outer: ReadonlySet<string>;
  inIteration: boolean;
  /** The names of all states so far: one may not return anywhere in the whole definition. */
  names: Set<string>;
};

type Scope = Surroundings & {
  variables: ReadonlySet<string>;
  checkStates(machine: Record<string, unknown>, path: string, around: Surroundings): void;
};

export const LAMBDA_INVOKE = 'arn:aws:states:::lambda:invoke';
const S3_GET_OBJECT = 'arn:aws:states:::s3:getObject';
const S3_PUT_OBJECT = 'arn:aws:states:::s3:putObject';

/** The fields of each state type, for a state of a scope. */
export function stateFields(state: Record<string, unknown>, scope: Scope): Record<string, Checks> {
  const before: Readable = { variables: scope.variables, mapItem: scope.inIteration };
  const after: Readable = { ...before, result: true };
  const base: Checks = { 'Type!': text, Comment: text, QueryLanguage: choice('JSONata') };
  const step: Checks = { ...base, Next: text, End: choice(true), ...outcome(before) };
  const guarded: Checks = { ...step, ...outcome(after), Retry: retriers, Catch: catchers(before) };
  return {
    Pass: step,
    Wait: { ...step, 'Seconds!': numberOr('count', before) },
    Succeed: { ...base, Output: template(before) },
    Fail: { ...base, Error: template(before), Cause: template(before) },
    Choice: { ...base, ...outcome(before), 'Choices!': listOf(choiceRule(before)), Default: text },
    Task: {
      ...guarded,
      'Resource!': known(scope.known.resources, 'resource'),
      TimeoutSeconds: numberOr('positive', before),
      Arguments: state.Resource === LAMBDA_INVOKE ? lambdaArguments(before, scope) : template(before),
    },
    Parallel: { ...guarded, Arguments: template(before), 'Branches!': listOf(branch(scope)) },
    Map: { ...guarded, ...mapFields(state, before, scope) },
  };
}

function outcome(readable: Readable): Checks {
  return { Output: template(readable), Assign: assignments(readable) };
}

function assignments(readable: Readable): Check {
  return (value, path) => {
    for (const name of Object.keys(object(value, path))) {
      if (!/^[\p{ID_Start}][\p{ID_Continue}]{0,79}$/u.test(name) || name === 'states') {
        throw new DefinitionError(`${path}.${name}`, 'is not a variable name');
      }
    }
    template(readable)(value, path);
  };
}

function choiceRule(readable: Readable): Check {
  return shape({ 'Condition!': expression(readable), 'Next!': text, Comment: text, ...outcome(readable) });
}

const errorNames: Check = (value, path) => {
  listOf(text)(value, path);
  const names = list(value, path);
  if (names.includes('States.ALL') && names.length > 1) throw new DefinitionError(path, 'States.ALL must stand alone');
};

// States.ALL matches whatever comes, so what follows it could never be reached: AWS refuses that too.
function guards(check: Check): Check {
  return (value, path) => {
    listOf(check)(value, path);
    const all = list(value, path).findIndex((entry) => list(object(entry, path).ErrorEquals, path)[0] === 'States.ALL');
    if (all !== -1 && all !== list(value, path).length - 1) {
      throw new DefinitionError(`${path}[${all}]`, 'States.ALL must come last');
    }
  };
}

const retriers = guards(
  shape({
    'ErrorEquals!': errorNames,
    Comment: text,
    IntervalSeconds: item('positive'),
    MaxAttempts: item('count'),
    BackoffRate: item('rate'),
    MaxDelaySeconds: item('positive'),
    JitterStrategy: choice('FULL', 'NONE'),
  }),
);

function catchers(before: Readable): Check {
  const readable: Readable = { ...before, errorOutput: true };
  return guards(shape({ 'ErrorEquals!': errorNames, 'Next!': text, Comment: text, ...outcome(readable) }));
}

function known(names: ReadonlySet<string>, what: string): Check {
  return (value, path) => {
    if (!names.has(String(value))) throw new DefinitionError(path, `no handler for the ${what} '${value}'`);
  };
}

function lambdaArguments(readable: Readable, scope: Scope): Check {
  const functionName: Check = (value, path) => {
    if (String(value).startsWith('{%')) expression(readable)(value, path);
    else known(scope.known.functions, 'function')(value, path);
  };
  return shape({ 'FunctionName!': functionName, Payload: template(readable) });
}

function branch(scope: Scope): Check {
  return (value, path) => {
    const machine = object(value, path);
    fields(machine, path, { 'StartAt!': text, 'States!': object, Comment: text });
    scope.checkStates(machine, path, { ...scope, outer: scope.variables });
  };
}

function mapFields(state: Record<string, unknown>, before: Readable, scope: Scope): Checks {
  const itemReadable: Readable = { ...before, mapItem: true };
  const inline: Checks = {
    Items: template(before),
    ItemSelector: template(itemReadable),
    MaxConcurrency: numberOr('count', before),
  };
  const config = (state.ItemProcessor as { ProcessorConfig?: { Mode?: unknown } } | undefined)?.ProcessorConfig;
  if (config?.Mode !== 'DISTRIBUTED') return { ...inline, 'ItemProcessor!': processor(scope, false) };
  return {
    ...inline,
    'ItemProcessor!': processor(scope, true),
    ItemReader: shape({
      'Resource!': choice(S3_GET_OBJECT),
      'Arguments!': shape({ 'Bucket!': template(before), 'Key!': template(before) }),
      'ReaderConfig!': shape({ 'InputType!': choice('JSON', 'JSONL'), MaxItems: numberOr('positive', before) }),
    }),
    ItemBatcher: itemBatcher(before),
    ToleratedFailureCount: numberOr('count', before),
    ToleratedFailurePercentage: numberOr('percentage', before),
    ResultWriter: resultWriter(before),
    Label: label,
  };
}

function itemBatcher(before: Readable): Check {
  return (value, path) => {
    const [most, bytes] = [object(value, path).MaxItemsPerBatch, object(value, path).MaxInputBytesPerBatch];
    if (most === undefined && bytes === undefined) {
      throw new DefinitionError(path, 'needs MaxItemsPerBatch or MaxInputBytesPerBatch');
    }
    fields(object(value, path), path, {
      MaxItemsPerBatch: numberOr('positive', before),
      MaxInputBytesPerBatch: numberOr('positive', before),
      BatchInput: template(before),
    });
  };
}

// A distributed map's children are executions of their own: they see no variable from outside.
function processor(scope: Scope, distributed: boolean): Check {
  return (value, path) => {
    const machine = object(value, path);
    const config = distributed
      ? shape({ 'Mode!': choice('DISTRIBUTED'), 'ExecutionType!': choice('EXPRESS', 'STANDARD') })
      : shape({ 'Mode!': choice('INLINE') });
    fields(machine, path, { 'StartAt!': text, 'States!': object, Comment: text, ProcessorConfig: config });
    const outer = distributed ? new Set<string>() : scope.variables;
    scope.checkStates(machine, path, { ...scope, outer, inIteration: !distributed });
  };
}

function resultWriter(before: Readable): Check {
  return (value, path) => {
    const writer = object(value, path);
    const config = shape({
      'OutputType!': choice('JSON', 'JSONL'),
      'Transformation!': choice('NONE', 'COMPACT', 'FLATTEN'),
    });
    const target = {
      'Resource!': choice(S3_PUT_OBJECT),
      'Arguments!': shape({ 'Bucket!': template(before), Prefix: template(before) }),
    };
    const exports = 'Resource' in writer || 'Arguments' in writer;
    fields(writer, path, exports ? { ...target, WriterConfig: config } : { 'WriterConfig!': config });
    if (!exports && (writer.WriterConfig as { OutputType: string }).OutputType !== 'JSON') {
      throw new DefinitionError(`${path}.WriterConfig.OutputType`, 'JSONL needs a Resource to write to');
    }
  };
}

const label: Check = (value, path) => {
  text(value, path);
  if (!/^[A-Za-z0-9_-]{1,40}$/.test(String(value))) {
    throw new DefinitionError(path, 'must be 1 to 40 of letters, digits, - and _');
  }
};
