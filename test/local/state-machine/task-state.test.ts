import { failing, invoke, outputOf, runOnce } from '../../support/state-machines.ts';

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

test('a function that answers more than 6 MB or what is not JSON fails as Lambda fails it', async () => {
  const big = { functions: { f: async () => 'x'.repeat(6 * 1024 * 1024) } };
  expect((await runOnce({ A: invoke('f') }, {}, big)).result).toMatchObject({ error: 'Function.ResponseSizeTooLarge' });
  const odd = { functions: { f: async () => ({ n: 1n }) } };
  expect((await runOnce({ A: invoke('f') }, {}, odd)).result).toMatchObject({ error: 'Runtime.MarshalError' });
});
