import { compareCodePoints } from '../domain/usage/canonical-order.ts';
import type { ConsolidatedBill, Statement } from './statement.ts';
import { billedPoints, statementTotals, totalAmountsOf } from './statement-sums.ts';

/**
 * A service provider's consolidated bill of a month: what all runs have billed of it, by contract; of each contract first
 * what was billed first, then what took it back and what came in its place (domain.md §7).
 *
 * @param bills those of its runs, in the order they were claimed; one at least
 */
export function billOfPeriod(period: string, bills: readonly ConsolidatedBill[]): ConsolidatedBill {
  const latest = bills.at(-1) as ConsolidatedBill;
  const contracts = bills
    .flatMap((bill) => bill.contracts.filter(({ usagePeriod }) => usagePeriod === period))
    .sort((a, b) => compareCodePoints(a.contractNumber, b.contractNumber));
  const { totalAmounts: _ofLatest, ...bill } = latest;
  return {
    ...bill,
    reference: `${period}/${latest.serviceProvider.number}`,
    period,
    contracts,
    totalPoints: billedPoints(contracts),
    ...totalAmountsOf(contracts),
  };
}

/**
 * An aggregator's statement of a month: the invoices and credit notes of all runs, in the order they were issued; and of what
 * was set aside, what no later run has billed (domain.md §7).
 *
 * @param statements those of its runs, in the order they were claimed; one at least
 */
export function statementOfPeriod(period: string, statements: readonly Statement[]): Statement {
  const latest = statements.at(-1) as Statement;
  const setAside = new Map<string, Statement['setAside'][number]>();
  for (const statement of statements) {
    const ofPeriod = <Row extends { usagePeriod: string }>(rows: readonly Row[]) =>
      rows.filter(({ usagePeriod }) => usagePeriod === period);
    for (const { contractNumber } of ofPeriod(statement.entries)) setAside.delete(contractNumber);
    for (const aside of ofPeriod(statement.setAside)) setAside.set(aside.contractNumber, aside);
  }
  const entries = statements.flatMap((statement) => statement.entries).filter((entry) => entry.usagePeriod === period);
  return {
    ...latest,
    reference: `${period}/${latest.aggregator.number}`,
    period,
    entries,
    totals: statementTotals(entries),
    setAside: [...setAside.values()],
  };
}
