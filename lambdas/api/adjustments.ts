import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { formatQuantity } from '../domain/numbers/amounts.ts';
import { adjustmentRoutes } from '../manifest/routes/billing-orders/adjustments.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { noticePorts } from '../runtime/notice-ports.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { ApiRequest, ResourceOf } from '../runtime/resource.ts';
import { approveAdjustment, endAdjustment, openAdjustment } from '../use-cases/adjust-order.ts';
import { type OrderView, viewsOf } from '../use-cases/order-view.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { readAdjustment } from '../use-cases/read-adjustment.ts';
import { readArrears } from '../use-cases/read-arrears.ts';
import { differenceBody } from './adjustment-bodies.ts';
import { providerOrderBody, vendorOrderBody } from './order-bodies.ts';

export const resource: ResourceOf<'adjustmentsApi'> = {
  adjustOrder: async (portal, request) =>
    answered(portal, await openAdjustment(portal, asked(request)), providerOrderBody),
  withdrawAdjustment: async (portal, request) =>
    answered(portal, await endAdjustment(portal, 'withdraw', asked(request)), providerOrderBody),
  approveAdjustment: async (portal, request) =>
    answered(portal, await approveAdjustment(portal, asked(request)), vendorOrderBody),
  rejectAdjustment: async (portal, request) =>
    answered(portal, await endAdjustment(portal, 'reject', asked(request)), vendorOrderBody),
  readProviderAdjustment: differenceOf,
  readAggregatorAdjustment: differenceOf,
  readVendorAdjustment: differenceOf,
  readProviderArrears: arrearsOf,
  readAggregatorArrears: arrearsOf,
};

export const handler = apiHandler(adjustmentRoutes, resource, portalWith(noticePorts));

type Decision = Pick<ApiRequest<'adjustOrder'>, 'caller' | 'params' | 'body' | 'now'>;
type Question = Pick<ApiRequest<'readProviderArrears'>, 'caller' | 'params' | 'query'>;
type DifferenceQuestion = Pick<ApiRequest<'readProviderAdjustment'>, 'caller' | 'params' | 'query'>;

function asked({ caller, params, body, now }: Decision) {
  return { caller, orderId: params.orderId, reason: body.comment, now };
}

/** The order as a decision has made it; its version is one more than the one that was read. */
async function answered<Body>(portal: Portal, { id }: BillingOrder, bodyOf: (view: OrderView) => Body) {
  const [order] = await portal.billingOrders.getMany([id]);
  const [view] = await viewsOf(portal, [order as BillingOrder]);
  return { body: bodyOf(view as OrderView), version: (order as BillingOrder).version };
}

async function differenceOf(portal: Portal, { caller, params, query }: DifferenceQuestion) {
  return { body: differenceBody(await readAdjustment(portal, caller, params.orderId), query) };
}

async function arrearsOf(portal: Portal, { caller, params, query: { limit, offset } }: Question) {
  const { usagePeriod, lines } = await readArrears(portal, caller, params.orderId);
  return {
    body: {
      usagePeriod,
      lines: lines.slice(offset, offset + limit).map(({ line, carrier }) => ({
        usageLineId: line.id,
        orderId: carrier.id,
        carriedBy: carrier.usagePeriod,
        status: carrier.status,
        billed: carrier.billed !== undefined,
        siteName: line.siteName,
        productCode: line.productCode,
        customerNumber: line.customerNumber,
        uom: line.uom,
        quantity: formatQuantity(line.quantity),
      })),
      lineCount: lines.length,
    },
  };
}
