import { type SeededRandom, seededRandom } from '../random.ts';
import type { Shape } from './close-programme.ts';
import type { Conditions } from './world.ts';

/** What is done beside the close while it runs, at some of its calls. */
export type Beside = 'startAgain' | 'startOverRunning' | 'approve' | 'report';

/** How the process of a life ends before its time. */
export type Death = 'crashBefore' | 'crashAfter';

/** A life of the portal: its weather, what happens at which part (0 to 1) of an undisturbed close's calls. */
export type LifePlan = {
  conditions: Omit<Conditions, 'incidents'>;
  incidents: readonly { part: number; happens: Beside | Death }[];
  /** Two people start the close at once. */
  startsTwice: boolean;
};

/** What a seed tries: a programme, and the stormy lives that come before a fair one. */
export type SeedPlan = { seed: number; shape: Shape; lives: readonly LifePlan[] };

const SIZES = [8, 11, 16, 23];
const BATCH_SIZES = [2, 3, 5, 25];

/** Draws what a seed tries. The same seed always tries the same. */
export function planOfSeed(seed: number): SeedPlan {
  const random = seededRandom(seed);
  const shape = { contracts: random.pick(SIZES), unpriced: random.chance(0.3), mismatch: random.chance(0.3) };
  const lives = 1 + random.int(3);
  return { seed, shape, lives: Array.from({ length: lives }, (_, life) => planOfLife(random.fork(`life ${life}`))) };
}

function planOfLife(random: SeededRandom): LifePlan {
  const storm = random.pick([0.3, 1, 2]);
  const maybe = <Value>(value: Value): Value | undefined => (random.chance(0.4) ? value : undefined);
  const incidents: LifePlan['incidents'][number][] = [];
  if (random.chance(0.6)) incidents.push({ part: random.next(), happens: random.pick(['crashBefore', 'crashAfter']) });
  for (const happens of ['startAgain', 'startOverRunning'] as const) {
    if (random.chance(0.2)) incidents.push({ part: random.next(), happens });
  }
  for (const happens of ['approve', 'report'] as const) {
    // Most of what these do is refused later than the first half: the order is sealed then.
    if (random.chance(0.3)) for (let n = 0; n < 4; n++) incidents.push({ part: random.next() * 0.5, happens });
  }
  return {
    startsTwice: random.chance(0.25),
    incidents,
    conditions: {
      seed: random.int(2 ** 32),
      batchSize: random.pick(BATCH_SIZES),
      database: defined({
        throttled: maybe(0.02 * storm),
        conflict: maybe(0.02 * storm),
        serverError: maybe(0.02 * storm),
        answerLost: maybe(0.03 * storm),
        unprocessed: maybe(0.3),
        indexLag: maybe({ probability: 0.5, writes: 10 }),
      }),
      calls: defined({ failed: maybe(0.004 * storm), answerLost: maybe(0.004 * storm), late: maybe(0.0008 * storm) }),
      machine: defined({ childStartedTwice: maybe(0.2 * storm), taskAnswerLost: maybe(0.05 * storm) }),
    },
  };
}

/** Leaves out what is undefined, and says so to the compiler. */
function defined<Members extends object>(members: Members): { [K in keyof Members]?: NonNullable<Members[K]> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}
