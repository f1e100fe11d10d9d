import { type ApprovalRule, type SubmittedFacts, whyNot } from '../domain/approval-rule/approval-rule.ts';
import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { moveOrder } from '../domain/billing-order/move.ts';
import { type Variance, varianceOf, variancePeriods } from '../domain/billing-order/variance.ts';
import { percent } from '../domain/numbers/amounts.ts';
import { type OrderMove, orderSubject } from './order-changed.ts';
import { viewsOf } from './order-view.ts';
import type { Portal } from './ports/portal.ts';

export type ReviewPortal = Pick<
  Portal,
  'settings' | 'audit' | 'billingOrders' | 'contracts' | 'customerCommitments' | 'catalogue' | 'reviews'
>;

/** A submitted order with what its review has found, and where a rule has moved it on at once, through what. */
export type ReviewedOrder = Pick<OrderMove, 'through'> & { order: BillingOrder };

/**
 * What the portal itself says of an order at the moment it is submitted: how it stands to the contract's last months, and
 * whether one of the aggregator's rules approves it. All of it is stored in the transaction that submits the order, so that a
 * rule acts once or not at all. Adjustments are for people alone.
 *
 * @param submitted the order as the submission makes it, `PENDING_AGGREGATOR`
 */
export async function reviewSubmitted(portal: ReviewPortal, submitted: BillingOrder): Promise<ReviewedOrder> {
  const { variance: _variance, ruleReview: _ruleReview, ...order } = submitted;
  if (order.billed) return { order };
  const { rules, settings } = await portal.reviews.ofAggregator(order.aggregatorId);
  const variance = await orderVariance(portal, order, settings?.variancePercent);
  const reviewed = { ...order, ...(variance && { variance }) };
  const active = rules.filter((rule) => rule.active);
  return active.length === 0 ? { order: reviewed } : reviewedByRules(portal, reviewed, active);
}

async function orderVariance(
  portal: ReviewPortal,
  { contractId, usagePeriod, held }: BillingOrder,
  ownPercent: string | undefined,
): Promise<Variance | undefined> {
  const { settings, billingOrders } = portal;
  const before = await billingOrders.ofContract(contractId, variancePeriods(usagePeriod));
  const billed = before.flatMap(({ usagePeriod: period, billed: by }) =>
    by && by.outcome !== 'EXTERNAL' ? [{ period, reported: by.summary.reported }] : [],
  );
  const limit = ownPercent === undefined ? settings.variance.percent : percent(ownPercent);
  return varianceOf(held.reported, billed, { ...settings.variance, percent: limit });
}

/** By the first rule that approves it, in the order of their ids. */
async function reviewedByRules(
  portal: ReviewPortal,
  order: BillingOrder,
  rules: readonly ApprovalRule[],
): Promise<ReviewedOrder> {
  if (await wasSentBack(portal, order)) {
    return { order: { ...order, ruleReview: { reasons: ['It was sent back: what is submitted anew is for people'] } } };
  }
  const facts = await factsOf(portal, order);
  const reasons: string[] = [];
  for (const rule of rules) {
    const against = whyNot(rule, facts);
    if (against.length === 0) return approvedBy(rule, order, facts);
    reasons.push(`${rule.name}: ${against.join('; ')}`);
  }
  return { order: { ...order, ruleReview: { reasons } } };
}

async function wasSentBack(portal: ReviewPortal, { id }: BillingOrder): Promise<boolean> {
  return (await portal.audit.ofSubject(orderSubject(id))).some(({ action }) => action === 'sendBack');
}

async function factsOf(portal: ReviewPortal, order: BillingOrder): Promise<SubmittedFacts> {
  const [[view], lines] = await Promise.all([
    viewsOf(portal, [order]),
    portal.billingOrders.linesOf(order.id, order.lineSet),
  ]);
  if (!view) throw new Error(`order ${order.id} has no view`);
  const { contract, summary } = view;
  const isPriced = summary !== undefined && order.held.arrearsPeriods.length === 0;
  return {
    family: contract.listing.familyType,
    serviceProviderId: order.serviceProviderId,
    // A line that a person had written before the meters told of it has no edit, but isn't what they say either.
    edits: lines.filter(
      ({ prefilled, quantity, edit }) => prefilled !== undefined && (edit !== undefined || quantity !== prefilled),
    ).length,
    ...(order.variance && { variance: order.variance }),
    ...(isPriced && { total: { amount: summary.sellingPrice, currency: contract.currency } }),
    vendorPurchaseOrder: contract.fillPurchaseOrderInMbo ? contract.vendorPurchaseOrder : '',
  };
}

const APPROVE = 'approveByRule';

function approvedBy({ id, name, ...rule }: ApprovalRule, order: BillingOrder, facts: SubmittedFacts): ReviewedOrder {
  const moved = moveOrder(order, APPROVE, 'SYSTEM');
  if (!moved.ok) throw new Error(`an order that is ${order.status} can't be approved by a rule`);
  const { vendorPurchaseOrder = facts.vendorPurchaseOrder } = rule;
  return {
    order: { ...order, status: moved.to, vendorPurchaseOrder, ruleReview: { approvedBy: { id, name }, reasons: [] } },
    through: { status: order.status, action: APPROVE, reason: `Approved by the rule “${name}” of the aggregator` },
  };
}
