import { isDeepStrictEqual } from 'node:util';
import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { takesUsage } from '../domain/billing-order/in-hands.ts';
import { isAdjusted } from '../domain/billing-order/move.ts';
import { dateOf, isPeriod, type Period } from '../domain/calendar/period.ts';
import { type FamilyType, isReportedByProvider, trackOf } from '../domain/catalogue/family.ts';
import type { Tiers } from '../domain/charging/line-points.ts';
import { type EntryFacts, siteIndex, writtenLines } from '../domain/usage/check-entry.ts';
import { usageKeyText } from '../domain/usage/line-key.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import { contractOf } from './contract-of.ts';
import { PortalError } from './errors.ts';
import { keptCustomers } from './of-customers.ts';
import { refuseSealed } from './own-order.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { refuseArrearsElsewhere } from './refuse-arrears.ts';
import { tiersAmong } from './tiers.ts';

export type ReportPortal = Pick<Portal, 'billingOrders' | 'contracts' | 'usageSites' | 'customers' | 'catalogue'>;

/** An order with all that a change of its lines depends on. */
export type ReportableOrder = {
  order: BillingOrder;
  facts: EntryFacts;
  tiers: Tiers;
  lines: readonly UsageLine[];
  /** Of an adjustment: what was billed, by id. */
  billed: ReadonlyMap<string, UsageLine> | undefined;
  /** The own orders of the earlier months that the change names and this order takes usage of. */
  owns: readonly BillingOrder[];
};

/**
 * Loads what a change of an order's lines depends on.
 * @param named periods that the change names, those that are none of the order's are late usage
 */
export async function reportableOrder(
  portal: ReportPortal,
  order: BillingOrder,
  named: Iterable<string | undefined>,
  now: Date,
): Promise<ReportableOrder> {
  const { billed } = order;
  const contract = await contractOf(portal, order.contractId);
  const [sites, customers, catalogue, lines, billedLines, late, carried] = await Promise.all([
    portal.usageSites.ofContract(order.contractId),
    keptCustomers(portal, contract),
    portal.catalogue.current(),
    portal.billingOrders.linesOf(order.id, order.lineSet),
    billed && isAdjusted(order) ? portal.billingOrders.linesOf(order.id, billed.lineSet) : undefined,
    lateMonths(portal, order, named, now),
    carriedLater(portal, order),
  ]);
  const family = contract.listing.familyType;
  const track = trackOf(family, contract.listing.kind);
  const own = catalogue.products.filter((product) => trackOf(product.family, product.kind) === track);
  return {
    order,
    facts: {
      usagePeriod: order.usagePeriod,
      late: late.refusals,
      family,
      products: new Map(own.map((product) => [product.code, product])),
      retired: new Map(own.flatMap(({ code, replaces = [] }) => replaces.map((old) => [old, code]))),
      sites: siteIndex(sites),
      customers: new Set(customers.map(({ customerNumber }) => customerNumber)),
      written: writtenLines(lines),
      carried,
    },
    tiers: tiersAmong(own),
    lines,
    billed: billedLines && new Map(billedLines.map((line) => [line.id, line])),
    owns: late.owns,
  };
}

/**
 * Usage of an order's own month that later orders carry which can still be changed, by what it is of: an order that was sent
 * back may have some.
 */
async function carriedLater(
  portal: Pick<Portal, 'billingOrders'>,
  order: BillingOrder,
): Promise<ReadonlyMap<string, Period>> {
  if (!takesUsage(order)) return new Map();
  const ids = await portal.billingOrders.carriersOf(order.contractId, order.usagePeriod);
  const carriers = ids.length === 0 ? [] : (await portal.billingOrders.getMany(ids)).filter(takesUsage);
  const carried = carriers.map(async (carrier) => {
    const lines = await portal.billingOrders.linesOf(carrier.id, carrier.lineSet);
    const late = lines.filter(({ usagePeriod }) => usagePeriod === order.usagePeriod);
    return late.map((line) => [usageKeyText(line), carrier.usagePeriod] as const);
  });
  return new Map((await Promise.all(carried)).flat());
}

/**
 * Of each other period that is named, why the order doesn't take its usage, or the order of that month as it was read
 * (domain.md §3 "Arrears").
 */
export async function lateMonths(
  portal: Pick<Portal, 'billingOrders'>,
  order: BillingOrder,
  named: Iterable<string | undefined>,
  now: Date,
): Promise<{ refusals: Map<Period, string | undefined>; owns: BillingOrder[] }> {
  const refusals = new Map<Period, string | undefined>();
  const owns: BillingOrder[] = [];
  for (const period of new Set(named)) {
    if (period === undefined || !isPeriod(period) || period === order.usagePeriod) continue;
    const late = await lateMonth(portal, order, period, now);
    refusals.set(period, typeof late === 'string' ? late : undefined);
    if (typeof late !== 'string') owns.push(...late);
  }
  return { refusals, owns };
}

async function lateMonth(
  portal: Pick<Portal, 'billingOrders'>,
  order: BillingOrder,
  period: Period,
  now: Date,
): Promise<string | BillingOrder[]> {
  if (isAdjusted(order)) return `must be ${order.usagePeriod}: an adjustment is of its own month`;
  try {
    return await refuseArrearsElsewhere(portal, order, [period], dateOf(now));
  } catch (error) {
    if (error instanceof PortalError) return `can't be ${period} here: ${error.message}`;
    throw error;
  }
}

/**
 * Refuses a change of late usage when the order of its own month isn't as it was read any more: sent back it takes the usage
 * itself, cancelled nobody does.
 *
 * @param after all lines as they become
 */
export function lateMonthsUnchanged(
  portal: Pick<Portal, 'billingOrders'>,
  { owns, lines }: Pick<ReportableOrder, 'owns' | 'lines'>,
  after: readonly UsageLine[],
): Change[] {
  return owns
    .filter(({ usagePeriod }) => {
      const [was, is] = [lines, after].map((each) => each.filter((line) => line.usagePeriod === usagePeriod));
      return !isDeepStrictEqual(was, is);
    })
    .map((own) => portal.billingOrders.unchanged(own));
}

/**
 * Refuses to write an order's usage where it isn't the service provider's to write (domain.md §4, §5).
 * @throws PortalError ORDER_SEALED; TRANSITION_NOT_ALLOWED when it isn't in the service provider's hands; USAGE_NOT_EDITABLE
 *   for families whose usage comes from elsewhere
 */
export function refuseUnreportable(order: BillingOrder, family: FamilyType): void {
  refuseSealed(order);
  if (order.status !== 'PENDING_SP') {
    throw new PortalError(
      'TRANSITION_NOT_ALLOWED',
      `The order of ${order.usagePeriod} is ${order.status}: usage is written while it is PENDING_SP`,
    );
  }
  if (!isReportedByProvider(family)) {
    throw new PortalError('USAGE_NOT_EDITABLE', `Usage of ${family} comes from elsewhere and is not written by hand`);
  }
}
