import type { Day, Month } from '../lives/days.ts';

export const SITES = ['North', 'South'] as const;
export type Site = (typeof SITES)[number];

/** What of their own usage service providers report, by the products that are billed on it alone. */
export type Track = 'RENTAL' | 'TERM' | 'RENTAL_MAAS' | 'ISV' | 'SOV';

/**
 * The tracks of providers' contracts by number. Of each fourth the first two are PAY-GO, the third CUSTOM, the fourth PRE-PAY
 * (plain-programme.ts), and SOV has no PAY-GO.
 */
export const TRACKS: readonly Track[] = [
  ...(['RENTAL', 'RENTAL_MAAS', 'SOV', 'SOV'] as const),
  ...(['TERM', 'ISV', 'RENTAL', 'RENTAL_MAAS'] as const),
  ...(['RENTAL', 'TERM', 'RENTAL', 'ISV'] as const),
];

export const METERED_TRACKS: ReadonlySet<Track> = new Set(['RENTAL', 'RENTAL_MAAS', 'SOV']);

/** A week of a machine at a site: its memory, and the upload that says so. */
export type Slot = { source: Site; month: Month; week: number; sequence: number; site: Site; configuredGb: number };

/** What happens at a service provider, its meter or its aggregator; `at` is the time of day. */
export type YearEvent = { day: Day; at: string } & (
  | { do: 'UPLOAD'; slots: readonly Slot[] }
  | { do: 'ADD' | 'EDIT'; month: Month; site: Site; quantity: string }
  | { do: 'SUBMIT' | 'APPROVE' | 'SEND_BACK'; month: Month }
  | { do: 'ADJUST'; month: Month; site: Site; quantity: string }
  | { do: 'END_ADJUSTMENT'; month: Month; how: 'APPROVE' | 'REJECT' | 'WITHDRAW' }
);

/** A service provider with one contract and, for most, a meter; what happens is in the order of time. */
export type Provider = { n: number; track: Track; isMetered: boolean; events: readonly YearEvent[] };

export type Year = { seed: number; first: Month; months: number; providers: readonly Provider[] };

/** Months after the year in which nothing is reported: what came late is billed in them. */
export const MONTHS_AFTER = 3;

export const CLOSING_TIME = '02:00:00';
export const CLOSING_DAY = '10';
/** What meters have uploaded and others have told is filled into orders once a day here. */
export const FILLING_TIME = '12:30:00';

const FIRST_DAYS = [1, 8, 15, 22] as const;
export const WEEKS = [0, 1, 2, 3] as const;

/** First and last day of a week; the last of a month is longer. */
export function daysOfWeek(week: number): [first: number, next: number | undefined] {
  return [FIRST_DAYS[week] as number, FIRST_DAYS[week + 1]];
}
