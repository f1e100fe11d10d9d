import { dateOf, type Period, type PlainDate } from '../domain/calendar/period.ts';
import { formatPercent, formatQuantity, formatUnitPrice } from '../domain/numbers/amounts.ts';
import { type AskedTerms, checkVeloEnd, checkVeloTerms } from '../domain/velo-order/check-velo-order.ts';
import { type VeloOrder, type VeloTerms, withTerms } from '../domain/velo-order/velo-order.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { bringUp, type EnterPortal, feedMoved } from './enter-records.ts';
import { checked, monthsFrom } from './enter-velo-orders.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import { ownVeloOrder } from './read-velo-orders.ts';
import { type VeloOrderChangedPortal, type VeloOrderMove, veloOrderChanged } from './velo-order-changed.ts';

type ChangePortal = EnterPortal & VeloOrderChangedPortal;

/** Who changes which order. */
export type VeloOrderChange = { caller: Caller; orderId: string; now: Date; ifMatch: IfMatch };

/**
 * Gives a VeloCloud order other terms from a day on.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; BAD_REQUEST; USAGE_TOO_OLD; CHANGED_MEANWHILE
 */
export function changeVeloOrder(
  portal: ChangePortal,
  change: VeloOrderChange,
  asked: AskedTerms & { from: string },
): Promise<VeloOrder> {
  return changed(portal, change, 'changeVeloOrder', (before, today) => {
    const terms = checked(checkVeloTerms(asked, before, today), asked.from);
    return { after: withTerms(before, terms), day: terms.from, reason: inWords(terms) };
  });
}

/**
 * Ends a VeloCloud order with a day, the last that is paid for; one that has an end is given another.
 * @throws as changeVeloOrder
 */
export function endVeloOrder(portal: ChangePortal, change: VeloOrderChange, asked: string): Promise<VeloOrder> {
  return changed(portal, change, 'endVeloOrder', (before, today) => {
    const endDate = checked(checkVeloEnd(asked, before, today), asked);
    const day = before.endDate !== undefined && before.endDate < endDate ? before.endDate : endDate;
    return { after: { ...before, endDate }, day, reason: `Last day ${endDate}` };
  });
}

const inWords = ({ from, quantity, unitPrice, discount }: VeloTerms): string =>
  `${formatQuantity(quantity)} at ${formatUnitPrice(unitPrice)}, discount ${formatPercent(discount)} %, from ${from}`;

/** @param decide `day`: the first whose usage changes */
async function changed(
  portal: ChangePortal,
  { caller, orderId, now, ifMatch }: VeloOrderChange,
  action: VeloOrderMove['action'],
  decide: (before: VeloOrder, today: PlainDate) => { after: VeloOrder; day: PlainDate; reason: string },
): Promise<VeloOrder> {
  const { order, months } = await committed(portal, 'The order', async () => {
    const before = await ownVeloOrder(portal, caller, 'keepVeloOrders', orderId);
    refuseOtherVersion(before.version, ifMatch);
    const { after, day, reason } = decide(before, dateOf(now));
    const version = await portal.feedHeads.version(before.contractId);
    const affected: Period[] = monthsFrom(day, now);
    const move = { actor: caller.userId, organizationId: caller.organizationId, now, action, reason };
    const changes = [
      ...veloOrderChanged(portal, before, after, move),
      ...feedMoved(portal, { contractId: before.contractId, version, now }, affected),
    ];
    const result = { ...after, version: before.version + 1, lastModifiedTime: now.toISOString() };
    return { changes, result: { order: result, months: affected } };
  });
  await bringUp(portal, order.contractId, months);
  return order;
}
