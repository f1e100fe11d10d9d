import type { PlainDate } from '../calendar/period.ts';
import type { Transition } from '../transitions.ts';
import type { Subscription } from './subscription.ts';

/** States of a subscription. The days it has tell which it is in: nothing has to be done on the day. */
export const SUBSCRIPTION_STATUSES = ['ACTIVE', 'EXPIRED', 'CANCELLED'] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/** What its service provider does with one; `expire` is the day after its last, by itself. */
export type SubscriptionVerb = 'amend' | 'renew' | 'cancel';

/** How a subscription moves. One that has ended stays so: another is ordered. */
export const SUBSCRIPTION_TRANSITIONS: readonly Transition<SubscriptionStatus, 'SYSTEM' | 'SERVICE_PROVIDER'>[] = [
  { from: 'ACTIVE', to: 'ACTIVE', by: 'SERVICE_PROVIDER', verb: 'amend' },
  { from: 'ACTIVE', to: 'ACTIVE', by: 'SERVICE_PROVIDER', verb: 'renew' },
  { from: 'ACTIVE', to: 'CANCELLED', by: 'SERVICE_PROVIDER', verb: 'cancel' },
  { from: 'ACTIVE', to: 'EXPIRED', by: 'SYSTEM', verb: 'expire' },
];

/** The state a subscription is in on a day. */
export function subscriptionStatus(
  { cancelled, until }: Pick<Subscription, 'cancelled' | 'until'>,
  today: PlainDate,
): SubscriptionStatus {
  if (cancelled) return 'CANCELLED';
  return until !== undefined && until < today ? 'EXPIRED' : 'ACTIVE';
}
