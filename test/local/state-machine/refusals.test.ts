import { invoke, machineOf, testRunner } from '../../support/state-machines.ts';

const pass = { Type: 'Pass', End: true };
const distributed = (rest: Record<string, unknown> = {}, child: Record<string, unknown> = { P: pass }) => ({
  Type: 'Map',
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
    StartAt: Object.keys(child)[0],
    States: child,
  },
  End: true,
  ...rest,
});
const reader = (rest: Record<string, unknown> = {}) => ({
  Resource: 'arn:aws:states:::s3:getObject',
  Arguments: { Bucket: 'b', Key: 'k' },
  ReaderConfig: { InputType: 'JSONL' },
  ...rest,
});

const problemOf = (definition: unknown): string => {
  try {
    testRunner({ definition, functions: { f: async () => 1 } });
  } catch (error) {
    return `${(error as Error).name} ${(error as Error).message}`;
  }
  return 'accepted';
};

test('what the runner knows is accepted', () => {
  const task = { ...invoke('f', { Next: 'B' }), Comment: 'x', QueryLanguage: 'JSONata', TimeoutSeconds: 3 };
  expect(problemOf(machineOf({ A: task, B: pass }, { Version: '1.0', Comment: 'x', TimeoutSeconds: 9 }))).toBe(
    'accepted',
  );
  expect(problemOf(machineOf({ A: distributed({ ItemReader: reader(), Label: 'l' }) }))).toBe('accepted');
});

test.each<[string, Record<string, unknown>, string]>([
  ['an unknown state type', { A: { Type: 'Nap', End: true } }, "$.States.A.Type: 'Nap'"],
  ['a missing state type', { A: { End: true } }, "$.States.A.Type: 'undefined'"],
  ['an unknown field', { A: { ...pass, Naps: 3 } }, '$.States.A.Naps: is a field'],
  ['InputPath', { A: { ...pass, InputPath: '$.x' } }, '$.States.A.InputPath'],
  ['Parameters', { A: { ...invoke('f'), Parameters: {} } }, '$.States.A.Parameters'],
  ['ResultPath', { A: { ...invoke('f'), ResultPath: '$.x' } }, '$.States.A.ResultPath'],
  ['Result in a Pass', { A: { ...pass, Result: 1 } }, '$.States.A.Result'],
  ['a key that ends in .$', { A: { ...pass, Output: { 'x.$': '$.y' } } }, '$.States.A.Output.x.$: is JSONPath'],
  ['JSONPath in one state', { A: { ...pass, QueryLanguage: 'JSONPath' } }, '$.States.A.QueryLanguage'],
  ['HeartbeatSeconds', { A: { ...invoke('f'), HeartbeatSeconds: 3 } }, '$.States.A.HeartbeatSeconds'],
  ['Wait until a Timestamp', { A: { Type: 'Wait', Timestamp: 'x', End: true } }, '$.States.A.Timestamp'],
  ['Wait without Seconds', { A: { Type: 'Wait', End: true } }, '$.States.A.Seconds: is missing'],
  ['an unknown resource', { A: { ...pass, Type: 'Task', Resource: 'arn:x' } }, "no handler for the resource 'arn:x'"],
  ['an unknown function', { A: invoke('g') }, "$.States.A.Arguments.FunctionName: no handler for the function 'g'"],
  [
    'an unknown argument of Lambda',
    { A: { ...invoke('f'), Arguments: { FunctionName: 'f', InvocationType: 'Event' } } },
    '$.States.A.Arguments.InvocationType',
  ],
  ['a Next that is not there', { A: { Type: 'Pass', Next: 'B' } }, "$.States.A.Next: names the state 'B'"],
  ['a state that neither goes on nor ends', { A: { Type: 'Pass' } }, 'must have either Next or End'],
  ['a state that does both', { A: { ...pass, Next: 'A' } }, 'must have either Next or End'],
  [
    'a Default that is not there',
    { A: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'A' }], Default: 'B' } },
    '$.States.A.Default',
  ],
  [
    'a choice rule to nowhere',
    { A: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'B' }] } },
    '$.States.A.Choices[0].Next',
  ],
  [
    'a condition that is no expression',
    { A: { Type: 'Choice', Choices: [{ Condition: 'true', Next: 'A' }] } },
    '$.States.A.Choices[0].Condition: must be an expression',
  ],
  [
    'a choice without rules',
    { A: { Type: 'Choice', Choices: [], Default: 'A' } },
    '$.States.A.Choices: must not be empty',
  ],
  [
    'a JSONPath choice',
    { A: { Type: 'Choice', Choices: [{ Variable: '$.x', IsNull: true, Next: 'A' }] } },
    '$.States.A.Choices[0].Variable',
  ],
  [
    'a catcher to nowhere',
    { A: { ...invoke('f'), Catch: [{ ErrorEquals: ['E'], Next: 'B' }] } },
    '$.States.A.Catch[0].Next',
  ],
  [
    'a catcher with ResultPath',
    { A: { ...invoke('f'), Catch: [{ ErrorEquals: ['E'], Next: 'A', ResultPath: '$' }] } },
    '$.States.A.Catch[0].ResultPath',
  ],
  [
    'States.ALL among others',
    { A: { ...invoke('f'), Retry: [{ ErrorEquals: ['E', 'States.ALL'] }] } },
    'States.ALL must stand alone',
  ],
  [
    'States.ALL before others',
    { A: { ...invoke('f'), Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['E'] }] } },
    'States.ALL must come last',
  ],
  [
    'a retrier with an odd number',
    { A: { ...invoke('f'), Retry: [{ ErrorEquals: ['E'], IntervalSeconds: 0 }] } },
    '$.States.A.Retry[0].IntervalSeconds: must be a positive whole number',
  ],
  [
    'a retrier that shrinks its delay',
    { A: { ...invoke('f'), Retry: [{ ErrorEquals: ['E'], BackoffRate: 0.5 }] } },
    'must be a number from 1',
  ],
  ['a Catch on a Pass', { A: { ...pass, Catch: [{ ErrorEquals: ['E'], Next: 'A' }] } }, '$.States.A.Catch'],
  ['Assign in a Succeed', { A: { Type: 'Succeed', Assign: { x: 1 } } }, '$.States.A.Assign'],
  [
    'a variable called states',
    { A: { ...pass, Assign: { states: 1 } } },
    '$.States.A.Assign.states: is not a variable name',
  ],
  ['part of a variable', { A: { ...pass, Assign: { 'x.y': 1 } } }, '$.States.A.Assign.x.y: is not a variable name'],
  [
    'an unknown state in a branch',
    { A: { Type: 'Parallel', Branches: [{ StartAt: 'B', States: { B: { Type: 'Nap' } } }], End: true } },
    '$.States.A.Branches[0].States.B.Type',
  ],
  [
    'a branch that starts nowhere',
    { A: { Type: 'Parallel', Branches: [{ StartAt: 'B', States: {} }], End: true } },
    '$.States.A.Branches[0].StartAt',
  ],
  [
    'Iterator',
    { A: { Type: 'Map', Iterator: { StartAt: 'P', States: { P: pass } }, End: true } },
    '$.States.A.Iterator',
  ],
  [
    'ItemReader in an inline Map',
    { A: { Type: 'Map', ItemProcessor: { StartAt: 'P', States: { P: pass } }, ItemReader: reader(), End: true } },
    '$.States.A.ItemReader',
  ],
  [
    'a CSV reader',
    { A: distributed({ ItemReader: reader({ ReaderConfig: { InputType: 'CSV' } }) }) },
    '$.States.A.ItemReader.ReaderConfig.InputType: "CSV"',
  ],
  [
    'a listing reader',
    { A: distributed({ ItemReader: reader({ Resource: 'arn:aws:states:::s3:listObjectsV2' }) }) },
    '$.States.A.ItemReader.Resource',
  ],
  [
    'Items beside an ItemReader',
    { A: distributed({ ItemReader: reader(), Items: [] }) },
    'has both Items and ItemReader',
  ],
  [
    'a batcher without a size',
    { A: distributed({ ItemBatcher: { BatchInput: {} } }) },
    '$.States.A.ItemBatcher: needs',
  ],
  [
    'an empty ResultWriter',
    { A: distributed({ ResultWriter: {} }) },
    '$.States.A.ResultWriter.WriterConfig: is missing',
  ],
  [
    'JSON Lines into the state output',
    { A: distributed({ ResultWriter: { WriterConfig: { OutputType: 'JSONL', Transformation: 'NONE' } } }) },
    'JSONL needs a Resource',
  ],
  ['a long Label', { A: distributed({ Label: 'x'.repeat(41) }) }, '$.States.A.Label'],
  [
    'a distributed Map without ExecutionType',
    {
      A: distributed({
        ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt: 'P', States: { P: pass } },
      }),
    },
    'ExecutionType: is missing',
  ],
])('%s is refused with its path', (_, states, problem) => {
  expect(problemOf(machineOf(states))).toContain('DefinitionError ');
  expect(problemOf(machineOf(states))).toContain(problem);
});

test('a state name that is too long, or that stands twice anywhere in the definition, is refused', () => {
  expect(problemOf(machineOf({ ['x'.repeat(81)]: pass }))).toContain('has a name above 80 characters');
  const branch = { StartAt: 'B', States: { B: pass } };
  const twice = { A: { Type: 'Parallel', Branches: [branch, branch], End: true } };
  expect(problemOf(machineOf(twice))).toContain('$.States.A.Branches[1].States.B: has a name that another state');
});

test('a definition without JSONata, with an unknown field or starting nowhere is refused', () => {
  expect(problemOf({ StartAt: 'A', States: { A: pass } })).toContain("$.QueryLanguage: must be 'JSONata'");
  expect(problemOf(machineOf({ A: pass }, { Naps: 1 }))).toContain('$.Naps');
  expect(problemOf(machineOf({ A: pass }, { StartAt: 'B' }))).toContain("$.StartAt: names the state 'B'");
  expect(problemOf([])).toContain('$: must be an object');
});

test.each([
  ['bad syntax', '{% 1 + %}', 'is not JSONata'],
  ['$eval', "{% $eval('1') %}", '$eval is neither'],
  ['an unknown function', '{% $format(1) %}', '$format is neither'],
  ['an unknown variable', '{% $nobody %}', '$nobody is neither'],
  ['$ with nothing to stand for', '{% $.x %}', '$ has no value here'],
  ['$$', '{% $states.input.($$.x) %}', '$$ is not available'],
  ['a bare name', '{% x.y %}', "'x' has nothing to be looked up in"],
  ['a bare name as an argument', '{% $sum(x) %}', "'x' has nothing to be looked up in"],
  ['$states.result outside a task', '{% $states.result %}', '$states.result does not exist here'],
  ['$states.errorOutput outside a Catch', '{% $states.errorOutput.Error %}', '$states.errorOutput does not exist here'],
  ['an unknown part of $states', '{% $states.inputs %}', '$states.inputs does not exist'],
  ['an unknown part of the context', '{% $states.context.Task.Token %}', '$states.context.Task is not known here'],
  [
    'an unknown field of the context',
    '{% $states.context.Execution.RoleArn %}',
    '$states.context.Execution.RoleArn is not known',
  ],
  ['the Map context outside a Map', '{% $states.context.Map.Item.Index %}', '$states.context.Map is not known here'],
  ['spaces around the marks', ' {% 1 %}', 'must begin with {% and end with %}'],
  ['an open mark', '{% 1', 'must begin with {% and end with %}'],
])('an expression with %s is refused', (_, expression, problem) => {
  expect(problemOf(machineOf({ A: { ...pass, Output: { deep: [expression] } } }))).toContain(
    '$.States.A.Output.deep[0]: ',
  );
  expect(problemOf(machineOf({ A: { ...pass, Output: { deep: [expression] } } }))).toContain(problem);
});

test.each([
  '{% $states.input.items[price > 10 and $.n = 1].{"a": b} %}',
  '{% $map($states.input, function($item, $index) { $item.x + $index }) %}',
  '{% ($sum := $states.input.a; $f := function($n) { $n + $sum }; $f(1)) %}',
  '{% $states.input.items@$i.$states.input.prices@$p[$p.id = $i.id].{"n": $p.n} %}',
  '{% $states.input.items#$at.{"at": $at} %}',
  '{% $states.input.list^(>price).name %}',
  '{% $states.input ~> |items|{"x": y}| %}',
  '{% $states.input.items{kind: $sum(price)} %}',
  '{% $states.input.items.**.id %}',
  '{% $states.input.text ~> /a+/ %}',
  '{% $reduce($states.input.list, function($a, $b) { $merge([$a, {$b.id: $b.n}]) }, {}) %}',
  '{% $states.context.Execution.Input.period %}',
  '{% -$states.input.n in [1..3] ? null : $exists($states.input.m) %}',
])('the expression %s is accepted', (expression) => {
  expect(problemOf(machineOf({ A: { ...pass, Output: expression } }))).toBe('accepted');
});

test('an inner scope may not assign a variable of the scope around it', () => {
  const branch = { StartAt: 'B', States: { B: { ...pass, Assign: { x: 1 } } } };
  const states = { A: { Type: 'Parallel', Branches: [branch], Assign: { x: 2 }, End: true } };
  expect(problemOf(machineOf(states))).toContain(
    '$.States.A.Branches[0]: assigns $x, which an outer scope assigns too',
  );
});

test('a variable of a branch is unknown outside of it', () => {
  const branch = { StartAt: 'B', States: { B: { ...pass, Assign: { x: 1 } } } };
  const states = { A: { Type: 'Parallel', Branches: [branch], Output: '{% $x %}', End: true } };
  expect(problemOf(machineOf(states))).toContain('$x is neither');
});

test('a child of a distributed Map sees no variable from outside, but its Map state does', () => {
  const reads = { P: { ...pass, Output: '{% $x %}' } };
  const before = { Type: 'Pass', Assign: { x: 1 }, Next: 'B' };
  expect(problemOf(machineOf({ A: before, B: distributed({}, reads) }))).toContain('$x is neither');
  const hands = distributed({ ItemSelector: { x: '{% $x %}' } });
  expect(problemOf(machineOf({ A: before, B: hands }))).toBe('accepted');
});
