import type { Weather } from '../../../local/state-machine/types.ts';
import { mapOf } from '../../support/distributed-maps.ts';
import { invoke, machineOf, seeded, testRunner } from '../../support/state-machines.ts';

const ITEMS = Array.from({ length: 60 }, (_, index) => index);

/** Runs 60 children under the weather; each answers how often its item has been begun. */
async function runUnder(weather: Weather | undefined, { seed = 1, type = 'EXPRESS', state = {} } = {}) {
  const begun: number[] = [];
  let overlaps = 0;
  const running = new Set<number>();
  const f = async (payload: unknown) => {
    const item = payload as number;
    begun.push(item);
    const count = begun.filter((other) => other === item).length;
    if (running.has(item)) overlaps += 1;
    running.add(item);
    await new Promise(setImmediate);
    running.delete(item);
    return count;
  };
  const { runner } = testRunner({
    definition: machineOf(mapOf({ ToleratedFailurePercentage: 100 }, { F: invoke('f', state) }, type)),
    functions: { f },
    random: seeded(seed),
    ...(weather && { weather }),
  });
  const result = await runner.start({ name: 'x', input: ITEMS });
  if (result.status !== 'SUCCEEDED') throw new Error(JSON.stringify(result));
  const output = result.output as (number | { Error: string })[];
  return {
    begun,
    output,
    twice: ITEMS.filter((item) => begun.indexOf(item) !== begun.lastIndexOf(item)),
    overlaps,
    runner,
  };
}

test('in fair weather every child runs once, in order', async () => {
  const { begun, output } = await runUnder(undefined);
  expect(begun).toEqual(ITEMS);
  expect(output).toEqual(ITEMS.map(() => 1));
});

test('in bad weather some Express children run twice, at once or one after the other, and either result counts', async () => {
  const { twice, overlaps, output, runner } = await runUnder({ childStartedTwice: 0.5 });
  expect(twice.length).toBeGreaterThan(15);
  expect(twice.length).toBeLessThan(45);
  expect(overlaps).toBeGreaterThan(3);
  expect(overlaps).toBeLessThan(twice.length);
  expect(new Set(output)).toEqual(new Set([1, 2]));
  expect(runner.mapRuns('x')[0]?.executionCounts).toMatchObject({ total: 60, succeeded: 60 });
});

test('Standard children run once in any weather, but in arbitrary order', async () => {
  const { begun, twice } = await runUnder({ childStartedTwice: 1 }, { type: 'STANDARD' });
  expect(twice).toEqual([]);
  expect(begun).not.toEqual(ITEMS);
  expect([...begun].sort((one, other) => one - other)).toEqual(ITEMS);
});

test('an answer can be lost after the effect: the attempt times out and is retried', async () => {
  const lost = await runUnder({ taskAnswerLost: 0.3 });
  const failures = lost.output.filter((output) => typeof output === 'object');
  expect(failures.length).toBeGreaterThan(5);
  expect(failures[0]).toMatchObject({ Error: 'States.Timeout' });
  expect(new Set(lost.begun).size).toBe(60);
  const retry = { Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 20 }] };
  const retried = await runUnder({ taskAnswerLost: 0.3 }, { state: retry });
  expect(retried.twice.length).toBeGreaterThan(5);
  expect(retried.output.every((output) => typeof output === 'number')).toBe(true);
});

test('the same seed gives the same weather', async () => {
  const weather = { childStartedTwice: 0.5, taskAnswerLost: 0.2 };
  const [one, again, other] = [await runUnder(weather), await runUnder(weather), await runUnder(weather, { seed: 2 })];
  expect(again.begun).toEqual(one.begun);
  expect(again.output.map(String)).toEqual(one.output.map(String));
  expect(other.begun).not.toEqual(one.begun);
});
