import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import type { BillingOrderStatus } from '../domain/billing-order/status.ts';
import type { Period } from '../domain/calendar/period.ts';
import { audited } from './audited.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';

/** Who has changed an order, how and why. */
export type OrderMove = {
  /** User id, "SYSTEM" for what happens by itself. */
  actor: string;
  /** Whose trail it stands in: the acting party's, the service provider's for the system. */
  organizationId: string;
  now: Date;
  /** What was done: the verb of the transition, or e.g. "editUsage". */
  action: string;
  reason?: string | undefined;
  /** A status it was moved to, which the system has moved it on from at once, and how. */
  through?: { status: BillingOrderStatus; action: string; reason?: string };
};

/** Subject of an order in the audit trail: its history is made of the entries. */
export const orderSubject = (orderId: string): string => `ORDER#${orderId}`;

/**
 * What may change how a month stands to what its meters say: usage that a person writes, an order that is in its service
 * provider's hands again, one that came to nothing, and another customer that a meter's label names.
 */
const BEARS_ON_METERS: ReadonlySet<string> = new Set([
  'editUsage',
  'applyUsageFile',
  'sendBack',
  'reject',
  'withdraw',
  'lapse',
  'cancel',
  'bindCustomerLabels',
]);

/**
 * What is committed with every write of an order: the order, the entry in its history, where its status has changed the
 * event that tells other systems, and that the months it has usage of are compared anew with what meters say of them where
 * it bears on that.
 *
 * @param before as it was read
 * @param after as it is from now on; its version is still the one read
 */
export function orderChanged(
  portal: Pick<Portal, 'audit' | 'outbox' | 'billingOrders'>,
  before: BillingOrder,
  after: BillingOrder,
  { actor, organizationId, now, action, reason, through }: OrderMove,
): Change[] {
  const version = before.version + 1;
  const moved: { from?: string; to?: string } =
    before.status === after.status ? {} : { from: before.status, to: after.status };
  const subject = orderSubject(after.id);
  const entry = { organizationId, subject, version, now };
  const entries = through
    ? [
        passed(portal, { ...entry, actor, action, from: before.status, to: through.status, reason }),
        audited(portal, {
          ...entry,
          actor: 'SYSTEM',
          action: through.action,
          from: through.status,
          to: after.status,
          reason: through.reason,
        }),
      ]
    : [audited(portal, { ...entry, actor, action, ...moved, reason })];
  return [
    portal.billingOrders.changed(after, now),
    ...entries,
    // Its period is closed: the next close finds it here.
    ...(moved.to === 'PENDING_VENDOR_REFUND' ? [portal.billingOrders.waits(after)] : []),
    ...(BEARS_ON_METERS.has(action)
      ? [...monthsOf(before, after)].map((of) => portal.billingOrders.bearsOn(before, of, now))
      : []),
    ...(before.status === after.status ? [] : [statusChanged(portal, before, after, { version, now, action })]),
  ];
}

/** Its own month and those it carries or has carried arrears of. */
function monthsOf({ usagePeriod, held }: BillingOrder, after: BillingOrder): Set<Period> {
  return new Set([usagePeriod, ...held.arrearsPeriods, ...after.held.arrearsPeriods]);
}

/** The first of two entries of one version; the version's own is the last, so that entries of one time sort rightly. */
function passed(
  portal: Pick<Portal, 'audit'>,
  { version, now, reason, ...entry }: Parameters<typeof audited>[1],
): Change {
  const id = `${String(version).padStart(8, '0')}#${entry.action}`;
  return portal.audit.recorded({ ...entry, id, time: now.toISOString(), ...(reason !== undefined && { reason }) });
}

function statusChanged(
  portal: Pick<Portal, 'outbox'>,
  before: BillingOrder,
  { id, contractId, contractNumber, serviceProviderId, aggregatorId, usagePeriod, revision, status }: BillingOrder,
  { version, now, action }: { version: number; now: Date; action: string },
): Change {
  return portal.outbox.queued({
    id: `BillingOrderChanged#${id}#${version}`,
    type: 'BillingOrderChanged',
    time: now.toISOString(),
    detail: {
      orderId: id,
      contractId,
      contractNumber,
      serviceProviderId,
      aggregatorId,
      usagePeriod,
      revision,
      action,
      from: before.status,
      status,
    },
  });
}
