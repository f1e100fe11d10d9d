import { failing, invoke, Named, onAnyError, outputOf, runOnce } from '../../support/state-machines.ts';

test('Retry waits longer each time, at most MaxDelaySeconds, and gives up after MaxAttempts', async () => {
  const retry = [onAnyError({ IntervalSeconds: 3, BackoffRate: 2, MaxAttempts: 4, MaxDelaySeconds: 10 })];
  const failure = failing('E', 'E', 'E', 'E', 'E', 'E');
  const { result, clock } = await runOnce({ A: invoke('f', { Retry: retry }) }, {}, failure);
  expect(result).toMatchObject({ status: 'FAILED', error: 'E' });
  expect(clock.slept).toEqual([3000, 6000, 10_000, 10_000]);
  expect(failure.calls()).toBe(5);
});

test('Retry by default tries three more times, after 1, 2 and 4 seconds', async () => {
  const { result, clock } = await runOnce({ A: invoke('f', { Retry: [onAnyError({})] }) }, {}, failing('E', 'E', 'E'));
  expect(result).toEqual({ status: 'SUCCEEDED', output: 'done' });
  expect(clock.slept).toEqual([1000, 2000, 4000]);
});

test('JitterStrategy FULL takes a random part of the delay', async () => {
  const retry = [onAnyError({ IntervalSeconds: 8, JitterStrategy: 'FULL' })];
  const dice = { random: () => 0.25 };
  const { clock } = await runOnce({ A: invoke('f', { Retry: retry }) }, {}, { ...failing('E'), ...dice });
  expect(clock.slept).toEqual([2000]);
});

test('each retrier counts its own attempts, and an exhausted one passes the error to Catch', async () => {
  const retry = [
    { ErrorEquals: ['ErrorA', 'ErrorB'], IntervalSeconds: 1, MaxAttempts: 2 },
    { ErrorEquals: ['ErrorC'], IntervalSeconds: 5 },
  ];
  const states = { A: invoke('f', { Retry: retry, Catch: [onAnyError({ Next: 'Z' })] }), Z: { Type: 'Succeed' } };
  const { result, clock } = await runOnce(states, {}, failing('ErrorA', 'ErrorB', 'ErrorC', 'ErrorB'));
  expect(result).toMatchObject({ status: 'SUCCEEDED', output: { Error: 'ErrorB' } });
  expect(clock.slept).toEqual([1000, 2000, 5000]);
});

test('MaxAttempts 0 excepts an error from the retriers after it', async () => {
  const retry = [{ ErrorEquals: ['TerminalError'], MaxAttempts: 0 }, onAnyError({})];
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
  await outputOf({ A: invoke('f', { Retry: [onAnyError({})] }, payload) }, {}, { functions: { f } });
  expect(seen).toEqual([0, 1, 2]);
});
