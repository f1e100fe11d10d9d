import { addMonthsToDate, type PlainDate, plainDate } from '../calendar/period.ts';

/** Until when a version of the meter is supported; a version belongs to the longest prefix that it begins with. */
export type MeterSupport = {
  /** Whole parts of a version: "4.6" stands for 4.6 and 4.6.1.0, not for 4.60. */
  versionPrefix: string;
  /** Last day of general support, and of technical guidance. */
  generalSupportEnd: PlainDate;
  technicalGuidanceEnd: PlainDate;
};

/** Settings of the programme: a row for each line of versions. */
export const METER_SUPPORT: readonly MeterSupport[] = [
  { versionPrefix: '3', generalSupportEnd: plainDate('2021-11-30'), technicalGuidanceEnd: plainDate('2021-11-30') },
  { versionPrefix: '4', generalSupportEnd: plainDate('2025-06-30'), technicalGuidanceEnd: plainDate('2026-06-30') },
  { versionPrefix: '4.7', generalSupportEnd: plainDate('2026-12-31'), technicalGuidanceEnd: plainDate('2027-12-31') },
  { versionPrefix: '4.8', generalSupportEnd: plainDate('2028-06-30'), technicalGuidanceEnd: plainDate('2029-06-30') },
];

const WARNING_MONTHS = 6;

/** The end that is past, or near: the last that is past, or else the first that comes within six months. */
export type SupportWarning = { end: 'GENERAL_SUPPORT' | 'TECHNICAL_GUIDANCE'; date: PlainDate; past: boolean };

/** Warns of a version's end of support from six months before it on; undefined when there is nothing to warn of. */
export function supportWarning(
  version: string,
  today: PlainDate,
  table: readonly MeterSupport[],
): SupportWarning | undefined {
  const support = table
    .filter(({ versionPrefix }) => version === versionPrefix || version.startsWith(`${versionPrefix}.`))
    .sort((a, b) => b.versionPrefix.length - a.versionPrefix.length)[0];
  if (!support) return undefined;
  const ends = [
    { end: 'GENERAL_SUPPORT', date: support.generalSupportEnd } as const,
    { end: 'TECHNICAL_GUIDANCE', date: support.technicalGuidanceEnd } as const,
  ].map((each) => ({ ...each, past: each.date < today }));
  const near = ends.find(({ date, past }) => !past && date <= addMonthsToDate(today, WARNING_MONTHS));
  return ends.findLast(({ past }) => past) ?? near;
}
