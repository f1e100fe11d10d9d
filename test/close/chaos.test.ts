import type { SeedOutcome } from '../../local/simulation/run-seed.ts';
import { runSeeds, weatherOf } from '../../local/simulation/run-seeds.ts';

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

test.each(KINDS)('among them is weather of the kind: %s', (kind) => {
  expect(weatherOf(outcomes)[kind]).toBeGreaterThan(0);
});

test('a seed always tries the same', async () => {
  const [again] = await runSeeds([7]);
  expect(again).toEqual(outcomes.find(({ seed }) => seed === 7));
}, 60_000);
