import { type Ranked, rankedByPoints } from '../documents/rankings.ts';
import { StatementSchema } from '../documents/statement.ts';
import { isOverdue } from '../domain/billing-order/deadlines.ts';
import { BILLING_ORDER_STATUSES, type BillingOrderStatus } from '../domain/billing-order/status.ts';
import { addMonths, dateOf, type Period, periodOf } from '../domain/calendar/period.ts';
import { daysSinceCutoff } from '../domain/calendar/programme-calendar.ts';
import { runName, type UnbilledOrder } from '../domain/close/run.ts';
import { getExisting, parseJson } from './bytes.ts';
import type { Caller } from './caller.ts';
import { inParallel } from './in-parallel.ts';
import { documentsOfPeriod } from './period-documents.ts';
import type { OrderRow } from './ports/billing-orders.ts';
import type { PeriodClose } from './ports/closes.ts';
import type { Portal } from './ports/portal.ts';

/** Orders by status; those whose next step is overdue. */
export type OrderCounts = { total: number; overdue: number; byStatus: { status: BillingOrderStatus; count: number }[] };

export type AggregatorDashboard = {
  orders: OrderCounts;
  /** The month that is ranked; absent while nothing was billed. */
  rankedPeriod?: Period;
  serviceProviders: Ranked[];
  skus: Ranked[];
};

export type VendorDashboard = {
  closes: PeriodClose[];
  unbilled: UnbilledOrder[];
  period: Period;
  orders: OrderCounts;
};

// States in which nobody does anything about an order any more.
const AT_REST: ReadonlySet<BillingOrderStatus> = new Set(['CLOSED', 'CANCELLED', 'NOT_OPEN']);

const AGGREGATORS_AT_ONCE = 4;
const CLOSES_SHOWN = 12;

/**
 * What an aggregator sees first: its orders in progress, from rows, and who has used most in a month, from its statement.
 * @param period the month to rank; the latest that was billed unless told otherwise
 */
export async function readAggregatorDashboard(
  portal: Pick<Portal, 'settings' | 'billingOrders' | 'contracts' | 'partyDocuments' | 'documents'>,
  { organizationId }: Caller,
  period: Period | undefined,
  now: Date,
): Promise<AggregatorDashboard> {
  const [rows, contracts, settled] = await Promise.all([
    portal.billingOrders.ofAggregator(organizationId),
    portal.contracts.ofAggregator(organizationId),
    portal.partyDocuments.of(organizationId),
  ]);
  const orders = countsOf(
    portal,
    rows.filter(({ status }) => !AT_REST.has(status)),
    now,
  );
  const months = settled.flatMap((document) => document.months.map(({ usagePeriod }) => usagePeriod)).sort();
  const rankedPeriod = period ?? months.at(-1);
  if (rankedPeriod === undefined) return { orders, serviceProviders: [], skus: [] };
  const statements = await Promise.all(
    documentsOfPeriod(settled, rankedPeriod).map(async ({ key }) =>
      parseJson(StatementSchema, await getExisting(portal.documents, `${key}.json`)),
    ),
  );
  const entries = statements.flatMap((each) => each.entries).filter((entry) => entry.usagePeriod === rankedPeriod);
  // A statement prints names, which two service providers may share.
  const numbers = new Map(contracts.map((contract) => [contract.contractNumber, contract.serviceProviderPrmId]));
  return {
    orders,
    rankedPeriod,
    serviceProviders: rankedByPoints(
      entries.map(({ contractNumber, serviceProvider: name, points }) => ({
        key: numbers.get(contractNumber) ?? name,
        name,
        points,
      })),
    ),
    skus: rankedByPoints(entries.map(({ skuCode, points }) => ({ key: skuCode, name: skuCode, points }))),
  };
}

/**
 * What the vendor sees first: the latest closes, what they have left unbilled and for how long, and the orders of a month by
 * status, from the rows of all aggregators.
 * @param of the month before the running one unless told otherwise
 */
export async function readVendorDashboard(
  portal: Pick<Portal, 'settings' | 'closes' | 'organizations' | 'billingOrders'>,
  of: Period | undefined,
  now: Date,
): Promise<VendorDashboard> {
  const period = of ?? addMonths(periodOf(dateOf(now)), -1);
  const [periods, organizations] = await Promise.all([portal.closes.periods(), portal.organizations.rows()]);
  const aggregators = organizations.filter(({ type }) => type === 'AGGREGATOR');
  const rows = await inParallel(aggregators, AGGREGATORS_AT_ONCE, ({ id }) =>
    portal.billingOrders.ofAggregator(id, period),
  );
  return {
    closes: periods.slice(-CLOSES_SHOWN).reverse(),
    unbilled: await unbilledOrders(portal, periods, now),
    period,
    orders: countsOf(portal, rows.flat(), now),
  };
}

/** What the last runs of closes that are not complete have left, with its age today. */
async function unbilledOrders(
  portal: Pick<Portal, 'settings' | 'closes'>,
  periods: readonly PeriodClose[],
  now: Date,
): Promise<UnbilledOrder[]> {
  const incomplete = periods.filter(({ state }) => state === 'INCOMPLETE');
  const runs = await Promise.all(
    incomplete.map(({ period, currentRun }) => portal.closes.run(period, runName(period, currentRun))),
  );
  const failed = runs.flatMap((run) => run?.report?.failed ?? []);
  return failed
    .map((order) => ({ ...order, ageDays: daysSinceCutoff(order.usagePeriod, portal.settings.calendar, dateOf(now)) }))
    .sort((a, b) => b.ageDays - a.ageDays || (a.orderId < b.orderId ? -1 : 1));
}

function countsOf({ settings }: Pick<Portal, 'settings'>, orders: readonly OrderRow[], now: Date): OrderCounts {
  const counts = BILLING_ORDER_STATUSES.map((status) => ({
    status,
    count: orders.filter((order) => order.status === status).length,
  }));
  return {
    total: orders.length,
    overdue: orders.filter((order) => isOverdue(order, settings.calendar, dateOf(now))).length,
    byStatus: counts.filter(({ count }) => count > 0),
  };
}
