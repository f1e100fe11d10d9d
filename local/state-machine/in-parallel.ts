import { setMaxListeners } from 'node:events';
import { isCrash, Stopped } from './errors.ts';

/**
 * Works on all items, at most so many at a time. The first failure stops the rest: no further item is begun, the
 * signal given to those under way aborts, and once they have ended the failure is thrown.
 * @returns the results in the order of the items.
 */
export async function inParallel<T, R>(
  items: T[],
  most: number,
  signal: AbortSignal,
  work: (item: T, index: number, signal: AbortSignal) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  const queue = items.entries();
  await workers(most, signal, async (own) => {
    for (const [index, item] of queue) {
      own.throwIfAborted();
      results[index] = await work(item, index, own);
    }
  });
  return results;
}

/** Runs the same worker so many times side by side, under the rule of failure of {@link inParallel}. */
export async function workers(
  most: number,
  signal: AbortSignal,
  worker: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failed = new AbortController();
  const own = AbortSignal.any([signal, failed.signal]);
  setMaxListeners(0, own);
  let failure: { error: unknown } | undefined;
  const one = async () => {
    try {
      await worker(own);
    } catch (error) {
      if (failure === undefined || isCrash(error)) failure = { error };
      failed.abort(new Stopped());
    }
  };
  await Promise.all(Array.from({ length: most }, one));
  if (failure !== undefined) throw failure.error;
}
