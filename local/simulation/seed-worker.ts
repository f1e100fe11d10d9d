import { parentPort } from 'node:worker_threads';
import { runSeed } from './run-seed.ts';

/** A thread of run-seeds.ts: takes seeds, answers what became of them. */
parentPort?.on('message', async (seed: number) => {
  parentPort?.postMessage(await runSeed(seed));
});
