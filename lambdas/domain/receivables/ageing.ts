import { daysFromTo, type PlainDate } from '../calendar/period.ts';
import type { MinorUnits } from '../numbers/amounts.ts';
import type { Currency } from '../numbers/currency.ts';
import type { OpenItem } from './open-items.ts';

/** How long an open item has been due; a credit is never due. */
export const AGES = ['NOT_DUE', 'DAYS_1_30', 'DAYS_31_60', 'DAYS_61_90', 'OVER_90_DAYS', 'CREDIT'] as const;
export type Age = (typeof AGES)[number];

/** Days since the day it was due: 0 on that day and before. */
export function daysOverdue({ dueDate, open }: Pick<OpenItem, 'dueDate' | 'open'>, on: PlainDate): number {
  return open > 0n ? Math.max(0, daysFromTo(dueDate, on) - 1) : 0;
}

export function ageOf(item: Pick<OpenItem, 'dueDate' | 'open'>, on: PlainDate): Age {
  if (item.open < 0n) return 'CREDIT';
  const days = daysOverdue(item, on);
  if (days === 0) return 'NOT_DUE';
  if (days <= 30) return 'DAYS_1_30';
  if (days <= 60) return 'DAYS_31_60';
  return days <= 90 ? 'DAYS_61_90' : 'OVER_90_DAYS';
}

/** What an account has open, by age. */
export type Ageing = { currency: Currency; ages: Readonly<Record<Age, MinorUnits>>; balance: MinorUnits };

/** Adds up open items by currency and age; the ages come to the balance. */
export function ageing(items: Iterable<OpenItem>, on: PlainDate): Ageing[] {
  const sums = new Map<Currency, { ages: Record<Age, bigint>; balance: bigint }>();
  for (const item of items) {
    const none = Object.fromEntries(AGES.map((age) => [age, 0n])) as Record<Age, bigint>;
    const sum = sums.get(item.currency) ?? { ages: none, balance: 0n };
    sum.ages[ageOf(item, on)] += item.open;
    sum.balance += item.open;
    sums.set(item.currency, sum);
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, sum]) => ({ currency, ages: sum.ages as Ageing['ages'], balance: sum.balance as MinorUnits }));
}
