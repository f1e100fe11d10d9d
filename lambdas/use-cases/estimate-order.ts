import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { billingTermsFor } from '../domain/charging/billing-terms.ts';
import type { Charge } from '../domain/charging/charge.ts';
import { chargeMonth } from '../domain/charging/charge-month.ts';
import { pricedOrder } from '../domain/charging/priced-lines.ts';
import type { Contract } from '../domain/contract/contract.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import { ownOrder } from './own-order.ts';
import type { Portal } from './ports/portal.ts';
import { refusePart } from './scope.ts';
import { tiersOf } from './tiers.ts';

export type EstimatePortal = Pick<Portal, 'billingOrders' | 'contracts' | 'catalogue' | 'prepayments'>;

/** What an order would be billed with, were it billed as it is now; without tax. */
export type Estimate = { order: BillingOrder; contract: Contract; charge: Charge };

/**
 * What an open order would cost now: a running sum for its parties, that nobody is held to (domain.md §6).
 * @throws PortalError NOT_FOUND; TRANSITION_NOT_ALLOWED when it is closed or cancelled; NOT_PRICED
 */
export async function estimateOrder(portal: EstimatePortal, caller: Caller, orderId: string): Promise<Estimate> {
  const order = await ownOrder(portal, caller, 'readOrders', orderId);
  refusePart(caller, order.contractId);
  if (order.status === 'CLOSED' || order.status === 'CANCELLED') {
    throw new PortalError(
      'TRANSITION_NOT_ALLOWED',
      `The order of ${order.usagePeriod} is ${order.status}: only what is open has an estimate`,
    );
  }
  const [month, lines] = await Promise.all([
    pricedMonth(portal, order),
    portal.billingOrders.linesOf(order.id, order.lineSet),
  ]);
  // What arrears add to their own months is told when they are billed.
  const own = lines.filter((line) => line.usagePeriod === order.usagePeriod);
  return { order, contract: month.contract, charge: month.charged(own) };
}

/** A contract's month, ready to say what lines cost in it. */
export type PricedMonth = { contract: Contract; charged: (lines: readonly UsageLine[]) => Charge };

/**
 * The terms of an order's month, as the close would charge it now.
 * @throws PortalError NOT_PRICED
 */
export async function pricedMonth(
  portal: EstimatePortal,
  { contractId, usagePeriod }: Pick<BillingOrder, 'contractId' | 'usagePeriod'>,
): Promise<PricedMonth> {
  const [found, priceLists, tiers] = await Promise.all([
    portal.contracts.get(contractId),
    portal.catalogue.priceLists(),
    tiersOf(portal),
  ]);
  if (!found) throw new Error(`contract ${contractId} of an order does not exist`);
  const { contract, revisions } = found;
  const result = billingTermsFor(contract, revisions, priceLists, usagePeriod);
  if (!result.ok) {
    throw new PortalError(
      'NOT_PRICED',
      `There is no price for contract ${contract.contractNumber} in ${usagePeriod} yet`,
    );
  }
  const { terms } = result;
  const isPrepaid = terms.sku.contractType === 'PRE-PAY';
  const balance = isPrepaid ? { balance: (await portal.prepayments.balance(contractId)).points } : {};
  const { currency } = contract;
  const prices = { priceLists, currency, usagePeriod };
  return {
    contract,
    charged: (lines) =>
      chargeMonth(usagePeriod, { currency, terms, lines: pricedOrder(lines, terms, prices), tiers, ...balance }),
  };
}
