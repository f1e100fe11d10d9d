import { randomUUID } from 'node:crypto';
import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { publishedOrderRoutes } from '../manifest/routes/billing-orders/published-orders.ts';
import { vendorOrderRoutes } from '../manifest/routes/billing-orders/vendor-orders.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { noticePorts } from '../runtime/notice-ports.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { ApiRequest, ResourceOf } from '../runtime/resource.ts';
import { reviewPorts } from '../runtime/review-ports.ts';
import { cancelOrder } from '../use-cases/cancel-order.ts';
import { addComment } from '../use-cases/comment-order.ts';
import { type OrderView, viewsOf } from '../use-cases/order-view.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { approveOrder, rejectOrder, sendBackOrder } from '../use-cases/review-order.ts';
import { submitOrder } from '../use-cases/submit-order.ts';
import { aggregatorOrderBody, commentBody, vendorOrderBody } from './order-bodies.ts';

export const resource: ResourceOf<'orderDecisionsApi'> = {
  submitOrder: async (portal, { caller, params, body, now, ifMatch }) => {
    const { version } = await submitOrder(portal, { caller, ...params, now, ifMatch, newId: randomUUID }, body);
    return { body: undefined, version };
  },

  approveOrder: async (portal, { caller, params, body, now, ifMatch }) => {
    const { comment, vmwarePurchaseOrder: vendorPurchaseOrder, ...given } = body;
    const request = { caller, ...params, now, ifMatch, newId: randomUUID, comment };
    return answered(
      portal,
      await approveOrder(portal, request, { ...given, vendorPurchaseOrder }),
      aggregatorOrderBody,
    );
  },

  sendBackOrder: async (portal, { body, ...request }) =>
    answered(portal, await sendBackOrder(portal, decision(request, body.comment)), aggregatorOrderBody),

  rejectOrder: async (portal, { body, ...request }) =>
    answered(portal, await rejectOrder(portal, decision(request, body.comment)), vendorOrderBody),

  cancelOrder: async (portal, { body, ...request }) =>
    answered(portal, await cancelOrder(portal, decision(request, body.comment)), vendorOrderBody),

  addAggregatorComment: comment,
  addProviderComment: comment,
};

export const handler = apiHandler(
  { ...publishedOrderRoutes, ...vendorOrderRoutes },
  resource,
  portalWith((table) => ({ ...reviewPorts(table), ...noticePorts(table) })),
);

type Decision = Pick<ApiRequest<'rejectOrder'>, 'caller' | 'params' | 'now' | 'ifMatch'>;
type CommentRequest = Pick<ApiRequest<'addAggregatorComment'>, 'caller' | 'params' | 'body' | 'now'>;

function decision({ caller, params, now, ifMatch }: Decision, comment: string) {
  return { caller, ...params, now, ifMatch, newId: randomUUID, comment };
}

/** The order as a decision has made it. */
async function answered<Body>(portal: Portal, order: BillingOrder, bodyOf: (view: OrderView) => Body) {
  const [view] = await viewsOf(portal, [order]);
  return { body: bodyOf(view as OrderView), version: order.version };
}

async function comment(portal: Portal, { caller, params, body, now }: CommentRequest) {
  const { content } = body;
  return { body: commentBody(await addComment(portal, { caller, ...params, content, now, newId: randomUUID })) };
}
