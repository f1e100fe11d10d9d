import { ROSTER_SHARDS, rosterShard } from '../../../lambdas/domain/close/roster.ts';
import { runName } from '../../../lambdas/domain/close/run.ts';
import { OCTOBER } from '../support/builders.ts';

test('a run is named by its period and number', () => {
  expect(runName(OCTOBER, 2)).toBe('2026-10-2');
});

// The published check values of 32-bit FNV-1a are 0x811c9dc5, 0xe40c292c and 0xbf9cf968; the last six bits count here.
test('the shard of a contract never changes: what is stored is found by it', () => {
  expect(['', 'a', 'foobar'].map(rosterShard)).toEqual([5, 44, 40]);
});

test('contracts spread over all the shards', () => {
  const counts = Array<number>(ROSTER_SHARDS).fill(0);
  for (let id = 0; id < 6400; id++)
    counts[rosterShard(`contract-${id}`)] = (counts[rosterShard(`contract-${id}`)] ?? 0) + 1;
  expect(Math.min(...counts)).toBeGreaterThan(50);
  expect(Math.max(...counts)).toBeLessThan(150);
});
