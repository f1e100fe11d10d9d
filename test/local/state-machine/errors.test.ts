import { failing, invoke, onAnyError, outputOf, runOnce } from '../../support/state-machines.ts';

test('what a function throws fails the execution under its name, with the message in the cause', async () => {
  const { result } = await runOnce({ A: invoke('f') }, {}, failing('RetryableError'));
  expect(result).toEqual({
    status: 'FAILED',
    error: 'RetryableError',
    cause: '{"errorType":"RetryableError","errorMessage":"RetryableError happened"}',
  });
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
  const guards = { Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1 }], Catch: [onAnyError({ Next: 'Z' })], Next: 'Z' };
  const Z = { Type: 'Succeed' };
  const parallel = { A: { Type: 'Parallel', Branches: [branch], ...guards }, Z };
  expect(await outputOf(parallel, {}, failing('E'))).toEqual(['done']);
  expect(await outputOf(parallel, {}, failing('E', 'E'))).toMatchObject({ Error: 'E' });
  const map = { A: { Type: 'Map', Items: [1], ItemProcessor: branch, ...guards }, Z };
  expect(await outputOf(map, {}, failing('E'))).toEqual(['done']);
  expect(await outputOf(map, {}, failing('E', 'E'))).toMatchObject({ Error: 'E' });
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

test('nothing retries or catches States.Runtime', async () => {
  const guards = { Retry: [onAnyError({})], Catch: [{ ErrorEquals: ['States.Runtime'], Next: 'Z' }] };
  const { result, clock } = await runOnce(
    { A: invoke('f', guards), Z: { Type: 'Succeed' } },
    {},
    failing('States.Runtime'),
  );
  expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  expect(clock.slept).toEqual([]);
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
