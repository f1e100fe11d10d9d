import { systemClock } from '../../../local/state-machine/system-clock.ts';

test('a sleep ends after its time', async () => {
  const before = systemClock.now().getTime();
  await systemClock.sleep(5);
  expect(systemClock.now().getTime() - before).toBeGreaterThanOrEqual(4);
});

test('a sleep that is called off ends at once with the reason', async () => {
  const off = new AbortController();
  const sleep = systemClock.sleep(1_000_000, off.signal);
  off.abort('enough');
  await expect(sleep).rejects.toBe('enough');
  await expect(systemClock.sleep(1_000_000, off.signal)).rejects.toBe('enough');
});
