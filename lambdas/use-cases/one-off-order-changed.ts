import type { OneOffOrder } from '../domain/one-off-order/one-off-order.ts';
import { audited } from './audited.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';

export type OneOffOrderPortal = Pick<Portal, 'audit' | 'outbox' | 'notices' | 'oneOffOrders'>;

/** Who has changed a one-off order, and how. */
export type OneOffOrderMove = {
  actor: string;
  /** Whose trail it stands in: the acting party's, the service provider's for the system. */
  organizationId: string;
  now: Date;
  action: string;
  reason?: string | undefined;
  /** The vendor, where it has to do something. */
  vendorId?: string | undefined;
};

/** Subject of a one-off order in the audit trail: its history is made of the entries. */
export const oneOffOrderSubject = (orderId: string): string => `ONE-OFF-ORDER#${orderId}`;

/** How ids of entries begin that say who has looked at licence keys. */
export const VIEW_ENTRY = 'VIEW#';

/**
 * What is committed with every write of a one-off order: the order, the entry in its history, the event, and the mails to
 * its parties (domain.md §4: each change is mailed). Licence keys are in none of them.
 *
 * @param before as it was read; undefined for a new one
 * @param after as it is from now on; its version is still the one read
 */
export function oneOffOrderChanged(
  portal: OneOffOrderPortal,
  before: OneOffOrder | undefined,
  after: OneOffOrder,
  { actor, organizationId, now, action, reason, vendorId }: OneOffOrderMove,
): Change[] {
  const { id, orderNumber, kind, status, contractId, contractNumber, serviceProviderId, aggregatorId } = after;
  const version = before ? before.version + 1 : 1;
  const time = now.toISOString();
  const from = before && { from: before.status };
  const of = { orderNumber, contractId, contractNumber };
  const recipients = [serviceProviderId, aggregatorId, ...(vendorId === undefined ? [] : [vendorId])];
  return [
    before ? portal.oneOffOrders.changed(after, now) : portal.oneOffOrders.created(after),
    audited(portal, {
      organizationId,
      subject: oneOffOrderSubject(id),
      version,
      now,
      actor,
      action,
      ...from,
      to: status,
      reason,
    }),
    portal.outbox.queued({
      id: `OneOffOrderChanged#${id}#${version}`,
      type: 'OneOffOrderChanged',
      time,
      detail: { orderId: id, ...of, serviceProviderId, aggregatorId, kind, action, ...from, status },
    }),
    ...recipients.map((recipientId) =>
      portal.notices.queued({
        id: `OneOffOrderChanged#${id}#${version}#${recipientId}`,
        time,
        recipientId,
        kind: 'ONE_OFF_ORDER_CHANGED',
        ...of,
        status,
        description: after.description,
        ...(after.comment !== undefined && { comment: after.comment }),
      }),
    ),
  ];
}
