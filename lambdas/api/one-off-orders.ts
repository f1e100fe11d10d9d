import { formatQuantity } from '../domain/numbers/amounts.ts';
import type { OneOffOrder } from '../domain/one-off-order/one-off-order.ts';
import type { OneOffOrderDecision } from '../domain/one-off-order/status.ts';
import { oneOffOrderRoutes } from '../manifest/routes/one-off-orders.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { oneOffPorts } from '../runtime/one-off-ports.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { Answer, ApiRequest, ResourceOf } from '../runtime/resource.ts';
import type { Caller } from '../use-cases/caller.ts';
import { decideOneOffOrder } from '../use-cases/decide-one-off-order.ts';
import type { ListQuery, Page } from '../use-cases/lists/definition.ts';
import { orderLicenses } from '../use-cases/order-licenses.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import {
  findOneOffOrder,
  listContractOneOffOrders,
  listOneOffOrderQueue,
  listOneOffOrders,
} from '../use-cases/read-one-off-orders.ts';
import { showLicenseKeys } from '../use-cases/show-license-keys.ts';

export const resource: ResourceOf<'oneOffOrdersApi'> = {
  orderLicenses: async (portal, { caller, params, body, now }) => {
    const licenses = body.licenses.map(({ code, quantity }) => ({ productCode: code, quantity: String(quantity) }));
    const order = await orderLicenses(portal, { caller, ...params, now, description: body.description, licenses });
    return { ...answer(order), location: `/api/provider/v1/oneOffOrders/${order.id}` };
  },

  listProviderOneOffOrders: (portal, request) => listAll(portal, request),
  listProviderContractOneOffOrders: (portal, request) => listOfContract(portal, request),
  getProviderOneOffOrder: (portal, request) => inFull(portal, request),

  showLicenseKeys: async (portal, { caller, params, now }) => {
    const keys = await showLicenseKeys(portal, caller, params.oneOffOrderId, now);
    return { body: { licenseKeys: keys.map(({ productCode: code, key }) => ({ code, key })) } };
  },

  listAggregatorOneOffOrders: (portal, request) => listAll(portal, request),
  listAggregatorContractOneOffOrders: (portal, request) => listOfContract(portal, request),
  getAggregatorOneOffOrder: (portal, request) => inFull(portal, request),

  listVendorOneOffOrders: async (portal, { query: { status, ...query } }) =>
    page(await listOneOffOrderQueue(portal, status, query)),
  getVendorOneOffOrder: (portal, request) => inFull(portal, request),

  approveOneOffOrder: (portal, { body, ...request }) => decided(portal, 'approve', request, body),
  rejectOneOffOrder: (portal, { body, ...request }) => decided(portal, 'reject', request, body),
  fulfilOneOffOrder: (portal, { body: { comment, licenseKeys }, ...request }) =>
    decided(portal, 'fulfil', request, {
      comment,
      licenseKeys: licenseKeys.map(({ code: productCode, key }) => ({ productCode, key })),
    }),
};

export const handler = apiHandler(oneOffOrderRoutes, resource, portalWith(oneOffPorts));

async function listAll(portal: Portal, { caller, query }: { caller: Caller; query: ListQuery }) {
  return page(await listOneOffOrders(portal, caller, query));
}

type OfContract = { caller: Caller; params: { contractId: string }; query: ListQuery };

async function listOfContract(portal: Portal, { caller, params, query }: OfContract) {
  return page(await listContractOneOffOrders(portal, caller, params.contractId, query));
}

type OfOrder = Pick<ApiRequest<'approveOneOffOrder'>, 'caller' | 'params' | 'now' | 'ifMatch'>;

async function inFull(portal: Portal, { caller, params }: Pick<OfOrder, 'caller' | 'params'>) {
  const { order, history } = await findOneOffOrder(portal, caller, params.oneOffOrderId);
  return {
    body: { ...orderBody(order), history: history.map(({ id: _id, ...entry }) => entry) },
    version: order.version,
  };
}

async function decided(
  portal: Portal,
  decision: OneOffOrderDecision,
  { caller, params, now, ifMatch }: OfOrder,
  said: Pick<Parameters<typeof decideOneOffOrder>[2], 'comment' | 'licenseKeys'>,
) {
  const of = { caller, orderId: params.oneOffOrderId, now, ifMatch };
  return answer(await decideOneOffOrder(portal, decision, { ...of, ...said }));
}

const answer = (order: OneOffOrder) => ({ body: orderBody(order), version: order.version });

const page = ({ content, total }: Page<OneOffOrder>) => ({ body: { content: content.map(orderBody), total } });

function orderBody(order: OneOffOrder): Answer<'approveOneOffOrder'>['body'] {
  const { serviceProviderId: _sp, aggregatorId: _agg, requesterId: _by, version: _version, licenses, ...told } = order;
  return {
    ...told,
    licenses: licenses.map(({ productCode: code, productName: name, quantity }) => ({
      code,
      name,
      quantity: formatQuantity(quantity),
    })),
  };
}
