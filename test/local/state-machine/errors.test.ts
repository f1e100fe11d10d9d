import { invoke, outputOf, runOnce } from '../../support/state-machines.ts';

class Named extends Error {
  constructor(name: string) {
    super(`${name} happened`);
    this.name = name;
  }
}

/** A function that throws the named errors one after the other, then answers 'done'. */
function failing(...names: string[]) {
  let calls = 0;
  const f = async () => {
    const name = names[calls];
    calls += 1;
    if (name !== undefined) throw new Named(name);
    return 'done';
  };
  return { functions: { f }, calls: () => calls };
}

const all = (rest: Record<string, unknown>) => ({ ErrorEquals: ['States.ALL'], ...rest });

test('what a function throws fails the execution under its name, with the message in the cause', async () => {
  const { result } = await runOnce({ A: invoke('f') }, {}, failing('RetryableError'));
  expect(result).toEqual({
    status: 'FAILED',
    error: 'RetryableError',
    cause: '{"errorType":"RetryableError","errorMessage":"RetryableError happened"}',
  });
});

test('Retry waits longer each time, at most MaxDelaySeconds, and gives up after MaxAttempts', async () => {
  const retry = [all({ IntervalSeconds: 3, BackoffRate: 2, MaxAttempts: 4, MaxDelaySeconds: 10 })];
  const failure = failing('E', 'E', 'E', 'E', 'E', 'E');
  const { result, clock } = await runOnce({ A: invoke('f', { Retry: retry }) }, {}, failure);
  expect(result).toMatchObject({ status: 'FAILED', error: 'E' });
  expect(clock.slept).toEqual([3000, 6000, 10_000, 10_000]);
  expect(failure.calls()).toBe(5);
});

test('Retry by default tries three more times, after 1, 2 and 4 seconds', async () => {
  const { result, clock } = await runOnce({ A: invoke('f', { Retry: [all({})] }) }, {}, failing('E', 'E', 'E'));
  expect(result).toEqual({ status: 'SUCCEEDED', output: 'done' });
  expect(clock.slept).toEqual([1000, 2000, 4000]);
});

test('JitterStrategy FULL takes a random part of the delay', async () => {
  const retry = [all({ IntervalSeconds: 8, JitterStrategy: 'FULL' })];
  const dice = { random: () => 0.25 };
  const { clock } = await runOnce({ A: invoke('f', { Retry: retry }) }, {}, { ...failing('E'), ...dice });
  expect(clock.slept).toEqual([2000]);
});

test('each retrier counts its own attempts, and an exhausted one passes the error to Catch', async () => {
  const retry = [
    { ErrorEquals: ['ErrorA', 'ErrorB'], IntervalSeconds: 1, MaxAttempts: 2 },
    { ErrorEquals: ['ErrorC'], IntervalSeconds: 5 },
  ];
  const states = { A: invoke('f', { Retry: retry, Catch: [all({ Next: 'Z' })] }), Z: { Type: 'Succeed' } };
  const { result, clock } = await runOnce(states, {}, failing('ErrorA', 'ErrorB', 'ErrorC', 'ErrorB'));
  expect(result).toMatchObject({ status: 'SUCCEEDED', output: { Error: 'ErrorB' } });
  expect(clock.slept).toEqual([1000, 2000, 5000]);
});

test('MaxAttempts 0 excepts an error from the retriers after it', async () => {
  const retry = [{ ErrorEquals: ['TerminalError'], MaxAttempts: 0 }, all({})];
  const failure = failing('TerminalError');
  await runOnce({ A: invoke('f', { Retry: retry }) }, {}, failure);
  expect(failure.calls()).toBe(1);
});

test('the context counts the retries', async () => {
  const payload = '{% $states.context.State.RetryCount %}';
  const seen: unknown[] = [];
  const f = async (count: unknown) => {
    seen.push(count);
    if (count !== 2) throw new Named('E');
  };
  await outputOf({ A: invoke('f', { Retry: [all({})] }, payload) }, {}, { functions: { f } });
  expect(seen).toEqual([0, 1, 2]);
});

test('Catch goes on with the error output, or with its own Output and Assign', async () => {
  const catcher = (rest: Record<string, unknown>) => ({
    A: invoke('f', {
      Catch: [
        { ErrorEquals: ['Other'], Next: 'A' },
        { ErrorEquals: ['E'], Next: 'B', ...rest },
      ],
    }),
    B: { Type: 'Pass', End: true, ...(rest.Assign ? { Output: '{% [$states.input, $seen] %}' } : {}) },
  });
  const cause = '{"errorType":"E","errorMessage":"E happened"}';
  expect(await outputOf(catcher({}), {}, failing('E'))).toEqual({ Error: 'E', Cause: cause });
  const own = {
    Output: { why: '{% $states.errorOutput.Error %}', was: '{% $states.input.x %}' },
    Assign: { seen: '{% $parse($states.errorOutput.Cause).errorMessage %}' },
  };
  expect(await outputOf(catcher(own), { x: 1 }, failing('E'))).toEqual([{ why: 'E', was: 1 }, 'E happened']);
});

test('Retry and Catch guard Parallel and Map states as a whole', async () => {
  const branch = { StartAt: 'F', States: { F: invoke('f') } };
  const guards = { Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1 }], Catch: [all({ Next: 'Z' })], Next: 'Z' };
  const Z = { Type: 'Succeed' };
  const parallel = { A: { Type: 'Parallel', Branches: [branch], ...guards }, Z };
  expect(await outputOf(parallel, {}, failing('E'))).toEqual(['done']);
  expect(await outputOf(parallel, {}, failing('E', 'E'))).toMatchObject({ Error: 'E' });
  const map = { A: { Type: 'Map', Items: [1], ItemProcessor: branch, ...guards }, Z };
  expect(await outputOf(map, {}, failing('E'))).toEqual(['done']);
  expect(await outputOf(map, {}, failing('E', 'E'))).toMatchObject({ Error: 'E' });
});

test('a task that does not answer within TimeoutSeconds fails with States.Timeout, which States.TaskFailed does not match', async () => {
  const functions = { f: () => new Promise<never>(() => undefined) };
  const states = (name: string) => ({
    A: invoke('f', { TimeoutSeconds: '{% 5 * 4 %}', Catch: [{ ErrorEquals: [name], Next: 'Z' }] }),
    Z: { Type: 'Pass', Output: 'caught', End: true },
  });
  const { result, clock } = await runOnce(states('States.TaskFailed'), {}, { functions });
  expect(result).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  expect(clock.slept).toEqual([20_000]);
  for (const name of ['States.Timeout', 'States.ALL']) {
    expect(await outputOf(states(name), {}, { functions })).toBe('caught');
  }
});

test('a task that answers in time leaves no timer behind, even with a clock that never really sleeps', async () => {
  const { clock } = await runOnce({ A: invoke('f', { TimeoutSeconds: 5 }) }, {}, failing());
  // A sleep left behind would end here, since nothing else is left to do.
  await new Promise(setImmediate);
  expect(clock.slept).toEqual([]);
  const still = { now: () => new Date(0), sleep: async () => undefined };
  const f = () => new Promise((resolve) => setImmediate(() => resolve('late')));
  const { result } = await runOnce({ A: invoke('f', { TimeoutSeconds: 5 }) }, {}, { functions: { f }, clock: still });
  expect(result).toEqual({ status: 'SUCCEEDED', output: 'late' });
});

test('States.TaskFailed matches every other failure of a task', async () => {
  const states = {
    A: invoke('f', { Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'Z' }] }),
    Z: { Type: 'Pass', Output: 'caught', End: true },
  };
  expect(await outputOf(states, {}, failing('Whatever'))).toBe('caught');
});

test('an expression that fails or gives nothing is States.QueryEvaluationError, which Catch sees in Arguments and Output', async () => {
  const Z = { Type: 'Pass', Output: '{% $states.input.Error %}', End: true };
  const guarded = { Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'Z' }] };
  for (const broken of [
    '{% 1 + $states.input.text %}',
    '{% $states.input.missing %}',
    '{% $sum %}',
    "{% {'f': $sum} %}",
    '{% 1/0 %}',
  ]) {
    expect(await outputOf({ A: invoke('f', guarded, broken), Z }, { text: 'x' }, failing())).toBe(
      'States.QueryEvaluationError',
    );
    const output = { A: invoke('f', { ...guarded, Output: { nested: [broken] } }), Z };
    expect(await outputOf(output, { text: 'x' }, failing())).toBe('States.QueryEvaluationError');
    const plain = await runOnce({ A: { Type: 'Pass', Output: broken, End: true } }, { text: 'x' });
    expect(plain.result).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  }
});

test('data above 256 KiB of UTF-8 fails with States.DataLimitExceeded, which only its own name catches', async () => {
  // 'é' is two bytes: 131,071 of them and two quotes are exactly the limit.
  const fits = 'é'.repeat(131_071);
  const tooBig = `${fits}e`;
  const answer = (text: string) => ({ functions: { f: async () => text } });
  const pass = { A: { Type: 'Pass', End: true } };
  expect(await outputOf(pass, fits)).toBe(fits);
  expect((await runOnce(pass, tooBig)).result).toMatchObject({ error: 'States.DataLimitExceeded' });

  const caughtBy = (name: string) => ({
    A: invoke('f', { Output: 1, Catch: [{ ErrorEquals: [name], Next: 'Z' }] }),
    Z: { Type: 'Pass', Output: 'caught', End: true },
  });
  for (const name of ['States.ALL', 'States.TaskFailed']) {
    expect((await runOnce(caughtBy(name), {}, answer(tooBig))).result).toMatchObject({
      error: 'States.DataLimitExceeded',
    });
  }
  expect(await outputOf(caughtBy('States.DataLimitExceeded'), {}, answer(tooBig))).toBe('caught');

  const doubled = '{% $states.input & $states.input %}';
  const grows = (state: Record<string, unknown>) =>
    runOnce({ A: state }, fits, answer('x')).then(({ result }) => result);
  expect(await grows(invoke('f', {}, doubled))).toMatchObject({ error: 'States.DataLimitExceeded' });
  expect(await grows({ Type: 'Pass', Output: doubled, End: true })).toMatchObject({
    error: 'States.DataLimitExceeded',
  });
  expect(await grows({ Type: 'Pass', Assign: { v: doubled }, End: true })).toMatchObject({
    error: 'States.DataLimitExceeded',
  });
  const parallel = {
    Type: 'Parallel',
    Arguments: doubled,
    Branches: [{ StartAt: 'B', States: { B: pass.A } }],
    End: true,
  };
  expect(await grows(parallel)).toMatchObject({ error: 'States.DataLimitExceeded' });
});

test('a function that answers more than 6 MB or what is not JSON fails as Lambda fails it', async () => {
  const big = { functions: { f: async () => 'x'.repeat(6 * 1024 * 1024) } };
  expect((await runOnce({ A: invoke('f') }, {}, big)).result).toMatchObject({ error: 'Function.ResponseSizeTooLarge' });
  const odd = { functions: { f: async () => ({ n: 1n }) } };
  expect((await runOnce({ A: invoke('f') }, {}, odd)).result).toMatchObject({ error: 'Runtime.MarshalError' });
});

test('nothing retries or catches States.Runtime', async () => {
  const guards = { Retry: [all({})], Catch: [{ ErrorEquals: ['States.Runtime'], Next: 'Z' }] };
  const { result, clock } = await runOnce(
    { A: invoke('f', guards), Z: { Type: 'Succeed' } },
    {},
    failing('States.Runtime'),
  );
  expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  expect(clock.slept).toEqual([]);
});

test('a crash passes every Retry and Catch and rejects the run, and nothing further is begun', async () => {
  const crash = Object.assign(new Error('power cut'), { isCrash: true });
  const called: string[] = [];
  const functions = {
    f: async () => {
      throw crash;
    },
    g: async () => called.push('g'),
  };
  const guards = { Retry: [all({})], Catch: [all({ Next: 'Z' })] };
  const Z = { Type: 'Succeed' };
  await expect(runOnce({ A: invoke('f', guards), Z }, {}, { functions })).rejects.toBe(crash);
  const branches = {
    A: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'F', States: { F: invoke('f', guards), Z } },
        { StartAt: 'P', States: { P: { Type: 'Wait', Seconds: 9, Next: 'G' }, G: invoke('g') } },
      ],
      ...guards,
      Next: 'Y',
    },
    Y: { Type: 'Succeed' },
  };
  branches.A.Catch = [all({ Next: 'Y' })];
  await expect(runOnce(branches, {}, { functions })).rejects.toBe(crash);
  expect(called).toEqual([]);
});

test('a crash outweighs the failure of a sibling that came first', async () => {
  const crash = Object.assign(new Error('power cut'), { isCrash: true });
  const functions = {
    f: async () => {
      throw new Named('E');
    },
    g: async () => {
      await new Promise(setImmediate);
      throw crash;
    },
  };
  const branches = ['f', 'g'].map((name) => ({ StartAt: name, States: { [name]: invoke(name) } }));
  const states = {
    A: { Type: 'Parallel', Branches: branches, Catch: [all({ Next: 'Z' })], Next: 'Z' },
    Z: { Type: 'Succeed' },
  };
  await expect(runOnce(states, {}, { functions })).rejects.toBe(crash);
});

test('a crash in a task that was given up as too late still ends the execution', async () => {
  const crash = Object.assign(new Error('power cut'), { isCrash: true });
  let fail: (error: Error) => void = () => undefined;
  const functions = {
    slow: () =>
      new Promise<never>((_, reject) => {
        fail = reject;
      }),
    next: async () => fail(crash),
  };
  const states = {
    A: invoke('slow', { TimeoutSeconds: 1, Catch: [all({ Next: 'B' })] }),
    B: invoke('next', { Next: 'C' }),
    C: { Type: 'Wait', Seconds: 1, Next: 'D' },
    D: { Type: 'Succeed' },
  };
  await expect(runOnce(states, {}, { functions })).rejects.toBe(crash);
});

test('events tell what was retried, caught and failed', async () => {
  const states = {
    A: invoke('f', { Retry: [{ ErrorEquals: ['E'] }], Catch: [{ ErrorEquals: ['F'], Next: 'B' }] }),
    B: invoke('f'),
  };
  const { events } = await runOnce(states, {}, failing('E', 'F', 'G'));
  expect(
    events.map((event) => ('error' in event ? `${event.type} ${event.state} ${event.error}` : event.type)),
  ).toEqual(['StateEntered', 'StateRetried A E', 'StateCaught A F', 'StateExited', 'StateEntered', 'StateFailed B G']);
});
