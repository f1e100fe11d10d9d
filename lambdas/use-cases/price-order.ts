import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import type { Period } from '../domain/calendar/period.ts';
import { billingTermsFor } from '../domain/charging/billing-terms.ts';
import { chargeExternal, isBilledExternally } from '../domain/charging/charge-external.ts';
import { chargeOrder, type OrderCharge } from '../domain/charging/charge-order.ts';
import { pointsTermsOf } from '../domain/charging/points-terms.ts';
import { pricedOrder } from '../domain/charging/priced-lines.ts';
import type { StandingMonth } from '../domain/charging/rate-order.ts';
import type { Contract } from '../domain/contract/contract.ts';
import type { Points } from '../domain/numbers/amounts.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import { customerMinimumsOf } from './customer-minimums-of.ts';
import { PortalError } from './errors.ts';
import type { Portal } from './ports/portal.ts';
import { billedElsewhere, type StandingContext, type StandingPortal, standingMonths } from './standing-months.ts';
import { tiersOf } from './tiers.ts';

export type PricingPortal = StandingPortal & Pick<Portal, 'prepayments' | 'customerCommitments'>;

/** An open order, ready to say what lines cost on it. */
export type PricedOrder = {
  contract: Contract;
  /** What lines cost, its own month's and arrears of those that are known. */
  charged: (lines: readonly UsageLine[]) => OrderCharge;
  /** Months it carries arrears of whose own order is not billed yet: what they add can't be told. */
  unknown: readonly Period[];
};

/**
 * What an open order is charged by, as the close would charge it now: the terms of its month, what is billed of the months
 * whose arrears it carries, and what is left of a prepayment; of one that is billed once more, with what it has drawn.
 *
 * @throws PortalError NOT_PRICED
 */
export async function priceOrder(portal: PricingPortal, order: BillingOrder): Promise<PricedOrder> {
  const { contractId, usagePeriod } = order;
  const [found, priceLists, tiers] = await Promise.all([
    portal.contracts.get(contractId),
    portal.catalogue.priceLists(),
    tiersOf(portal),
  ]);
  if (!found) throw new Error(`contract ${contractId} of an order does not exist`);
  const { contract, revisions } = found;
  const customers = await customerMinimumsOf(portal, contract, usagePeriod);
  const result = billingTermsFor(contract, revisions, priceLists, usagePeriod, customers);
  if (!result.ok) {
    throw new PortalError(
      'NOT_PRICED',
      `There is no price for contract ${contract.contractNumber} in ${usagePeriod} yet`,
    );
  }
  const { currency } = contract;
  const context = { contractId, currency, tiers, priceLists, rated: new Map() };
  const [months, elsewhere, balance] = await Promise.all([
    monthsOf(portal, context, order),
    order.billed ? billedElsewhere(portal, context, order) : undefined,
    result.terms.sku.contractType === 'PRE-PAY' ? balanceFor(portal, order) : undefined,
  ]);
  const terms = pointsTermsOf(result.terms, currency, tiers, balance);
  const prices = { priceLists, currency, usagePeriod };
  const unknown = order.held.arrearsPeriods.filter((of) => !months.some(({ period }) => period === of));
  return {
    contract,
    charged: (lines) => {
      if (isBilledExternally(result.terms.sku.family))
        return { ...chargeExternal(usagePeriod, lines, currency), arrears: [] };
      const known = lines.filter((line) => !unknown.includes(line.usagePeriod));
      return chargeOrder(usagePeriod, pricedOrder(known, result.terms, prices, months), terms, months, elsewhere);
    },
    unknown,
  };
}

async function monthsOf(
  portal: PricingPortal,
  context: StandingContext,
  order: BillingOrder,
): Promise<readonly StandingMonth[]> {
  const results = await Promise.all(
    order.held.arrearsPeriods.map((of) => standingMonths(portal, context, order, [of])),
  );
  return results.flatMap((result) => (result.ok ? result.months : []));
}

/** What is left of the prepayment; what the order has drawn itself comes back when it is billed once more (domain.md §5). */
async function balanceFor({ prepayments }: PricingPortal, { id, contractId, billed }: BillingOrder): Promise<Points> {
  const { points } = await prepayments.balance(contractId);
  if (!billed) return points;
  const source = { id, revision: billed.revision };
  const [draw, reversal] = await Promise.all([
    prepayments.entryOf(contractId, 'DRAW', source),
    prepayments.entryOf(contractId, 'REVERSAL', source),
  ]);
  return draw && !reversal ? ((points - draw.points) as Points) : points;
}
