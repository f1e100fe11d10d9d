import type { ConsolidatedBill, Statement } from '../documents/statement.ts';
import { billedPoints, statementTotals } from '../documents/statement-sums.ts';
import { period } from '../domain/calendar/period.ts';
import { addPoints } from '../domain/numbers/amounts.ts';
import type { SettledMonth } from './ports/party-documents.ts';

/** What a statement holds of each usage period, also one of which it only says that something was set aside. */
export function monthsOfStatement({ entries, setAside }: Pick<Statement, 'entries' | 'setAside'>): SettledMonth[] {
  return monthsIn([...entries, ...setAside]).map((usagePeriod): SettledMonth => {
    const own = entries.filter((entry) => entry.usagePeriod === usagePeriod);
    return {
      usagePeriod,
      documents: own.length,
      corrections: own.filter(({ corrects }) => corrects !== undefined).length,
      points: own.reduce((sum, { points }) => addPoints(sum, points), '0'),
      totals: statementTotals(own).map(({ currency, net, tax, gross }) => ({ currency, net, tax, gross })),
    };
  });
}

/** What a consolidated bill holds of each usage period: points, no prices. */
export function monthsOfBill(contracts: ConsolidatedBill['contracts']): SettledMonth[] {
  return monthsIn(contracts).map((usagePeriod): SettledMonth => {
    const own = contracts.filter((contract) => contract.usagePeriod === usagePeriod);
    const corrections = own.filter(({ takesBack }) => takesBack).length;
    return { usagePeriod, documents: own.length, corrections, points: billedPoints(own) };
  });
}

const monthsIn = (rows: readonly { usagePeriod: string }[]) =>
  [...new Set(rows.map(({ usagePeriod }) => usagePeriod))].sort().map(period);
