import type { Caller } from './caller.ts';
import { COMMENT_LIST } from './lists/comment-list.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { orderSubject } from './order-changed.ts';
import { commentOf, type Said } from './order-comment.ts';
import { ownOrder } from './own-order.ts';
import type { OrderComment } from './ports/order-comments.ts';
import type { Portal } from './ports/portal.ts';
import { refusePart } from './scope.ts';

/** What was said of an order, which both its parties and the vendor read. @throws PortalError NOT_FOUND; BAD_REQUEST */
export async function listComments(
  portal: Pick<Portal, 'billingOrders' | 'orderComments'>,
  caller: Caller,
  orderId: string,
  query: ListQuery,
): Promise<Page<OrderComment>> {
  refusePart(caller, (await ownOrder(portal, caller, 'readOrders', orderId)).contractId);
  const page = compileList(COMMENT_LIST, query);
  return page(await portal.orderComments.ofOrder(orderId));
}

/** Says something of an order, in whatever state it is. @throws PortalError NOT_FOUND */
export async function addComment(
  portal: Pick<Portal, 'units' | 'audit' | 'billingOrders' | 'orderComments' | 'users'>,
  said: Said,
): Promise<OrderComment> {
  const { caller, orderId, now } = said;
  await ownOrder(portal, caller, 'commentOrders', orderId);
  const comment = await commentOf(portal, said);
  const result = await portal.units.commit([
    portal.orderComments.added(comment),
    portal.audit.recorded({
      organizationId: caller.organizationId,
      subject: orderSubject(orderId),
      id: `COMMENT#${comment.id}`,
      time: now.toISOString(),
      actor: caller.userId,
      action: 'comment',
    }),
  ]);
  if (!result.ok) throw new Error(`comment ${comment.id} is there already`);
  return comment;
}
