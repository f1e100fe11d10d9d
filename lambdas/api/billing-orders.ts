import { orderDetailRoutes } from '../manifest/routes/billing-orders/order-details.ts';
import { publishedOrderRoutes } from '../manifest/routes/billing-orders/published-orders.ts';
import { vendorOrderRoutes } from '../manifest/routes/billing-orders/vendor-orders.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { ApiRequest, ResourceOf } from '../runtime/resource.ts';
import { reviewPorts } from '../runtime/review-ports.ts';
import { subscriptionPorts } from '../runtime/subscription-ports.ts';
import { listComments } from '../use-cases/comment-order.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { type NamedHistoryEntry, readOrderHistory } from '../use-cases/read-order-history.ts';
import { findOrder, listAggregatorOrders, listProviderOrders, listVendorOrders } from '../use-cases/read-orders.ts';
import { listUsageDetails, listUsages } from '../use-cases/read-usages.ts';
import { pageBody } from './contract-bodies.ts';
import {
  aggregatorOrderBody,
  commentBody,
  providerOrderBody,
  usageBody,
  usageDetailBody,
  vendorOrderBody,
} from './order-bodies.ts';

export const resource: ResourceOf<'billingOrdersApi'> = {
  listAggregatorOrders: async (portal, { caller, query }) =>
    pageBody(await listAggregatorOrders(portal, caller, query), aggregatorOrderBody),

  getAggregatorOrder: async (portal, { caller, params }) => {
    const found = await findOrder(portal, caller, params.orderId);
    return { body: aggregatorOrderBody(found), version: found.order.version };
  },

  listProviderOrders: async (portal, { caller, query }) =>
    pageBody(await listProviderOrders(portal, caller, query), providerOrderBody),

  getProviderOrder: async (portal, { caller, params }) => {
    const found = await findOrder(portal, caller, params.orderId);
    return { body: providerOrderBody(found), version: found.order.version };
  },

  listVendorOrders: async (portal, { query }) => pageBody(await listVendorOrders(portal, query), vendorOrderBody),

  getVendorOrder: async (portal, { caller, params }) => {
    const found = await findOrder(portal, caller, params.orderId);
    return { body: vendorOrderBody(found), version: found.order.version };
  },

  listAggregatorUsages: usagesOf,
  listProviderUsages: usagesOf,
  listVendorUsages: usagesOf,
  listAggregatorUsageDetails: usageDetailsOf,
  listProviderUsageDetails: usageDetailsOf,
  listVendorUsageDetails: usageDetailsOf,
  listAggregatorComments: commentsOf,
  listProviderComments: commentsOf,
  listVendorComments: commentsOf,
  readAggregatorOrderHistory: historyOf,
  readProviderOrderHistory: historyOf,
  readVendorOrderHistory: historyOf,
};

export const handler = apiHandler(
  { ...publishedOrderRoutes, ...orderDetailRoutes, ...vendorOrderRoutes },
  resource,
  portalWith((table) => ({ ...reviewPorts(table), ...subscriptionPorts(table) })),
);

type OfOrder = Pick<ApiRequest<'listAggregatorUsages'>, 'caller' | 'params' | 'query'>;

async function usagesOf(portal: Portal, { caller, params, query }: OfOrder) {
  return pageBody(await listUsages(portal, caller, params.orderId, query), usageBody);
}

async function usageDetailsOf(portal: Portal, { caller, params, query }: OfOrder) {
  return pageBody(await listUsageDetails(portal, caller, params.orderId, query), usageDetailBody);
}

async function commentsOf(portal: Portal, { caller, params, query }: OfOrder) {
  return pageBody(await listComments(portal, caller, params.orderId, query), commentBody);
}

async function historyOf(portal: Portal, { caller, params, query }: OfOrder) {
  return pageBody(await readOrderHistory(portal, caller, params.orderId, query), entryBody);
}

const entryBody = ({ id: _id, ...entry }: NamedHistoryEntry) => entry;
