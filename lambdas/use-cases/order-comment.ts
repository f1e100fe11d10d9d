import type { Caller } from './caller.ts';
import type { Change } from './ports/changes.ts';
import type { OrderComment } from './ports/order-comments.ts';
import type { Portal } from './ports/portal.ts';

/** What there is to write down when somebody says something of an order. */
export type Said = { caller: Caller; orderId: string; content: string; newId: () => string; now: Date };

/** A comment in the name that its author has now. */
export async function commentOf(
  portal: Pick<Portal, 'users'>,
  { caller, orderId, content, newId, now }: Said,
): Promise<OrderComment> {
  const user = await portal.users.get(caller.userId);
  return {
    id: newId(),
    orderId,
    organizationId: caller.organizationId,
    userId: caller.userId,
    firstName: user?.firstName ?? '',
    lastName: user?.lastName ?? '',
    email: user?.email ?? '',
    createdTime: now.toISOString(),
    content,
  };
}

/** The comment that comes with a move; none where nothing was said. */
export async function saidWith(
  portal: Pick<Portal, 'users' | 'orderComments'>,
  said: Omit<Said, 'content'> & { content: string | undefined },
): Promise<Change[]> {
  const { content = '' } = said;
  return content.trim() === '' ? [] : [portal.orderComments.added(await commentOf(portal, { ...said, content }))];
}
