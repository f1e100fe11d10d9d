import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { dateOf, type Period, periodOf } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { carrierAmong } from '../domain/usage/arrears.ts';
import { audited } from './audited.ts';
import type { ChangedLines } from './changed-lines.ts';
import { newOrder, orderCreated } from './new-order.ts';
import { type OrderMove, orderChanged, orderSubject } from './order-changed.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';

/** An order that takes usage of an earlier month; a new one is made with it. */
export type Carrier = { contract: Pick<Contract, 'listing'>; order: BillingOrder; isNew: boolean };

/**
 * The order that usage of a month goes on which its own doesn't take: the contract's earliest later one that is not yet
 * submitted, else that of the running month, which is made where there is none: of a contract that has ended it carries
 * nothing but arrears, at a minimum of 0 (domain.md §3 "Arrears").
 *
 * @param later the contract's orders of `carryingPeriods`
 * @returns undefined where no order takes it at present
 */
export function carrierOf(
  contract: Contract,
  of: Period,
  later: readonly BillingOrder[],
  now: Date,
): Carrier | undefined {
  const found = carrierAmong(of, later);
  if (found) return { contract, order: found, isNew: false };
  const running = periodOf(dateOf(now));
  const isMissing = of < running && !later.some(({ usagePeriod }) => usagePeriod === running);
  return isMissing ? { contract, order: newOrder(contract, running, now), isNew: true } : undefined;
}

/**
 * What is committed with the lines of an order that carries usage: a new one is created with them.
 * @param before the order as it was read, or made anew; `lines.order` is as it becomes
 */
export function carrierChanges(
  portal: Pick<Portal, 'audit' | 'outbox' | 'billingOrders'>,
  { contract, order: before, isNew }: Carrier,
  { order, changes }: ChangedLines,
  move: OrderMove,
): Change[] {
  if (!isNew) return [...changes, ...orderChanged(portal, before, order, move)];
  return [
    // Creating the order notes what it carries.
    ...changes.slice(order.held.arrearsPeriods.length),
    ...orderCreated(portal, contract, order, move.now),
    audited(portal, { subject: orderSubject(order.id), version: order.version, to: order.status, ...move }),
  ];
}
