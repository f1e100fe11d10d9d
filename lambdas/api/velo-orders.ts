import { discounted, formatPercent, formatQuantity, formatUnitPrice } from '../domain/numbers/amounts.ts';
import { startDate, type VeloOrder } from '../domain/velo-order/velo-order.ts';
import { veloOrderRoutes } from '../manifest/routes/services/velo-orders.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { Answer, ApiRequest, ResourceOf } from '../runtime/resource.ts';
import { feedPorts } from '../runtime/service-ports.ts';
import type { Caller } from '../use-cases/caller.ts';
import { changeVeloOrder, endVeloOrder } from '../use-cases/change-velo-order.ts';
import { type AskedOrder, enterVeloOrders } from '../use-cases/enter-velo-orders.ts';
import type { ListQuery } from '../use-cases/lists/definition.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { findVeloOrder, listVeloOrders } from '../use-cases/read-velo-orders.ts';
import { enteredOne, entryResults, withNames } from './entry-results.ts';

export const resource: ResourceOf<'veloOrdersApi'> = {
  enterVeloOrder: async (portal, { caller, body, now }) => {
    const order = enteredOne(await enterVeloOrders(portal, { caller, now }, [askedOrder(body)]));
    return { ...answer(order), location: `/api/vendor/v1/veloOrders/${order.id}` };
  },

  enterVeloOrders: async (portal, { caller, body, now }) => {
    const outcomes = await enterVeloOrders(portal, { caller, now }, body.orders.map(askedOrder));
    const names = body.orders.map(({ sid, orderNumber }) => `${sid} ${orderNumber}`);
    return { body: entryResults(outcomes, names) };
  },

  listVendorVeloOrders: (portal, request) => listAll(portal, request),
  getVendorVeloOrder: (portal, request) => inFull(portal, request),
  changeVeloOrder: async (portal, { body, ...request }) =>
    answer(await withNames(changeVeloOrder(portal, changeOf(request), { ...body, ...askedTerms(body) }))),
  endVeloOrder: async (portal, { body, ...request }) =>
    answer(await withNames(endVeloOrder(portal, changeOf(request), body.endDate))),

  listProviderVeloOrders: (portal, request) => listAll(portal, request),
  getProviderVeloOrder: (portal, request) => inFull(portal, request),

  listAggregatorVeloOrders: (portal, request) => listAll(portal, request),
  getAggregatorVeloOrder: (portal, request) => inFull(portal, request),
};

export const handler = apiHandler(veloOrderRoutes, resource, portalWith(feedPorts));

type TermsBody = Pick<ApiRequest<'changeVeloOrder'>['body'], 'quantity' | 'unitPrice' | 'discount'>;

const askedTerms = ({ quantity, unitPrice, discount }: TermsBody) => ({
  quantity: String(quantity),
  unitPrice: String(unitPrice),
  discount: discount === undefined ? undefined : String(discount),
});

const askedOrder = ({ code: productCode, ...order }: ApiRequest<'enterVeloOrder'>['body']): AskedOrder => ({
  ...order,
  ...askedTerms(order),
  productCode,
});

type OfOrder = Pick<ApiRequest<'endVeloOrder'>, 'caller' | 'params' | 'now' | 'ifMatch'>;

const changeOf = ({ caller, params, now, ifMatch }: OfOrder) => ({ caller, orderId: params.veloOrderId, now, ifMatch });

async function listAll(portal: Portal, { caller, query }: { caller: Caller; query: ListQuery }) {
  const { content, total } = await listVeloOrders(portal, caller, query);
  return { body: { content: content.map(orderBody), total } };
}

async function inFull(portal: Portal, { caller, params }: Pick<OfOrder, 'caller' | 'params'>) {
  const { order, history } = await findVeloOrder(portal, caller, params.veloOrderId);
  return {
    body: { ...orderBody(order), history: history.map(({ id: _id, ...entry }) => entry) },
    version: order.version,
  };
}

const answer = (order: VeloOrder) => ({ body: orderBody(order), version: order.version });

function orderBody(order: VeloOrder): Answer<'endVeloOrder'>['body'] {
  const { id, sid, orderNumber, contractId, contractNumber, uom, currency, endDate } = order;
  return {
    id,
    sid,
    orderNumber,
    contractId,
    contractNumber,
    code: order.productCode,
    name: order.productName,
    uom,
    currency,
    startDate: startDate(order),
    ...(endDate !== undefined && { endDate }),
    terms: order.terms.map(({ from, quantity, unitPrice, discount }) => ({
      from,
      quantity: formatQuantity(quantity),
      unitPrice: formatUnitPrice(unitPrice),
      discount: formatPercent(discount),
      sellingPrice: formatUnitPrice(discounted(unitPrice, discount)),
    })),
    createdTime: order.createdTime,
    lastModifiedTime: order.lastModifiedTime,
  };
}
