import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { dateOf, type Period, periodOf } from '../domain/calendar/period.ts';
import type { CustomerCommit } from '../domain/charging/customer-underage.ts';
import { sumOfMonth } from '../domain/charging/month-sum.ts';
import { contractIds } from '../domain/contract/gone-over.ts';
import { NO_POINTS } from '../domain/numbers/amounts.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import type { Caller } from './caller.ts';
import { inParallel } from './in-parallel.ts';
import { begunMonths } from './make-customer-commitment.ts';
import type { Portal } from './ports/portal.ts';
import { type CommitmentPortal, ownCommitment } from './read-customer-commitments.ts';
import { tiersOf } from './tiers.ts';

type HistoryPortal = CommitmentPortal & Pick<Portal, 'billingOrders' | 'catalogue'>;

/** How a month of a commitment stands: what was used of it, with what came late, and the state of the month's order. */
export type ReportedMonth = CustomerCommit & { usagePeriod: Period; orderStatus?: BillingOrder['status'] };

const MONTHS_AT_ONCE = 4;

/**
 * What an end customer has used of what it has committed to, month by month up to the running one; of a commitment that was
 * cancelled nothing (published-portal.md §6.12).
 *
 * @throws PortalError NOT_FOUND
 */
export async function readReportingHistory(
  portal: HistoryPortal,
  caller: Caller,
  of: { contractId: string; commitmentId: string },
  now: Date,
): Promise<ReportedMonth[]> {
  const { contract, commitment } = await ownCommitment(portal, caller, 'readCommitments', of);
  if (commitment.status === 'CANCELLED') return [];
  const months = begunMonths(commitment, periodOf(dateOf(now)));
  const ids = contractIds(contract);
  const [orders, tiers] = await Promise.all([
    Promise.all(ids.map((id) => portal.billingOrders.ofContract(id, months))),
    tiersOf(portal),
  ]);
  // Of a month in which it went to another aggregator one order is cancelled, if there are two.
  const orderOf = new Map(
    orders
      .flat()
      .sort((a, b) => Number(b.status === 'CANCELLED') - Number(a.status === 'CANCELLED'))
      .map((order) => [order.usagePeriod, order]),
  );
  return inParallel(months, MONTHS_AT_ONCE, async (usagePeriod): Promise<ReportedMonth> => {
    const order = orderOf.get(usagePeriod);
    const minimumCommit = commitment.minCommits[usagePeriod] ?? NO_POINTS;
    const customers = [{ customerNumber: commitment.customerNumber, minimumCommit }];
    const [own, late] = await Promise.all([
      order && order.status !== 'CANCELLED' ? linesOf(portal, [order], usagePeriod) : [],
      lateLines(portal, ids, usagePeriod),
    ]);
    const sum = sumOfMonth(usagePeriod, own, { tiers, customers });
    for (const line of late) sum.add(line);
    const [commit] = sum.customers();
    return { ...(commit as CustomerCommit), usagePeriod, ...(order && { orderStatus: order.status }) };
  });
}

async function lateLines(portal: HistoryPortal, contracts: readonly string[], of: Period): Promise<UsageLine[]> {
  const ids = (await Promise.all(contracts.map((id) => portal.billingOrders.carriersOf(id, of)))).flat();
  const carriers = ids.length === 0 ? [] : await portal.billingOrders.getMany(ids);
  return linesOf(
    portal,
    carriers.filter(({ status, usagePeriod }) => status !== 'CANCELLED' && usagePeriod !== of),
    of,
  );
}

/** Lines of a month on these orders, as they were billed last or else as they are. */
async function linesOf(portal: HistoryPortal, orders: readonly BillingOrder[], of: Period): Promise<UsageLine[]> {
  const lines = await Promise.all(
    orders.map(({ id, lineSet, billed }) => portal.billingOrders.linesOf(id, billed?.lineSet ?? lineSet)),
  );
  return lines.flat().filter((line) => line.usagePeriod === of);
}
