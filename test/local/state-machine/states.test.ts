import { invoke, machineOf, outputOf, runOnce, testRunner } from '../../support/state-machines.ts';

const end = { End: true };

test('Pass hands its input on, or what Output says', async () => {
  expect(await outputOf({ A: { Type: 'Pass', ...end } }, { x: 1 })).toEqual({ x: 1 });
  const output = { y: '{% $states.input.x + 1 %}', list: [1, '{% $states.input.x %}'], text: '$states.input' };
  expect(await outputOf({ A: { Type: 'Pass', Output: output, ...end } }, { x: 1 })).toEqual({
    y: 2,
    list: [1, 1],
    text: '$states.input',
  });
});

test('Succeed ends the execution with its Output', async () => {
  const states = { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Succeed', Output: '{% $states.input.x %}' } };
  expect(await outputOf(states, { x: 5 })).toBe(5);
});

test('Fail ends the execution with its Error and Cause, which may be expressions', async () => {
  const states = { A: { Type: 'Fail', Error: 'Broken', Cause: "{% 'because of ' & $states.input.why %}" } };
  const { result } = await runOnce(states, { why: 'rain' });
  expect(result).toEqual({ status: 'FAILED', error: 'Broken', cause: 'because of rain' });
});

test('Choice takes the first rule that holds, with its own Output and Assign, else Default with those of the state', async () => {
  const states = {
    'Big?': {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $states.input.n > 10 %}', Next: 'End', Output: 'big', Assign: { size: 2 } },
        { Condition: '{% $states.input.n > 5 %}', Next: 'End', Assign: { size: 1 } },
      ],
      Default: 'End',
      Output: 'small',
      Assign: { size: 0 },
    },
    End: { Type: 'Pass', Output: ['{% $states.input %}', '{% $size %}'], End: true },
  };
  expect(await outputOf(states, { n: 11 })).toEqual(['big', 2]);
  expect(await outputOf(states, { n: 6 })).toEqual([{ n: 6 }, 1]);
  expect(await outputOf(states, { n: 1 })).toEqual(['small', 0]);
});

test('Choice without a rule that holds fails with States.NoChoiceMatched, and a condition must be a boolean', async () => {
  const choice = (condition: string) => ({
    A: { Type: 'Choice', Choices: [{ Condition: condition, Next: 'B' }] },
    B: { Type: 'Succeed' },
  });
  expect((await runOnce(choice('{% false %}'))).result).toMatchObject({ error: 'States.NoChoiceMatched' });
  expect((await runOnce(choice("{% 'yes' %}"))).result).toMatchObject({ error: 'States.QueryEvaluationError' });
});

test('Wait sleeps its Seconds on the clock, literal or evaluated', async () => {
  const states = {
    A: { Type: 'Wait', Seconds: 60, Next: 'B' },
    B: { Type: 'Wait', Seconds: '{% $states.input.s %}', End: true },
  };
  const { clock, result } = await runOnce(states, { s: 5 });
  expect(result).toEqual({ status: 'SUCCEEDED', output: { s: 5 } });
  expect(clock.slept).toEqual([60_000, 5_000]);
  const bad = await runOnce({ A: { Type: 'Wait', Seconds: "{% 'soon' %}", End: true } });
  expect(bad.result).toMatchObject({ error: 'States.QueryEvaluationError' });
});

test('Task invokes a function with nothing but JSON and answers as Lambda does', async () => {
  const seen: unknown[] = [];
  const states = { A: { ...invoke('f', { Output: '{% $states.result %}' }) } };
  const f = async (payload: unknown, context: { functionName: string }) => {
    seen.push(payload, context.functionName);
    return { at: new Date(0), gone: undefined };
  };
  expect(await outputOf(states, { x: 1 }, { functions: { f } })).toEqual({
    StatusCode: 200,
    Payload: { at: '1970-01-01T00:00:00.000Z' },
  });
  expect(seen).toEqual([{ x: 1 }, 'f']);
});

test('a function that answers nothing answers null', async () => {
  expect(await outputOf({ A: invoke('f') }, {}, { functions: { f: async () => undefined } })).toBeNull();
});

test('a function name may be an expression; one that names nothing fails the task', async () => {
  const states = { A: invoke('{% $states.input.name %}') };
  const functions = { f: async () => 1 };
  expect(await outputOf(states, { name: 'f' }, { functions })).toBe(1);
  const { result } = await runOnce(states, { name: 'g' }, { functions });
  expect(result).toMatchObject({ error: 'Lambda.ResourceNotFoundException' });
});

test('Task hands the arguments of another integration to its handler', async () => {
  const resource = 'arn:aws:states:::dynamodb:updateItem';
  const states = {
    A: {
      Type: 'Task',
      Resource: resource,
      Arguments: { TableName: 't', Key: { pk: { S: '{% $states.input %}' } } },
      End: true,
    },
  };
  const tasks = { [resource]: async (args: unknown) => ({ Got: args }) };
  expect(await outputOf(states, 'k', { tasks })).toEqual({ Got: { TableName: 't', Key: { pk: { S: 'k' } } } });
});

test('Parallel gives every branch the same input and gathers their outputs in order', async () => {
  const branch = (name: string, output: unknown) => ({
    StartAt: name,
    States: { [name]: { Type: 'Pass', Output: output, End: true } },
  });
  const states = {
    A: {
      Type: 'Parallel',
      Arguments: { n: '{% $states.input * 2 %}' },
      Branches: [branch('X', '{% $states.input.n %}'), branch('Y', 'b')],
      Output: '{% $states.result %}',
      End: true,
    },
  };
  expect(await outputOf(states, 4)).toEqual([8, 'b']);
});

test('a failing branch fails the Parallel state and stops the other branches between their steps', async () => {
  const called: string[] = [];
  const functions = {
    fail: async () => {
      throw new TypeError('no');
    },
    step: async () => called.push('step'),
  };
  const states = {
    A: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'F', States: { F: invoke('fail') } },
        { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 5, Next: 'S' }, S: invoke('step') } },
      ],
      End: true,
    },
  };
  const { result, clock } = await runOnce(states, {}, { functions });
  expect(result).toMatchObject({ status: 'FAILED', error: 'TypeError' });
  expect(called).toEqual([]);
  expect(clock.slept).toEqual([]);
});

test('Map runs inline over Items with ItemSelector and the Map context, in order, within MaxConcurrency', async () => {
  let running = 0;
  let most = 0;
  const f = async (payload: unknown) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise(setImmediate);
    running -= 1;
    return payload;
  };
  const states = {
    A: {
      Type: 'Map',
      Items: '{% $states.input.list %}',
      ItemSelector: { i: '{% $states.context.Map.Item.Index %}', v: '{% $states.context.Map.Item.Value %}' },
      MaxConcurrency: 2,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'F',
        States: {
          F: invoke('f', {}, { got: '{% $states.input %}', again: '{% $states.context.Map.Item.Index %}' }),
        },
      },
      End: true,
    },
  };
  const output = await outputOf(states, { list: ['a', 'b', 'c', 'd'] }, { functions: { f } });
  expect(output).toEqual(['a', 'b', 'c', 'd'].map((v, i) => ({ got: { i, v }, again: i })));
  expect(most).toBe(2);
});

test('Map takes its input when there are no Items, and refuses what is not an array', async () => {
  const states = {
    A: {
      Type: 'Map',
      ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Pass', Output: '{% $states.input + 1 %}', End: true } } },
      End: true,
    },
  };
  expect(await outputOf(states, [1, 2])).toEqual([2, 3]);
  expect((await runOnce(states, { a: 1 })).result).toMatchObject({ error: 'States.QueryEvaluationError' });
});

test('the context object tells of the execution, the state and the state machine', async () => {
  const states = { A: { Type: 'Pass', Output: '{% $states.context %}', End: true } };
  expect(await outputOf(states, { x: 1 }, { machineName: 'close' })).toEqual({
    Execution: {
      Id: 'arn:aws:states:local:000000000000:execution:close:test',
      Name: 'test',
      Input: { x: 1 },
      StartTime: '2026-03-01T00:00:00.000Z',
    },
    State: { Name: 'A', EnteredTime: '2026-03-01T00:00:00.000Z', RetryCount: 0 },
    StateMachine: { Id: 'arn:aws:states:local:000000000000:stateMachine:close', Name: 'close' },
  });
});

test('the execution fails with States.Timeout when its own TimeoutSeconds are over, past every Catch', async () => {
  const states = {
    A: {
      Type: 'Parallel',
      Branches: [{ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 100, End: true } } }],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }],
      Next: 'B',
    },
    B: { Type: 'Succeed' },
  };
  const { runner, clock } = testRunner({ definition: machineOf(states, { TimeoutSeconds: 30 }) });
  expect(await runner.start({ name: 'x', input: {} })).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  expect(clock.slept).toEqual([30_000]);
});

test('events tell of every state entered and left', async () => {
  const { events } = await runOnce({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Succeed' } });
  expect(events.map((event) => `${event.type} ${event.state}`)).toEqual([
    'StateEntered A',
    'StateExited A',
    'StateEntered B',
    'StateExited B',
  ]);
});

test('aborting stops the execution between steps, also from a long sleep', async () => {
  const called: string[] = [];
  const stop = new AbortController();
  const f = async () => {
    called.push('f');
    stop.abort();
  };
  const { runner } = testRunner({
    definition: machineOf({ A: invoke('f', { Next: 'B' }), B: invoke('f') }),
    functions: { f },
  });
  expect(await runner.start({ name: 'x', input: {}, signal: stop.signal })).toEqual({ status: 'ABORTED' });
  expect(called).toEqual(['f']);

  const sleeping = testRunner({ definition: machineOf({ A: { Type: 'Wait', Seconds: 9, End: true } }) });
  const early = new AbortController();
  const run = sleeping.runner.start({ name: 'x', input: {}, signal: early.signal });
  early.abort();
  expect(await run).toEqual({ status: 'ABORTED' });
  expect(sleeping.clock.slept).toEqual([]);

  const never = await sleeping.runner.start({ name: 'y', input: {}, signal: AbortSignal.abort() });
  expect(never).toEqual({ status: 'ABORTED' });
  expect(sleeping.clock.slept).toEqual([]);
});
