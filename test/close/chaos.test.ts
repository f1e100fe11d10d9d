import { period } from '../../lambdas/domain/calendar/period.ts';
import { CONTRACT_KINDS, FAMILY_TYPES } from '../../lambdas/domain/catalogue/family.ts';
import { closeProgramme } from '../../local/simulation/close-programme.ts';
import type { SeedOutcome } from '../../local/simulation/run-seed.ts';
import { runSeeds, weatherOf } from '../../local/simulation/run-seeds.ts';
import { planOfSeed } from '../../local/simulation/seed-conditions.ts';

const SEEDS = Array.from({ length: 50 }, (_, index) => index + 1);

/** Everything that may go wrong has to have gone wrong, or the seeds prove little. */
const KINDS = [
  'crash',
  'failed',
  'answerLost',
  'late',
  'childStartedTwice',
  'taskAnswerLost',
  'database throttled',
  'database conflict',
  'database serverError',
  'database answerLost',
  'database unprocessed',
  'database indexLag',
  'startAgain',
  'startOverRunning',
  'startEarlier',
  'contractDay',
  'rival write taken',
  'rival write refused',
];

let outcomes: SeedOutcome[] = [];

beforeAll(async () => {
  outcomes = await runSeeds(SEEDS);
}, 240_000);

test('fifty closes in bad weather each bill everything exactly once', () => {
  const wrong = outcomes.filter(({ problems }) => problems.length > 0);
  expect(wrong.map(({ seed, problems, trace }) => ({ seed, problems, trace: trace.slice(-30) }))).toEqual([]);
});

test('contracts of every track are among them, with usage', () => {
  const tracks = SEEDS.flatMap((seed) => {
    const { contracts = [], orders } = closeProgramme(period('2026-10'), planOfSeed(seed).shape);
    const used = new Set(orders.flatMap(({ order, lines }) => (lines.length > 0 ? order.contractId : [])));
    const listings = [...contracts]
      .filter(({ contract }) => used.has(contract.id))
      .map(({ contract }) => contract.listing);
    return listings.map(({ kind, familyType }) => kind ?? familyType);
  });
  expect([...new Set(tracks)].sort()).toEqual([...FAMILY_TYPES, ...CONTRACT_KINDS].sort());
});

test.each(KINDS)('among them is weather of the kind: %s', (kind) => {
  expect(weatherOf(outcomes)[kind]).toBeGreaterThan(0);
});

test('a seed always tries the same', async () => {
  const [again] = await runSeeds([7]);
  expect(again).toEqual(outcomes.find(({ seed }) => seed === 7));
}, 60_000);
