import type { Period } from '../domain/calendar/period.ts';
import { cutoffDate } from '../domain/calendar/programme-calendar.ts';
import type { CloseRun } from '../domain/close/run.ts';
import type { Portal } from './ports/portal.ts';

/** A run's own period, and the earlier ones that still wait; an estimate of an open period is of that period alone. */
export async function periodsToBill(portal: Pick<Portal, 'settings' | 'closes'>, run: CloseRun): Promise<Period[]> {
  if (run.invoiceDate < cutoffDate(run.period, portal.settings.calendar)) return [run.period];
  const closes = await portal.closes.periods();
  const waiting = closes.filter((close) => close.period < run.period && close.state !== 'COMPLETE');
  return [...waiting.map((close) => close.period), run.period];
}
