import { addMonthsToDate, dateOf } from '../calendar/period.ts';
import type { MeterConnection, UsageMeter } from './usage-meter.ts';

export const METER_HEALTHS = ['GREEN', 'RED', 'UNKNOWN'] as const;
export type MeterHealth = (typeof METER_HEALTHS)[number];

type Uploads = Pick<UsageMeter, 'connection' | 'registeredTime' | 'lastUploadTime'>;

const DAY_MS = 86_400_000;

/**
 * The instant a meter turns red unless it uploads: 24 hours after its last upload when it is online, a month when offline;
 * counted from its registration while it has never uploaded (domain.md §4 "Usage meter").
 */
export function redFrom({ connection, registeredTime, lastUploadTime = registeredTime }: Uploads): string {
  const last = new Date(lastUploadTime);
  if (connection === 'ONLINE') return new Date(last.getTime() + DAY_MS).toISOString();
  return `${addMonthsToDate(dateOf(last), 1)}${lastUploadTime.slice(10)}`;
}

/** Its health: unknown when one instance id is registered twice (domain.md §4 "Usage meter"). */
export function healthOf(meter: Uploads & Pick<UsageMeter, 'shared'>, now: Date): MeterHealth {
  if (meter.shared) return 'UNKNOWN';
  return now.toISOString() < redFrom(meter) ? 'GREEN' : 'RED';
}

/** Its connection, which can't be told either when one instance id is registered twice. */
export const connectionOf = ({ connection, shared }: Pick<UsageMeter, 'connection' | 'shared'>) =>
  shared ? ('UNKNOWN' as const) : (connection satisfies MeterConnection);
