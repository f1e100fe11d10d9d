import type { Clock } from '../state-machine/types.ts';

/** A clock that nobody waits for: it stands still while there is work and jumps to the next sleeper when there is none. */
export type VirtualClock = Clock & {
  /** Does work during which no time passes. */
  during<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Ends all sleeps by rejecting them, as the death of the process does. */
  die(reason: Error): void;
};

type Sleeper = { at: number; wake: () => void; callOff: (reason: unknown) => void };

/** @param time the instant in epoch milliseconds, shared by all clocks of one world */
export function openVirtualClock(time: { now: number }): VirtualClock {
  let sleepers: Sleeper[] = [];
  let working = 0;

  // An immediate runs only when every promise that could go on has gone on.
  function jump(): void {
    if (working > 0 || sleepers.length === 0) return;
    const next = sleepers.reduce((first, sleeper) => (sleeper.at < first.at ? sleeper : first));
    time.now = Math.max(time.now, next.at);
    leave(next);
    next.wake();
    setImmediate(jump);
  }

  function leave(sleeper: Sleeper): void {
    sleepers = sleepers.filter((other) => other !== sleeper);
  }

  return {
    now: () => new Date(time.now),

    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const calledOff = () => sleeper.callOff(signal?.reason);
        const sleeper: Sleeper = {
          at: time.now + milliseconds,
          wake: () => {
            signal?.removeEventListener('abort', calledOff);
            resolve();
          },
          callOff: (reason) => {
            leave(sleeper);
            reject(reason);
          },
        };
        sleepers.push(sleeper);
        signal?.addEventListener('abort', calledOff, { once: true });
        setImmediate(jump);
      }),

    during: async (work) => {
      working += 1;
      try {
        return await work();
      } finally {
        working -= 1;
        if (working === 0) setImmediate(jump);
      }
    },

    die: (reason) => {
      for (const sleeper of sleepers) sleeper.callOff(reason);
    },
  };
}
