import type { Subscription } from '../domain/subscription/subscription.ts';
import { audited } from './audited.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';

export type SubscriptionPortal = Pick<Portal, 'audit' | 'outbox' | 'subscriptions'>;

/** Who has changed a subscription, and how. */
export type SubscriptionMove = {
  actor: string;
  organizationId: string;
  now: Date;
  action: string;
  reason?: string | undefined;
};

/** Subject of a subscription in the audit trail: its history is made of the entries. */
export const subscriptionSubject = (id: string): string => `SUBSCRIPTION#${id}`;

/**
 * What is committed with every write of a subscription: it, the entry in its history, and the event.
 *
 * @param before as it was read; undefined for a new one
 * @param after as it is from now on; its version is still the one read
 */
export function subscriptionChanged(
  portal: SubscriptionPortal,
  before: Subscription | undefined,
  after: Subscription,
  { actor, organizationId, now, action, reason }: SubscriptionMove,
): Change[] {
  const { id, subscriptionNumber, contractId, contractNumber, serviceProviderId, aggregatorId } = after;
  const version = before ? before.version + 1 : 1;
  return [
    before ? portal.subscriptions.changed(after, now) : portal.subscriptions.created(after),
    audited(portal, { organizationId, subject: subscriptionSubject(id), version, now, actor, action, reason }),
    portal.outbox.queued({
      id: `SubscriptionChanged#${id}#${version}`,
      type: 'SubscriptionChanged',
      time: now.toISOString(),
      detail: {
        subscriptionId: id,
        subscriptionNumber,
        contractId,
        contractNumber,
        serviceProviderId,
        aggregatorId,
        action,
        productCode: after.productCode,
        startDate: after.from,
        ...(after.until !== undefined && { endDate: after.until }),
      },
    }),
  ];
}
