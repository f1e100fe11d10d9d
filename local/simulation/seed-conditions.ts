import { type SeededRandom, seededRandom } from '../random.ts';
import type { Shape } from './close-programme.ts';
import type { Conditions } from './world.ts';

/**
 * What others do while a close runs: start it again; start its next run although it runs, as if its execution had ended;
 * the same with the close of the month before; move an order on; report a usage line; do what is due on contracts.
 */
export const BESIDES = ['startAgain', 'startOverRunning', 'startEarlier', 'approve', 'report', 'contractDay'] as const;
export type Beside = (typeof BESIDES)[number];

/** How the process of a life ends before its time. */
export type Death = 'crashBefore' | 'crashAfter';

/** A life of the portal: its weather, and what happens at which part (0 to 1) of an undisturbed close's calls. */
export type LifePlan = {
  /** The close that this life is to bring to its end. */
  closes: 'period' | 'month before';
  conditions: Omit<Conditions, 'incidents'>;
  incidents: readonly { part: number; happens: Beside | Death }[];
  /** Two people start the close at once. */
  startsTwice: boolean;
};

/** What a seed tries: a programme, and the stormy lives that come before a fair one. */
export type SeedPlan = { seed: number; shape: Shape; lives: readonly LifePlan[] };

// Few, since each is closed undisturbed first.
const SHAPES: readonly Shape[] = [
  { contracts: 8, unpriced: false, mismatch: false, earlier: false, external: true },
  { contracts: 8, unpriced: false, mismatch: true, earlier: true, due: true, tracks: 1 },
  { contracts: 9, unpriced: true, mismatch: false, earlier: false, tracks: 2 },
  { contracts: 11, unpriced: false, mismatch: false, earlier: true, due: true, tracks: 3 },
  { contracts: 13, unpriced: true, mismatch: true, earlier: false, tracks: 5 },
  {
    ...{ contracts: 16, unpriced: false, mismatch: false, earlier: false, due: true },
    ...{ cutoffPolicy: 'billMinimumCommit', tracks: 7 },
  },
  {
    ...{ contracts: 28, unpriced: true, mismatch: false, earlier: true },
    ...{ cutoffPolicy: 'billMinimumCommit', external: true },
  },
];
const BATCH_SIZES = [2, 3, 5, 25];
const MOST_LIVES = 2;
// By this part of its calls a close has been claimed, also when each of the first was tried three times.
const CLAIMED_BY = 0.06;

/** Draws what a seed tries. The same seed always tries the same. */
export function planOfSeed(seed: number): SeedPlan {
  const random = seededRandom(seed);
  const shape = random.pick(SHAPES);
  const lives = Array.from({ length: 1 + random.int(MOST_LIVES) }, (_, life) => lifeOf(random.fork(`life ${life}`)));
  if (!shape.earlier) return { seed, shape, lives };
  // The month before is left unfinished, so that the period's own close finds something of it to bill.
  const unfinished = { ...lifeOf(random.fork('month before')), closes: 'month before' } as const;
  const death = { part: CLAIMED_BY + random.next() * 0.4, happens: 'crashAfter' } as const;
  return { seed, shape, lives: [{ ...unfinished, incidents: [death] }, ...lives] };
}

function lifeOf(random: SeededRandom): LifePlan {
  const storm = random.pick([0.5, 1, 2]);
  const incidents: LifePlan['incidents'][number][] = [];
  if (random.chance(0.6)) incidents.push({ part: random.next(), happens: random.pick(['crashBefore', 'crashAfter']) });
  for (const happens of ['startAgain', 'startOverRunning', 'startEarlier'] as const) {
    if (random.chance(0.2)) incidents.push({ part: random.next(), happens });
  }
  // The contracts come first in a close, and the freeze after them.
  if (random.chance(0.4)) incidents.push({ part: random.next() * 0.3, happens: 'contractDay' });
  for (const happens of ['approve', 'report'] as const) {
    // The first orders are sealed about the middle, the last ones at three quarters.
    if (random.chance(0.3)) for (let n = 0; n < 4; n++) incidents.push({ part: 0.3 + random.next() * 0.5, happens });
  }
  return {
    closes: 'period',
    startsTwice: random.chance(0.25),
    incidents,
    conditions: conditionsOf(random, storm),
  };
}

/** The weather of a life. @param storm how bad it is: 1 as usual */
export function conditionsOf(random: SeededRandom, storm: number): LifePlan['conditions'] {
  const maybe = <Value>(value: Value): Value | undefined => (random.chance(0.5) ? value : undefined);
  return {
    seed: random.int(2 ** 32),
    batchSize: random.pick(BATCH_SIZES),
    database: defined({
      throttled: maybe(0.03 * storm),
      conflict: maybe(0.03 * storm),
      serverError: maybe(0.03 * storm),
      answerLost: maybe(0.04 * storm),
      unprocessed: maybe(0.3),
      indexLag: maybe({ probability: 0.5, writes: 10 }),
    }),
    calls: defined({ failed: maybe(0.006 * storm), answerLost: maybe(0.01 * storm), late: maybe(0.001 * storm) }),
    machine: defined({ childStartedTwice: maybe(0.3 * storm), taskAnswerLost: maybe(0.06 * storm) }),
  };
}

/** Leaves out what is undefined, and says so to the compiler. */
function defined<Members extends object>(members: Members): { [K in keyof Members]?: NonNullable<Members[K]> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}
