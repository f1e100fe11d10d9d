import { daysFromTo, type PlainDate } from '../calendar/period.ts';
import { periodAt, periodWindow } from '../contract/billing-period.ts';
import { lastBilledDay } from '../contract/order-months.ts';
import type { Quantity } from '../numbers/amounts.ts';
import { divideHalfEven } from '../numbers/decimal.ts';
import type { LineOrigin, UsageLine } from './usage-line.ts';

/** Days of a month that are billed: those that are over, and all. */
export type MonthSoFar = { elapsedDays: number; days: number };

/** The running month of a contract: days on which it is billed, grace among them, up to yesterday and all. */
export function monthSoFar(contract: Parameters<typeof lastBilledDay>[0], today: PlainDate): MonthSoFar {
  const { anniversary, bolDate } = contract;
  const { first, last } = periodWindow(anniversary, periodAt(anniversary, today));
  const from = bolDate > first ? bolDate : first;
  const end = lastBilledDay(contract);
  const days = daysFromTo(from, end !== undefined && end < last ? end : last);
  return { elapsedDays: Math.min(days, Math.max(0, daysFromTo(from, today) - 1)), days };
}

const METERED: ReadonlySet<LineOrigin> = new Set(['METER', 'FEED']);

/** Whether a line grows by itself as the month goes on: what a meter or a feed has told. */
export function isMetered({ origin }: Pick<UsageLine, 'origin'>): boolean {
  return origin !== undefined && METERED.has(origin);
}

/**
 * A running month's lines as they would be at its end: what is metered goes on as on the days that are over, exactly
 * quantity × days ÷ elapsed days, rounded half-even to 6 decimals; what people have reported stays as it is. On a month's
 * first day all stays as it is.
 */
export function forecastLines(lines: readonly UsageLine[], { elapsedDays, days }: MonthSoFar): UsageLine[] {
  if (elapsedDays === 0) return [...lines];
  return lines.map((line) => {
    if (!isMetered(line)) return line;
    return { ...line, quantity: divideHalfEven(line.quantity * BigInt(days), BigInt(elapsedDays)) as Quantity };
  });
}
