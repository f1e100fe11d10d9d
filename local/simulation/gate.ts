import type { SeededRandom } from '../random.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** What the portal calls outside of itself. */
export type Place = 'database' | 'documents' | 'workFiles' | 'mail' | 'bus' | 'executions';

/** Bad weather between the portal and what it calls: each number the probability for a call. */
export type CallWeather = {
  /** The call fails and has done nothing. Not for the database, which has weather of its own. */
  failed?: number;
  /** The call is carried out, then fails. Not for the database. */
  answerLost?: number;
  /** The call takes longer than any step may, and is carried out then. */
  late?: number;
};

export type CallWeatherKind = keyof CallWeather;

/** The process is dead: thrown by the call it died at and by each one after that. */
export class Crash extends Error {
  override readonly name = 'Crash';
  readonly isCrash = true;
}

/** What happens at a call: the process dies, or something is started beside it. */
export type Incident = { call: number; happens: 'crashBefore' | 'crashAfter' | (() => void) };

export type Gate = {
  /** Makes a call, in the weather. */
  pass<Result>(place: Place, what: string, call: () => Promise<Result>): Promise<Result>;
  calls(): number;
  /** Calls that are under way. */
  underWay(): number;
  isDead(): boolean;
};

// A close makes few calls of these, and each matters.
const RARE: readonly Place[] = ['mail', 'bus'];
const RARE_FACTOR = 10;

/** Longer than the longest TimeoutSeconds of the close. */
const LATE_MS = 900_000;

/**
 * The way of one process to everything outside of it. Calls are counted, so that an incident can be laid on any of them.
 * @param note is told of each thing that goes wrong
 */
export function openGate(options: {
  random: SeededRandom;
  clock: VirtualClock;
  weather: CallWeather;
  incidents: readonly Incident[];
  note: (kind: string, text: string) => void;
}): Gate {
  const { random, clock, weather, note } = options;
  const incidents = new Map(options.incidents.map(({ call, happens }) => [call, happens]));
  let calls = 0;
  let underWay = 0;
  let crash: Crash | undefined;

  function die(text: string): Crash {
    note('crash', text);
    crash = new Crash(text);
    clock.die(crash);
    return crash;
  }

  function alive(): void {
    if (crash) throw crash;
  }

  async function pass<Result>(place: Place, what: string, call: () => Promise<Result>): Promise<Result> {
    underWay += 1;
    try {
      return await make(place, what, call);
    } finally {
      underWay -= 1;
    }
  }

  async function make<Result>(place: Place, what: string, call: () => Promise<Result>): Promise<Result> {
    alive();
    calls += 1;
    const where = `call ${calls}, ${place} ${what}`;
    const chance = random.fork(String(calls));
    const incident = incidents.get(calls);
    if (incident === 'crashBefore') throw die(`before ${where}`);
    if (typeof incident === 'function') incident();
    const draw = (kind: CallWeatherKind): boolean => {
      if (!chance.chance((weather[kind] ?? 0) * (RARE.includes(place) ? RARE_FACTOR : 1))) return false;
      note(kind, where);
      return true;
    };
    if (place !== 'database' && draw('failed')) throw new Error(`The service did nothing: ${where}`);
    if (draw('late')) await clock.sleep(LATE_MS);
    const result = await clock.during(call);
    if (incident === 'crashAfter') throw die(`after ${where}`);
    alive();
    if (place !== 'database' && draw('answerLost')) throw new Error(`The answer was lost: ${where}`);
    return result;
  }

  return { pass, calls: () => calls, underWay: () => underWay, isDead: () => crash !== undefined };
}
