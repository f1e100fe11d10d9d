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

/** Points of all contracts of a bill, with what takes back counted off; what is counted in money aside. */
export function billedPoints(contracts: ConsolidatedBill['contracts']): string {
  return contracts.reduce((sum, { total, currency }) => (currency ? sum : addPoints(sum, total)), '0');
}

/** What contracts of money families come to, by currency; nothing where there are none. */
export function totalAmountsOf(contracts: ConsolidatedBill['contracts']): Pick<ConsolidatedBill, 'totalAmounts'> {
  const sums = new Map<string, string>();
  for (const { currency, total } of contracts) {
    if (currency) sums.set(currency, addPoints(sums.get(currency) ?? '0', total));
  }
  if (sums.size === 0) return {};
  const sorted = [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
  return { totalAmounts: sorted.map(([currency, amount]) => ({ currency, amount })) };
}
