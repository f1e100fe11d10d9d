import { isDeepStrictEqual } from 'node:util';
import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { type HeldUsage, heldUsage } from '../domain/billing-order/held-usage.ts';
import type { Tiers } from '../domain/charging/line-points.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';

// A transaction has 100 actions; the order, its history, its event, an idempotency record and what a use case adds of
// its own need the rest.
export const MOST_IN_PLACE = 60;

/** An order with its lines as they become. */
export type ChangedLines = {
  /** With `held` and `lineSet` as they become; its version is still the one read. */
  order: BillingOrder;
  /** To be written in the transaction that changes the order: lines, and which earlier periods it carries arrears of. */
  changes: Change[];
};

/**
 * Makes `after` the lines of an order. Few changes are written in the transaction that changes the order; many are written
 * before it as a set of their own, which counts from the moment the order points to it: so any number of lines changes as
 * a whole or not at all, and two who write at once can't mix (docs/data-model.md "Usage lines").
 *
 * @param before all lines as they were read, `after` all as they become, in any order; ids are unique
 * @param newSet name of the set to write if one is needed: never used before
 * @param inPlace most lines written in the transaction, less where it changes several orders
 */
export async function changedLines(
  portal: Pick<Portal, 'billingOrders'>,
  order: BillingOrder,
  {
    before,
    after,
    tiers,
    newSet,
    inPlace = MOST_IN_PLACE,
  }: { before: readonly UsageLine[]; after: readonly UsageLine[]; tiers: Tiers; newSet: string; inPlace?: number },
): Promise<ChangedLines> {
  const held = heldUsage(order.usagePeriod, after, tiers);
  const carried = held.arrearsPeriods.filter((of) => !order.held.arrearsPeriods.includes(of));
  const noted = carried.map((of) => portal.billingOrders.arrearsCarried(order, of));
  const known = new Map(before.map((line) => [line.id, line]));
  const kept = new Set(after.map(({ id }) => id));
  const put = after.filter((line) => !isDeepStrictEqual(line, known.get(line.id)));
  const removed = before.filter(({ id }) => !kept.has(id));
  if (put.length + removed.length <= inPlace) {
    const changes = [...noted, ...portal.billingOrders.linesWritten(order, { put, removed })];
    return { order: withHeld(order, held), changes };
  }
  await portal.billingOrders.putLines(order.id, newSet, after);
  return { order: { ...withHeld(order, held), lineSet: newSet }, changes: noted };
}

/** Whoever said that nothing was used is contradicted by the first usage. */
function withHeld({ zeroReported, ...order }: BillingOrder, held: HeldUsage): BillingOrder {
  const keepsZero = zeroReported !== undefined && held.quantity === 0n;
  return { ...order, held, ...(keepsZero && { zeroReported }) };
}
