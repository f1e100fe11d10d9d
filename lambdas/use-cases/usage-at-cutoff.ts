import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { heldUsage } from '../domain/billing-order/held-usage.ts';
import { dateOf, periodOf } from '../domain/calendar/period.ts';
import { carryingPeriods } from '../domain/usage/arrears.ts';
import { holdBack, withHeldBack } from '../domain/usage/hold-back.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import { type Carrier, carrierChanges, carrierOf } from './carry-usage.ts';
import { changedLines } from './changed-lines.ts';
import { idOf } from './new-order.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { tiersOf } from './tiers.ts';

export type CutoffPortal = Pick<
  Portal,
  'settings' | 'clock' | 'newId' | 'audit' | 'outbox' | 'billingOrders' | 'contracts' | 'catalogue'
>;

/** What the cutoff makes of the usage of an order that it moves on. */
export type UsageAtCutoff = {
  /** As it is billed: its `held` is what the lines it keeps add up to. */
  order: BillingOrder;
  /** For its history. */
  how: string;
  /** Absent where it is billed as reported. */
  heldBack?: { kept: readonly UsageLine[]; lines: readonly UsageLine[]; by: Carrier };
};

/**
 * What an order is billed with that the cutoff moves on: as reported, or by the programme's `cutoffPolicy` at the minimum
 * alone (domain.md §3 "At cutoff"). Where no later order of the contract takes what would be held back, it is billed as
 * reported, so that nothing is lost.
 */
export async function usageAtCutoff(portal: CutoffPortal, order: BillingOrder): Promise<UsageAtCutoff> {
  if (portal.settings.calendar.cutoffPolicy === 'billAsReported') return { order, how: 'billed as reported' };
  const lines = await portal.billingOrders.linesOf(order.id, order.lineSet);
  const { kept, heldBack } = holdBack(order.usagePeriod, lines);
  if (heldBack.length === 0) return { order, how: 'billed at the minimum alone' };
  const by = await carrierFor(portal, order);
  if (!by) return { order, how: 'billed as reported, as no later order of the contract takes its usage' };
  const held = heldUsage(order.usagePeriod, kept, await tiersOf(portal));
  return {
    order: { ...order, held },
    how: `billed at the minimum alone, its usage goes on the order of ${by.order.usagePeriod} as arrears`,
    heldBack: { kept, lines: heldBack, by },
  };
}

async function carrierFor(
  portal: CutoffPortal,
  { contractId, usagePeriod }: BillingOrder,
): Promise<Carrier | undefined> {
  const now = portal.clock();
  const [found, later] = await Promise.all([
    portal.contracts.get(contractId),
    portal.billingOrders.ofContract(contractId, carryingPeriods(usagePeriod, periodOf(dateOf(now)))),
  ]);
  return found && carrierOf(found.contract, usagePeriod, later, now);
}

/**
 * Holds back what an order is not billed with: its own lines become a set of what it keeps, the others go on the order that
 * carries them. All of it counts with the transaction that cuts the order off, or not at all.
 *
 * @returns the order with its new set, and what is committed beside its cutoff
 */
export async function holdUsageBack(
  portal: CutoffPortal,
  { order, heldBack }: UsageAtCutoff,
): Promise<{ order: BillingOrder; changes: Change[] }> {
  if (!heldBack) return { order, changes: [] };
  const { kept, lines, by } = heldBack;
  const lineSet = portal.newId();
  if (kept.length > 0) await portal.billingOrders.putLines(order.id, lineSet, kept);
  const before = by.isNew ? [] : await portal.billingOrders.linesOf(by.order.id, by.order.lineSet);
  const after = withHeldBack(before, lines, ({ id }) => idOf(`${order.id}#${id}`));
  const staged = { before, after, tiers: await tiersOf(portal), newSet: portal.newId() };
  const carried = await changedLines(portal, by.order, staged);
  const move = {
    actor: 'SYSTEM',
    organizationId: order.serviceProviderId,
    now: portal.clock(),
    action: 'carryUsage',
    reason: `Usage of ${order.usagePeriod} that was held back at its cutoff`,
  };
  return { order: { ...order, lineSet }, changes: carrierChanges(portal, by, carried, move) };
}
