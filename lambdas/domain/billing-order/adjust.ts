import { addDays, dateOf, type PlainDate } from '../calendar/period.ts';
import type { FamilyType } from '../catalogue/family.ts';
import type { BillingOrder } from './billing-order.ts';
import type { HeldUsage } from './held-usage.ts';
import { isAdjusted } from './move.ts';

const ADJUSTABLE: ReadonlySet<FamilyType> = new Set(['RENTAL', 'RENTAL_MAAS', 'ISV', 'SOV']);
const DAYS_TO_ADJUST = 90;
export const DAYS_UNTOUCHED = 30;

/** FAMILY: its usage is not the service provider's to report. TOO_LATE: the order was closed first too long ago. */
export type NoAdjustment = 'FAMILY' | 'TOO_LATE';

/** The last day on which a closed order can be adjusted: 90 days after it was closed first (domain.md §4). */
export function lastDayToAdjust({ firstClosedTime }: Pick<BillingOrder, 'firstClosedTime'>): PlainDate | undefined {
  return firstClosedTime === undefined ? undefined : addDays(dateOf(new Date(firstClosedTime)), DAYS_TO_ADJUST);
}

/** Why a closed order of a family can't be adjusted on a day. */
export function refuseAdjustment(
  order: Pick<BillingOrder, 'firstClosedTime'>,
  family: FamilyType,
  today: PlainDate,
): NoAdjustment | undefined {
  if (!ADJUSTABLE.has(family)) return 'FAMILY';
  const last = lastDayToAdjust(order);
  return last === undefined || today > last ? 'TOO_LATE' : undefined;
}

/**
 * A closed order as its adjustment begins: the next revision, on a copy of what was billed. A number once used for a
 * revision is not used for another, even if that came to nothing.
 */
export function adjusted(order: BillingOrder, lineSet: string): BillingOrder {
  const revision = (order.lastRevision ?? order.revision) + 1;
  return { ...order, status: 'PENDING_SP', revision, lastRevision: revision, lineSet };
}

/**
 * An order whose adjustment came to nothing: closed as it was.
 * @param held what the billed lines add up to
 */
export function closedAgain(order: BillingOrder, held: HeldUsage): BillingOrder {
  const { billed } = order;
  if (!billed) throw new RangeError(`order ${order.id} was never billed`);
  return { ...order, status: 'CLOSED', revision: billed.revision, lineSet: billed.lineSet, held };
}

/** The day an adjustment lapses that nobody touches: the 30th after its last change; none once the vendor has approved. */
export function lapsesOn(order: Pick<BillingOrder, 'status' | 'billed' | 'lastModifiedTime'>): PlainDate | undefined {
  if (!isAdjusted(order) || order.status === 'PENDING_VENDOR_REFUND') return undefined;
  return addDays(dateOf(new Date(order.lastModifiedTime)), DAYS_UNTOUCHED);
}
