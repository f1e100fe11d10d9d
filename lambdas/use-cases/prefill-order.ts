import { isDeepStrictEqual } from 'node:util';
import { type BillingOrder, reportTypeOf } from '../domain/billing-order/billing-order.ts';
import { takesUsage } from '../domain/billing-order/in-hands.ts';
import { dateOf, type Period } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { hasBillingOrder } from '../domain/contract/order-months.ts';
import type { MeteringDifference } from '../domain/metering/metered-line.ts';
import type { MonthOutcome } from '../domain/metering/month-outcome.ts';
import { lastDayForArrears } from '../domain/usage/arrears.ts';
import { type AccountPortal, accountMonth, type FedMonth, type ToldUsage } from './account-month.ts';
import { committed, type Decided } from './committed.ts';
import { PortalError } from './errors.ts';

import type { Change } from './ports/changes.ts';
import type { MeteredOrder } from './ports/metered-orders.ts';
import type { Portal } from './ports/portal.ts';
import { originOf, type SaidUsage, type SaidUsagePortal, saidUsage } from './said-usage.ts';

export type PrefillPortal = SaidUsagePortal & AccountPortal & Pick<Portal, 'clock' | 'units' | 'meteredOrders'>;

type Reason = NonNullable<FedMonth['reasonOf']>;

/** What came of it, and whether anything has changed. */
export type PrefillResult = Omit<MonthOutcome, 'time'> & { isChanged: boolean };

// They are kept in a few items of the transaction that brings the month up to date; nobody looks at more.
const MOST_TOLD = 5_000;
const MOST_METERED = 15_000;

const cameTo = (outcome: Omit<MonthOutcome, 'time'>, isChanged = false): PrefillResult => ({ ...outcome, isChanged });

/**
 * Brings all that is reported of a contract's month up to date with what its meters say: the month's own order while it is
 * in the service provider's hands, and the arrears that other orders carry; what a person has written or edited stays, and
 * is told as a difference (domain.md §3). Doing it again, or twice at once, changes nothing.
 *
 * Readings are refused as too old when they are taken in: those that there are came in time, however late this is done.
 *
 * @param reasonOf what the orders' history says of it
 * @throws PortalError CHANGED_MEANWHILE: it is done next time
 */
export async function prefillOrder(
  portal: PrefillPortal,
  contract: Contract,
  of: Period,
  reasonOf: Reason = () => undefined,
): Promise<PrefillResult> {
  const [order] = await portal.billingOrders.ofContract(contract.id, [of]);
  const refused = refusal(contract, of, order, portal.clock());
  if (refused) return cameTo(refused, order ? await takenOff(portal, contract, order, reasonOf) : false);
  const said = await saidUsage(portal, contract, of);
  // Lines that were filled in elsewhere aren't for these meters to take away.
  if (!said.isTold) return cameTo({ outcome: 'APPLIED' });
  try {
    return await committed(portal, `The orders with usage of ${of}`, async () =>
      decide(portal, contract, of, said.still ? await saidUsage(portal, contract, of) : said, reasonOf),
    );
  } catch (error) {
    if (error instanceof PortalError && error.code === 'USAGE_NOT_HERE') {
      return cameTo({ outcome: 'WAITS', reason: 'NO_CARRIER' });
    }
    throw error;
  }
}

/** Takes what meters, or the family's feed, have put on later orders off them, where the month's own was cancelled: whether there was any. */
function takenOff(portal: PrefillPortal, contract: Contract, order: BillingOrder, reasonOf: Reason): Promise<boolean> {
  return committed(portal, `The orders with usage of ${order.usagePeriod}`, async () => {
    const own = { before: order, after: order };
    const move = moveOf(portal, contract);
    const { changes, result } = await accountMonth(portal, {
      contract,
      own,
      usage: [],
      origin: originOf(contract),
      toldSince: new Map(),
      move,
      reasonOf,
    });
    return { changes, result: result.isChanged };
  });
}

const moveOf = (portal: PrefillPortal, { serviceProviderId }: Contract) => ({
  actor: 'SYSTEM',
  organizationId: serviceProviderId,
  now: portal.clock(),
  action: 'prefillUsage',
});

/** Why nothing is made of a month's readings, now or ever. */
function refusal(
  contract: Contract,
  of: Period,
  order: BillingOrder | undefined,
  now: Date,
): Omit<MonthOutcome, 'time'> | undefined {
  if (order?.status === 'CANCELLED') return { outcome: 'NOT_BILLABLE', reason: 'ORDER_CANCELLED' };
  if (order) return undefined;
  const comes = hasBillingOrder(contract, of) && dateOf(now) <= lastDayForArrears(of);
  return { outcome: comes ? 'WAITS' : 'NOT_BILLABLE', reason: 'NO_ORDER' };
}

async function decide(
  portal: PrefillPortal,
  contract: Contract,
  of: Period,
  { lines: usage, meters, origin, still }: SaidUsage,
  reasonOf: Reason,
): Promise<Decided<PrefillResult>> {
  const [order] = await portal.billingOrders.ofContract(contract.id, [of]);
  const now = portal.clock();
  const refused = refusal(contract, of, order, now);
  if (!order || refused) return { changes: [], result: cameTo(refused ?? { outcome: 'WAITS', reason: 'NO_ORDER' }) };
  const before = await portal.meteredOrders.get(order.id);
  const toldSince = new Map(before?.differences.map(({ lineId, since }) => [lineId, since]));
  const own = { before: order, after: reportedAs(contract, order) };
  const month = { contract, own, usage, origin, toldSince, move: moveOf(portal, contract), reasonOf };
  const { changes, result } = await accountMonth(portal, month);
  const differences = result.told.slice(0, MOST_TOLD).map((told) => differenceOf(told, before, now));
  const told = meteredChanges(portal, before, order, { meters: meters.slice(0, MOST_METERED), differences });
  const all = [...changes, ...told];
  return {
    changes: still && all.length > 0 ? [...all, still] : all,
    result: cameTo({ outcome: 'APPLIED' }, result.isChanged),
  };
}

function reportedAs({ listing, isMetered }: Contract, order: BillingOrder): BillingOrder {
  const autoReportType = reportTypeOf(listing.familyType, isMetered);
  return !takesUsage(order) || order.autoReportType === autoReportType ? order : { ...order, autoReportType };
}

function differenceOf(
  { lineId, usage: { productCode, siteName, customerNumber, quantity: metered }, reported }: ToldUsage,
  before: MeteredOrder | undefined,
  now: Date,
): MeteringDifference {
  const known = before?.differences.find((each) => each.lineId === lineId && each.metered === metered);
  const since = known?.since ?? now.toISOString();
  return { lineId, productCode, siteName, customerNumber, metered, reported, since };
}

/** None where nothing has changed of what meters say and of what has to be looked at. */
function meteredChanges(
  portal: PrefillPortal,
  before: MeteredOrder | undefined,
  { id: orderId, contractId, contractNumber, serviceProviderId, usagePeriod }: BillingOrder,
  { meters, differences }: Pick<MeteredOrder, 'meters' | 'differences'>,
): Change[] {
  const of = { orderId, contractId, contractNumber, serviceProviderId, usagePeriod };
  const after: MeteredOrder = { ...of, time: before?.time ?? '', meters, differences };
  if (isDeepStrictEqual(before ?? { ...after, meters: [], differences: [] }, after)) return [];
  return portal.meteredOrders.put({ ...after, time: portal.clock().toISOString() });
}
