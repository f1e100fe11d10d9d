import { distributed, fromS3 } from '../../support/distributed-maps.ts';
import { invoke, machineOf, problemOf } from '../../support/state-machines.ts';

const pass = { Type: 'Pass', End: true };

test('what the runner knows is accepted', () => {
  const task = { ...invoke('f', { Next: 'B' }), Comment: 'x', QueryLanguage: 'JSONata', TimeoutSeconds: 3 };
  expect(problemOf(machineOf({ A: task, B: pass }, { Version: '1.0', Comment: 'x', TimeoutSeconds: 9 }))).toBe(
    'accepted',
  );
  expect(problemOf(machineOf({ A: distributed({ ...fromS3('JSONL'), Label: 'l' }) }))).toBe('accepted');
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
    { A: { Type: 'Map', ItemProcessor: { StartAt: 'P', States: { P: pass } }, ...fromS3('JSONL'), End: true } },
    '$.States.A.ItemReader',
  ],
  ['a CSV reader', { A: distributed(fromS3('CSV')) }, '$.States.A.ItemReader.ReaderConfig.InputType: "CSV"'],
  [
    'a listing reader',
    {
      A: distributed({ ItemReader: { ...fromS3('JSONL').ItemReader, Resource: 'arn:aws:states:::s3:listObjectsV2' } }),
    },
    '$.States.A.ItemReader.Resource',
  ],
  [
    'Items beside an ItemReader',
    { A: distributed({ ...fromS3('JSONL'), Items: [] }) },
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
