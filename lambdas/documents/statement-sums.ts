import { addPoints } from '../domain/numbers/amounts.ts';
import { addDecimals } from '../domain/numbers/decimal.ts';
import type { ConsolidatedBill, Statement, StatementEntry } from './statement.ts';

/** Sums of what a statement lists, one of each currency: money is never added across currencies. */
export function statementTotals(entries: readonly StatementEntry[]): Statement['totals'] {
  const totals = new Map<string, Statement['totals'][number]>();
  for (const { currency, points, net, tax, gross } of entries) {
    const total = totals.get(currency) ?? { currency, documents: '0', points: '0', net: '0', tax: '0', gross: '0' };
    totals.set(currency, {
      currency,
      documents: addDecimals(total.documents, '1'),
      points: addPoints(total.points, points),
      net: addDecimals(total.net, net),
      tax: addDecimals(total.tax, tax),
      gross: addDecimals(total.gross, gross),
    });
  }
  return [...totals.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** Points of all contracts of a bill, with what takes back counted off. */
export function billedPoints(contracts: ConsolidatedBill['contracts']): string {
  return contracts.reduce((sum, { total }) => addPoints(sum, total), '0');
}
