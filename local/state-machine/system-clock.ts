import type { Clock } from './types.ts';

/** The time of this machine. A sleep that is called off leaves no timer behind. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const callOff = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', callOff);
        resolve();
      }, milliseconds);
      signal?.addEventListener('abort', callOff, { once: true });
    }),
};
