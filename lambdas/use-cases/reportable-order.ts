import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { isAdjusted } from '../domain/billing-order/move.ts';
import type { FamilyType } from '../domain/catalogue/family.ts';
import type { Tiers } from '../domain/charging/line-points.ts';
import { type EntryFacts, isReportedByProvider } from '../domain/usage/check-entry.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import { PortalError } from './errors.ts';
import { refuseSealed } from './own-order.ts';
import type { Portal } from './ports/portal.ts';

export type ReportPortal = Pick<Portal, 'billingOrders' | 'contracts' | 'usageSites' | 'catalogue'>;

/** An order with all that a change of its lines depends on. */
export type ReportableOrder = {
  order: BillingOrder;
  facts: EntryFacts;
  tiers: Tiers;
  lines: readonly UsageLine[];
  /** Of an adjustment: what was billed, by id. */
  billed: ReadonlyMap<string, UsageLine> | undefined;
};

/** Loads what a change of an order's lines depends on. */
export async function reportableOrder(portal: ReportPortal, order: BillingOrder): Promise<ReportableOrder> {
  const { billed } = order;
  const [found, sites, catalogue, lines, billedLines] = await Promise.all([
    portal.contracts.get(order.contractId),
    portal.usageSites.ofContract(order.contractId),
    portal.catalogue.current(),
    portal.billingOrders.linesOf(order.id, order.lineSet),
    billed && isAdjusted(order) ? portal.billingOrders.linesOf(order.id, billed.lineSet) : undefined,
  ]);
  if (!found) throw new Error(`contract ${order.contractId} of order ${order.id} does not exist`);
  const family = found.contract.listing.familyType;
  const own = catalogue.products.filter((product) => product.family === family);
  return {
    order,
    facts: {
      usagePeriod: order.usagePeriod,
      family,
      products: new Map(own.map((product) => [product.code, product])),
      sites,
    },
    tiers: Object.fromEntries(own.flatMap(({ code, tiers }) => (tiers ? [[code, tiers]] : []))),
    lines,
    billed: billedLines && new Map(billedLines.map((line) => [line.id, line])),
  };
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
