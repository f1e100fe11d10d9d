import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { ORDER_NEWS, orderNews } from '../domain/billing-order/order-news.ts';
import type { OrderMove } from './order-changed.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';

export type OrderToldPortal = Pick<Portal, 'organizations' | 'notices'>;

/**
 * The mails to those who have to know that an order was moved (domain/billing-order/order-news.ts), committed with the move.
 * @param after as it is from now on; its version is still the one read
 */
export async function orderTold(
  portal: OrderToldPortal,
  after: BillingOrder,
  { action, now, reason }: Pick<OrderMove, 'action' | 'now' | 'reason'>,
): Promise<Change[]> {
  const news = orderNews(after, action);
  if (news === undefined) return [];
  const { id, contractId, contractNumber, usagePeriod, version } = after;
  const recipients = await Promise.all(ORDER_NEWS[news].map((party) => organizationOf(portal, after, party)));
  return recipients
    .filter((recipientId) => recipientId !== undefined)
    .map((recipientId) =>
      portal.notices.queued({
        id: `OrderChanged#${id}#${version + 1}#${recipientId}`,
        time: now.toISOString(),
        recipientId,
        kind: 'ORDER_CHANGED',
        contractId,
        contractNumber,
        usagePeriod,
        news,
        ...(reason !== undefined && { comment: reason }),
      }),
    );
}

async function organizationOf(
  portal: OrderToldPortal,
  { serviceProviderId, aggregatorId }: BillingOrder,
  party: (typeof ORDER_NEWS)[keyof typeof ORDER_NEWS][number],
): Promise<string | undefined> {
  if (party === 'SERVICE_PROVIDER') return serviceProviderId;
  return party === 'AGGREGATOR' ? aggregatorId : (await portal.organizations.vendor())?.id;
}
