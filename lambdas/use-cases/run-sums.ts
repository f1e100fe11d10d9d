import { addPoints } from '../domain/numbers/amounts.ts';
import { addDecimals } from '../domain/numbers/decimal.ts';
import type { Reconciled } from './run-files.ts';

type Sum = Reconciled['sums'][number];
type Billed = {
  /** The order's revision: a credit note and the invoice that replaces what it takes back are of one. */
  order: string;
  aggregatorId: string;
  currency: string;
  gross: string;
  points: string;
};

/** What was billed, added up per aggregator and currency, in the order of both. */
export function sumsOf(billed: Iterable<Billed>): Sum[] {
  const sums = new Map<string, Sum>();
  const seen = new Set<string>();
  for (const { order, aggregatorId, currency, gross, points } of billed) {
    const key = `${aggregatorId}#${currency}`;
    const sum = sums.get(key) ?? { aggregatorId, currency, orders: 0, invoices: 0, points: '0', gross: '0' };
    const isFirst = !seen.has(`${key}#${order}`);
    seen.add(`${key}#${order}`);
    sums.set(key, {
      ...sum,
      orders: sum.orders + (isFirst ? 1 : 0),
      invoices: sum.invoices + 1,
      points: addPoints(sum.points, points),
      gross: addDecimals(sum.gross, gross),
    });
  }
  return [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}
