import { estimateRoutes } from '../manifest/routes/billing-orders/estimates.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { ApiRequest, ResourceOf } from '../runtime/resource.ts';
import { reviewPorts } from '../runtime/review-ports.ts';
import { estimateOrder } from '../use-cases/estimate-order.ts';
import { forecastContract } from '../use-cases/forecast-contract.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { estimateBody, forecastBody } from './estimate-bodies.ts';

export const resource: ResourceOf<'estimatesApi'> = {
  estimateAggregatorOrder: estimateOf,
  estimateProviderOrder: estimateOf,
  estimateVendorOrder: estimateOf,
  forecastAggregatorContract: forecastOf,
  forecastProviderContract: forecastOf,
};

export const handler = apiHandler(estimateRoutes, resource, portalWith(reviewPorts));

type EstimateRequest = Pick<ApiRequest<'estimateAggregatorOrder'>, 'caller' | 'params' | 'query' | 'now'>;
type ForecastRequest = Pick<ApiRequest<'forecastAggregatorContract'>, 'caller' | 'params' | 'now'>;

async function estimateOf(portal: Portal, { caller, params, query, now }: EstimateRequest) {
  return { body: estimateBody(await estimateOrder(portal, caller, params.orderId), { caller, now, ...query }) };
}

async function forecastOf(portal: Portal, { caller, params, now }: ForecastRequest) {
  return { body: forecastBody(await forecastContract(portal, caller, params.contractId, now), { caller, now }) };
}
