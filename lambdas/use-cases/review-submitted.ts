import { type ApprovalRule, type SubmittedFacts, whyNot } from '../domain/approval-rule/approval-rule.ts';
import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { moveOrder } from '../domain/billing-order/move.ts';
import { type Variance, varianceOf, variancePeriods } from '../domain/billing-order/variance.ts';
import { percent } from '../domain/numbers/amounts.ts';
import { type OrderMove, orderSubject } from './order-changed.ts';
import { type OrderView, viewsOf } from './order-view.ts';
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
  const [{ rules, settings }, [view]] = await Promise.all([
    portal.reviews.ofAggregator(order.aggregatorId),
    viewsOf(portal, [order]),
  ]);
  if (!view) throw new Error(`order ${order.id} has no view`);
  const variance = await orderVariance(portal, view, settings?.variancePercent);
  const reviewed = { ...order, ...(variance && { variance }) };
  const active = rules.filter((rule) => rule.active);
  return active.length === 0 ? { order: reviewed } : reviewedByRules(portal, { ...view, order: reviewed }, active);
}

/** Reported is what counts against the minimum, as it did in the billed months: of SOV with what end customers lack. */
async function orderVariance(
  portal: ReviewPortal,
  { order: { contractId, usagePeriod, held }, summary }: OrderView,
  ownPercent: string | undefined,
): Promise<Variance | undefined> {
  const { settings, billingOrders } = portal;
  const before = await billingOrders.ofContract(contractId, variancePeriods(usagePeriod));
  const billed = before.flatMap(({ usagePeriod: period, billed: by }) =>
    by && by.outcome !== 'EXTERNAL' ? [{ period, reported: by.summary.reported }] : [],
  );
  const limit = ownPercent === undefined ? settings.variance.percent : percent(ownPercent);
  return varianceOf(summary?.reported ?? held.reported, billed, { ...settings.variance, percent: limit });
}

/** By the first rule that approves it, in the order of their ids. */
async function reviewedByRules(
  portal: ReviewPortal,
  view: OrderView,
  rules: readonly ApprovalRule[],
): Promise<ReviewedOrder> {
  const { order } = view;
  if (await wasSentBack(portal, order)) {
    return { order: { ...order, ruleReview: { reasons: ['It was sent back: what is submitted anew is for people'] } } };
  }
  const facts = await factsOf(portal, view);
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

async function factsOf(portal: ReviewPortal, { order, contract, summary }: OrderView): Promise<SubmittedFacts> {
  const lines = await portal.billingOrders.linesOf(order.id, order.lineSet);
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
