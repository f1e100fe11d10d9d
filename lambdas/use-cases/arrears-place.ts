import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { dateOf, type Period, type PlainDate, periodOf } from '../domain/calendar/period.ts';
import type { Tiers } from '../domain/charging/line-points.ts';
import {
  carrierAmong,
  carryingPeriods,
  lastDayForArrears,
  type NoArrears,
  refuseArrears,
} from '../domain/usage/arrears.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import { audited } from './audited.ts';
import { changedLines } from './changed-lines.ts';
import { PortalError } from './errors.ts';
import { newOrder } from './new-order.ts';
import { type OrderMove, orderChanged, orderSubject } from './order-changed.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';

export type ArrearsPortal = Pick<Portal, 'audit' | 'outbox' | 'billingOrders' | 'contracts' | 'catalogue'>;

/** Where late usage of a month goes. */
export type ArrearsPlace = {
  usagePeriod: Period;
  /** The month's own order, which is no longer in the service provider's hands. */
  own: BillingOrder;
  /** The order that carries it. */
  carrier: BillingOrder;
  /** Lines that the carrier has. */
  lines: UsageLine[];
  /** The carrier is made for it: nothing else has been reported for its month. */
  isNew: boolean;
};

/**
 * Finds the order that late usage of a month goes on: the contract's earliest that is not yet submitted, else that of the
 * running month, which is made where there is none; of a contract that has ended it carries nothing but arrears, at a
 * minimum of 0 (domain.md §3 "Arrears").
 *
 * @throws PortalError NOT_FOUND; USAGE_TOO_OLD; USAGE_NOT_HERE when the month's own order takes it, or no order can
 */
export async function arrearsPlace(
  portal: Pick<Portal, 'billingOrders' | 'contracts'>,
  contractId: string,
  usagePeriod: Period,
  now: Date,
): Promise<ArrearsPlace> {
  const running = periodOf(dateOf(now));
  const orders = await portal.billingOrders.ofContract(contractId, [
    usagePeriod,
    ...carryingPeriods(usagePeriod, running),
  ]);
  const own = orders.find((order) => order.usagePeriod === usagePeriod);
  refuse(usagePeriod, refuseArrears(usagePeriod, own, dateOf(now)));
  const open = carrierAmong(usagePeriod, orders);
  if (open) {
    const lines = await portal.billingOrders.linesOf(open.id, open.lineSet);
    return { usagePeriod, own: own as BillingOrder, carrier: open, lines, isNew: false };
  }
  if (orders.some((order) => order.usagePeriod === running)) {
    throw new PortalError('USAGE_NOT_HERE', `No order of the contract takes usage of ${usagePeriod} at present`);
  }
  const found = await portal.contracts.get(contractId);
  if (!found) throw new PortalError('NOT_FOUND', `There is no contract ${contractId}`);
  const carrier = newOrder(found.contract, running, now);
  return { usagePeriod, own: own as BillingOrder, carrier, lines: [], isNew: true };
}

/**
 * What is committed so that `lines` are the carrier's: refused when the carrier, or the month's own order, has been changed
 * or sealed meanwhile. Then look for the place anew.
 *
 * @param newSet name of a set of lines never used before; see changedLines
 */
export async function arrearsChanges(
  portal: ArrearsPortal,
  { own, carrier, lines: before, isNew }: ArrearsPlace,
  lines: readonly UsageLine[],
  { tiers, newSet, move }: { tiers: Tiers; newSet: string; move: OrderMove },
): Promise<Change[]> {
  const { order, changes } = await changedLines(portal, carrier, { before, after: lines, tiers, newSet });
  if (!isNew) return [portal.billingOrders.unchanged(own), ...changes, ...orderChanged(portal, carrier, order, move)];
  const subject = orderSubject(order.id);
  return [
    portal.billingOrders.unchanged(own),
    // Creating the order notes what it carries.
    ...changes.slice(order.held.arrearsPeriods.length),
    ...portal.billingOrders.created(order),
    audited(portal, { subject, version: order.version, to: order.status, ...move }),
  ];
}

/**
 * Refuses lines of earlier periods that somebody writes on an order in its service provider's hands, unless they are
 * arrears and this is the order to carry them (domain.md §3).
 *
 * @param periods usage periods of the lines that are new or become more
 * @throws PortalError USAGE_TOO_OLD; USAGE_NOT_HERE, naming the order that takes them
 */
export async function refuseArrearsElsewhere(
  portal: Pick<Portal, 'billingOrders'>,
  order: BillingOrder,
  periods: Iterable<Period>,
  today: PlainDate,
): Promise<void> {
  for (const usagePeriod of new Set(periods)) {
    if (usagePeriod === order.usagePeriod) continue;
    if (usagePeriod > order.usagePeriod) {
      throw new PortalError('USAGE_NOT_HERE', `Usage of ${usagePeriod} belongs on the order of that month`);
    }
    const orders = await portal.billingOrders.ofContract(order.contractId, [
      usagePeriod,
      ...carryingPeriods(usagePeriod, order.usagePeriod),
    ]);
    const own = orders.find((each) => each.usagePeriod === usagePeriod);
    refuse(usagePeriod, refuseArrears(usagePeriod, own, today));
    const carrier = carrierAmong(usagePeriod, orders);
    if (carrier && carrier.id !== order.id) {
      throw new PortalError(
        'USAGE_NOT_HERE',
        `Usage of ${usagePeriod} goes on the order of ${carrier.usagePeriod}, the earliest that is not yet submitted`,
      );
    }
  }
}

function refuse(of: Period, reason: NoArrears | undefined): void {
  switch (reason) {
    case 'TOO_OLD':
      throw new PortalError('USAGE_TOO_OLD', `Usage of ${of} was taken until ${lastDayForArrears(of)}`);
    case 'NO_ORDER':
      throw new PortalError('USAGE_NOT_HERE', `The contract has no order of ${of}: it had no day in that month`);
    case 'ORDER_CANCELLED':
      throw new PortalError('USAGE_NOT_HERE', `The order of ${of} was cancelled: usage of that month is not billed`);
    case 'ORDER_OPEN':
      throw new PortalError('USAGE_NOT_HERE', `The order of ${of} is not submitted yet: report its usage there`);
    default:
  }
}
