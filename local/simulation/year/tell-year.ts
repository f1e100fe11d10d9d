import { type SeededRandom, seededRandom } from '../../random.ts';
import { type Day, daysLater, firstOf, lastOf, type Month, monthsLater } from '../lives/days.ts';
import {
  daysOfWeek,
  METERED_TRACKS,
  type Provider,
  SITES,
  type Site,
  type Slot,
  TRACKS,
  type Track,
  WEEKS,
  type Year,
  type YearEvent,
} from './events.ts';

/** What goes wrong in a month's uploads, if anything. */
const IRREGULAR = ['LATE', 'CORRECTED_IN_TIME', 'MORE_LATER', 'RELABELLED_LATER'] as const;
const MOST_GB = 24;

/**
 * Makes up a year of service providers: most report by meter, some by hand; usage is late, wrong, sent twice, edited with a
 * reason, not reported at all; orders are approved, sent back or left to the cutoff; closed ones are adjusted.
 */
export function tellYear(seed: number, providers: number, months: number): Year {
  const random = seededRandom(seed);
  const first = '2026-01';
  return {
    seed,
    first,
    months,
    providers: Array.from({ length: providers }, (_, n) => {
      const own = random.fork(`provider ${n}`);
      const track = TRACKS[n % TRACKS.length] as Track;
      const isMetered = own.chance(0.75) && METERED_TRACKS.has(track);
      const events = Array.from({ length: months }, (__, m) =>
        eventsOfMonth(own.fork(`month ${m}`), monthsLater(first, m), isMetered),
      );
      return { n, track, isMetered, events: events.flat().sort(byTime) } satisfies Provider;
    }),
  };
}

export const byTime = (a: { day: Day; at: string }, b: { day: Day; at: string }): number =>
  a.day + a.at < b.day + b.at ? -1 : 1;

function eventsOfMonth(random: SeededRandom, month: Month, isMetered: boolean): YearEvent[] {
  return [
    ...(isMetered ? uploadsOf(random.fork('uploads'), month) : []),
    ...reportOf(random.fork('report'), month, isMetered),
    ...adjustmentsOf(random.fork('adjustments'), month),
  ];
}

function uploadsOf(random: SeededRandom, month: Month): YearEvent[] {
  const irregular = SITES.map(() => (random.chance(0.4) ? random.pick(IRREGULAR) : undefined));
  // What a relabelling takes off a site must not be what another has put there.
  if (irregular.every((each) => each === 'RELABELLED_LATER')) irregular.pop();
  return SITES.flatMap((source, n) => uploadsOfMachine(random.fork(source), month, source, irregular[n]));
}

function uploadsOfMachine(
  random: SeededRandom,
  month: Month,
  source: Site,
  irregular: (typeof IRREGULAR)[number] | undefined,
): YearEvent[] {
  const next = monthsLater(month, 1);
  const oddWeek = random.int(WEEKS.length);
  const events: YearEvent[] = [];
  const upload = (day: string, ...slots: Slot[]) => {
    if (slots.length > 0) events.push({ day, at: '12:00:00', do: 'UPLOAD', slots });
  };
  const after = (least: number, most: number) => daysLater(lastOf(month), least + random.int(most - least));
  // Often while the order is on its way between the parties.
  const late = () => (random.chance(0.5) ? after(2, 11) : after(11, 75));
  for (const week of WEEKS) {
    const configuredGb = 2 * (1 + random.int(MOST_GB));
    const slot: Slot = { source, month, week, sequence: 1, site: source, configuredGb };
    const [, end] = daysOfWeek(week);
    const onTime = end === undefined ? firstOf(next) : daysLater(firstOf(month), end - 1);
    const isOdd = irregular !== undefined && week === oddWeek;
    const isLate = irregular === 'LATE' && (isOdd || random.chance(0.4));
    upload(isLate ? late() : onTime, slot);
    if (random.chance(0.1) && !isOdd) upload(after(1, 60), slot);
    if (!isOdd) continue;
    const anew = { ...slot, sequence: 2 };
    const other = SITES.find((site) => site !== source) as Site;
    if (irregular === 'CORRECTED_IN_TIME')
      upload(firstOf(next), random.chance(0.5) ? { ...anew, site: other } : { ...anew, configuredGb: 2 });
    if (irregular === 'MORE_LATER') upload(late(), { ...anew, configuredGb: 2 * MOST_GB });
    if (irregular === 'RELABELLED_LATER') upload(after(11, 75), { ...anew, site: other });
  }
  return events;
}

const decimal = (random: SeededRandom, below: number): string =>
  `${random.int(below)}.${String(1 + random.int(999_999)).padStart(6, '0')}`;

/** What the service provider writes on the days of the month after, and what becomes of the order then. */
function reportOf(random: SeededRandom, month: Month, isMetered: boolean): YearEvent[] {
  const next = monthsLater(month, 1);
  const on = (day: number): string => daysLater(firstOf(next), day - 1);
  const events: YearEvent[] = [];
  if (!isMetered || random.chance(0.3)) {
    for (const site of SITES) {
      if (random.chance(0.7))
        events.push({ day: on(2), at: '07:00:00', do: 'ADD', month, site, quantity: decimal(random, 1500) });
    }
  }
  if (isMetered && random.chance(0.2))
    events.push({
      day: on(2),
      at: '08:00:00',
      do: 'EDIT',
      month,
      site: random.pick(SITES),
      quantity: decimal(random, 40),
    });
  return [...events, ...reviewOf(random, month)];
}

/** How a month's order goes back and forth before its cutoff, if anybody looks at it. */
export function reviewOf(random: SeededRandom, month: Month): YearEvent[] {
  const on = (day: number): string => daysLater(firstOf(monthsLater(month, 1)), day - 1);
  const events: YearEvent[] = [];
  if (random.chance(0.15)) return events;
  events.push({ day: on(2 + random.int(5)), at: '09:00:00', do: 'SUBMIT', month });
  if (random.chance(0.25)) {
    events.push({ day: on(8), at: '10:00:00', do: 'SEND_BACK', month });
    if (random.chance(0.3)) return events;
    events.push({ day: on(9), at: '09:00:00', do: 'SUBMIT', month });
  }
  if (random.chance(0.7)) events.push({ day: on(9), at: '15:00:00', do: 'APPROVE', month });
  return events;
}

/** Up to two adjustments of a closed month, one after the other. */
function adjustmentsOf(random: SeededRandom, month: Month): YearEvent[] {
  const events: YearEvent[] = [];
  for (const later of [1, 2]) {
    if (!random.chance(later === 1 ? 0.2 : 0.07)) continue;
    const opened = daysLater(firstOf(monthsLater(month, later)), 11 + random.int(12));
    const how = random.pick(['APPROVE', 'APPROVE', 'REJECT', 'WITHDRAW'] as const);
    const quantity = decimal(random, 60);
    events.push(
      { day: opened, at: '09:00:00', do: 'ADJUST', month, site: random.pick(SITES), quantity },
      { day: daysLater(opened, random.int(5)), at: '16:00:00', do: 'END_ADJUSTMENT', month, how },
    );
  }
  return events;
}
