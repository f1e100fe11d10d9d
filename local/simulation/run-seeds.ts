import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { SeedOutcome } from './run-seed.ts';

/**
 * Runs seeds, as many at a time as the machine has processor cores.
 * @param tell is told each outcome as it comes
 * @returns all outcomes, in the order of the seeds
 */
export async function runSeeds(
  seeds: readonly number[],
  tell: (outcome: SeedOutcome) => void = () => undefined,
): Promise<SeedOutcome[]> {
  const waiting = [...seeds];
  const outcomes = new Map<number, SeedOutcome>();

  function work(): Promise<void> {
    const worker = new Worker(new URL('./seed-worker.ts', import.meta.url));
    return new Promise((resolve, reject) => {
      const next = () => {
        const seed = waiting.shift();
        if (seed !== undefined) return worker.postMessage(seed);
        worker.terminate().then(() => resolve(), reject);
      };
      worker.on('message', (outcome: SeedOutcome) => {
        outcomes.set(outcome.seed, outcome);
        tell(outcome);
        next();
      });
      worker.on('error', reject);
      next();
    });
  }

  const most = Math.min(availableParallelism(), seeds.length);
  await Promise.all(Array.from({ length: most }, work));
  return seeds.map((seed) => outcomes.get(seed) as SeedOutcome);
}

/** How often each kind of weather has happened in all of them. */
export function weatherOf(outcomes: readonly SeedOutcome[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const { happened } of outcomes) {
    for (const [kind, count] of Object.entries(happened)) sum[kind] = (sum[kind] ?? 0) + count;
  }
  return sum;
}
