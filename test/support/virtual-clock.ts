import type { Clock } from '../../local/state-machine/types.ts';

/** A clock that stands still while there is work and jumps to the next sleeper when there is none; nobody waits. */
export type VirtualClock = Clock & {
  /** The lengths of all sleeps that ran to their end, in milliseconds. */
  slept: number[];
};

/** A virtual clock that starts at the given instant. */
export function createVirtualClock(start = '2026-03-01T00:00:00.000Z'): VirtualClock {
  let now = Date.parse(start);
  let sleepers: { at: number; wake: () => void }[] = [];
  const slept: number[] = [];

  // An immediate runs only when every promise that could go on has gone on.
  function jump(): void {
    const next = sleepers.reduce<(typeof sleepers)[number] | undefined>(
      (first, sleeper) => (first === undefined || sleeper.at < first.at ? sleeper : first),
      undefined,
    );
    if (next === undefined) return;
    sleepers = sleepers.filter((sleeper) => sleeper !== next);
    now = Math.max(now, next.at);
    next.wake();
    setImmediate(jump);
  }

  return {
    slept,
    now: () => new Date(now),
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const sleeper = {
          at: now + milliseconds,
          wake: () => {
            slept.push(milliseconds);
            resolve();
          },
        };
        sleepers.push(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          reject(signal.reason);
        });
        setImmediate(jump);
      }),
  };
}
