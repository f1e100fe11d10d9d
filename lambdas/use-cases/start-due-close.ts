import { addMonths, dateOf } from '../domain/calendar/period.ts';
import { cutoffDate, latestClosablePeriod } from '../domain/calendar/programme-calendar.ts';
import type { CloseRun } from '../domain/close/run.ts';
import { type StartPortal, startClose } from './start-close.ts';

/**
 * Does what the daily schedule of the close is for: on the day of the cutoff it starts the close of the month before. On
 * every other day it starts one that was missed, as the schedule or the portal was down, of several the oldest, so that each
 * month is frozen and billed in its turn; documents then bear the day of the start. A portal that has never closed anything
 * waits for its first cutoff: its history may still be on its way in (domain.md §3, §6).
 *
 * @param now the schedule's own time, so that a call that comes late starts the right close all the same
 * @returns the run; none where nothing is due
 * @throws PortalError CLOSE_RUNNING where the close of another period still runs
 */
export async function startDueClose(portal: StartPortal, now: Date): Promise<CloseRun | undefined> {
  const { calendar } = portal.settings;
  const latest = latestClosablePeriod(now, calendar);
  const isCutoff = cutoffDate(latest, calendar) === dateOf(now);
  const last = await portal.closes.lastClaimed();
  if (last && addMonths(last.period, 1) < latest) {
    return startClose(portal, { period: addMonths(last.period, 1), mode: 'LATE', now });
  }
  if (isCutoff) return startClose(portal, { period: latest, mode: 'SCHEDULED', now });
  return last && last.period < latest ? startClose(portal, { period: latest, mode: 'LATE', now }) : undefined;
}
