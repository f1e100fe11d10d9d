import type { PlainDate } from '../domain/calendar/period.ts';

type DueKind =
  | 'CONTRACTS'
  | 'REQUESTS'
  | 'COMMITMENTS'
  | 'PRODUCT-COMMITMENTS'
  | 'DOCUMENTS'
  | 'METERS'
  | 'METERED-MONTHS'
  | 'USAGE-REPORTS'
  | 'FILES'
  | 'ADJUSTMENTS'
  | 'DELIVERIES'
  | 'EXPORTS'
  | 'SERVICE-DELIVERIES';

/**
 * Work that time brings about lies in a sparse index by day until it is done, so that days on which nobody looked are
 * caught up with.
 */
export function duePartition(kind: DueKind, shard: number): string {
  return `DUE#${kind}#${shard}`;
}

/** A bound above all sort keys `<day>#<id>` of a day. */
export function upToDay(day: PlainDate): string {
  return `${day}#~`;
}

/** A bound above all sort keys `<time>#<id>` of that time and before. */
export function upToTime(now: Date): string {
  return `${now.toISOString()}#~`;
}
