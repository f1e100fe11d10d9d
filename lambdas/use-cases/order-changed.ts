import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
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
};

/** Subject of an order in the audit trail: its history is made of the entries. */
export const orderSubject = (orderId: string): string => `ORDER#${orderId}`;

/**
 * What is committed with every write of an order: the order, the entry in its history, and where its status has changed
 * the event that tells other systems.
 *
 * @param before as it was read
 * @param after as it is from now on; its version is still the one read
 */
export function orderChanged(
  portal: Pick<Portal, 'audit' | 'outbox' | 'billingOrders'>,
  before: BillingOrder,
  after: BillingOrder,
  { actor, organizationId, now, action, reason }: OrderMove,
): Change[] {
  const version = before.version + 1;
  const moved: { from?: string; to?: string } =
    before.status === after.status ? {} : { from: before.status, to: after.status };
  const subject = orderSubject(after.id);
  return [
    portal.billingOrders.changed(after, now),
    audited(portal, { organizationId, subject, version, now, actor, action, ...moved, reason }),
    // Its period is closed: the next close finds it here.
    ...(moved.to === 'PENDING_VENDOR_REFUND' ? [portal.billingOrders.waits(after)] : []),
    ...(before.status === after.status ? [] : [statusChanged(portal, before, after, { version, now, action })]),
  ];
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
