import { formatPoints, formatPointsPerUnit, formatQuantity, pointsOf } from '../domain/numbers/amounts.ts';
import type { AskedService } from '../domain/service-delivery/check-delivery.ts';
import type { ServiceDelivery } from '../domain/service-delivery/service-delivery.ts';
import type { DeliveryDecision } from '../domain/service-delivery/status.ts';
import { serviceDeliveryRoutes } from '../manifest/routes/services/service-deliveries.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { Answer, ApiRequest, ResourceOf } from '../runtime/resource.ts';
import { feedPorts } from '../runtime/service-ports.ts';
import { decideDelivery } from '../use-cases/decide-delivery.ts';
import { type AskedDelivery, enterDeliveries } from '../use-cases/enter-deliveries.ts';
import type { Page } from '../use-cases/lists/definition.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { findDelivery, listDeliveries, listDeliveryQueue } from '../use-cases/read-deliveries.ts';
import { enteredOne, entryResults, withNames } from './entry-results.ts';

export const resource: ResourceOf<'serviceDeliveriesApi'> = {
  enterServiceDelivery: async (portal, { caller, body, now }) => {
    const delivery = enteredOne(await enterDeliveries(portal, { caller, now }, [askedDelivery(body)]));
    return { ...answer(delivery), location: `/api/vendor/v1/serviceDeliveries/${delivery.number}` };
  },

  enterServiceDeliveries: async (portal, { caller, body, now }) => {
    const outcomes = await enterDeliveries(portal, { caller, now }, body.deliveries.map(askedDelivery));
    const names = body.deliveries.map(({ number }) => number);
    return { body: entryResults(outcomes, names) };
  },

  listVendorServiceDeliveries: async (portal, { query: { status, ...query } }) =>
    page(await listDeliveryQueue(portal, status, query)),
  getVendorServiceDelivery: (portal, request) => inFull(portal, request),
  correctServiceDelivery: (portal, { body: { comment, ...service }, ...request }) =>
    decided(portal, 'correct', request, { comment, service: askedService(service) }),
  confirmServiceDelivery: (portal, { body, ...request }) => decided(portal, 'confirm', request, body),
  withdrawServiceDelivery: (portal, { body, ...request }) => decided(portal, 'withdraw', request, body),

  listProviderServiceDeliveries: async (portal, { caller, query }) => page(await listDeliveries(portal, caller, query)),
  getProviderServiceDelivery: (portal, request) => inFull(portal, request),
  acceptServiceDelivery: (portal, request) => decided(portal, 'accept', request, {}),
  disputeServiceDelivery: (portal, { body, ...request }) => decided(portal, 'dispute', request, body),

  listAggregatorServiceDeliveries: async (portal, { caller, query }) =>
    page(await listDeliveries(portal, caller, query)),
  getAggregatorServiceDelivery: (portal, request) => inFull(portal, request),
};

export const handler = apiHandler(serviceDeliveryRoutes, resource, portalWith(feedPorts));

type AskedBody = Omit<ApiRequest<'correctServiceDelivery'>['body'], 'comment'>;

const askedService = ({ code, quantity, ...service }: AskedBody): AskedService => ({
  ...service,
  productCode: code,
  ...(quantity !== undefined && { quantity: String(quantity) }),
});

const askedDelivery = ({
  number,
  contractId,
  ...service
}: ApiRequest<'enterServiceDelivery'>['body']): AskedDelivery => ({
  number,
  contractId,
  ...askedService(service),
});

type OfDelivery = Pick<ApiRequest<'acceptServiceDelivery'>, 'caller' | 'params' | 'now' | 'ifMatch'>;

async function inFull(portal: Portal, { caller, params }: Pick<OfDelivery, 'caller' | 'params'>) {
  const { delivery, history } = await findDelivery(portal, caller, params.deliveryNumber);
  return {
    body: { ...deliveryBody(delivery), history: history.map(({ id: _id, ...entry }) => entry) },
    version: delivery.version,
  };
}

async function decided(
  portal: Portal,
  decision: DeliveryDecision,
  { caller, params, now, ifMatch }: OfDelivery,
  said: Pick<Parameters<typeof decideDelivery>[2], 'comment' | 'service'>,
) {
  const of = { caller, number: params.deliveryNumber, now, ifMatch };
  return answer(await withNames(decideDelivery(portal, decision, { ...of, ...said })));
}

const answer = (delivery: ServiceDelivery) => ({ body: deliveryBody(delivery), version: delivery.version });

const page = ({ content, total }: Page<ServiceDelivery>) => ({ body: { content: content.map(deliveryBody), total } });

function deliveryBody(delivery: ServiceDelivery): Answer<'acceptServiceDelivery'>['body'] {
  const { number, contractId, contractNumber, status, measure, uom, deliveryDate, description, comment } = delivery;
  return {
    number,
    contractId,
    contractNumber,
    status,
    code: delivery.productCode,
    name: delivery.productName,
    measure,
    quantity: formatQuantity(delivery.quantity),
    uom,
    ppu: formatPointsPerUnit(delivery.pointsPerUnit),
    points: formatPoints(pointsOf(delivery.quantity, delivery.pointsPerUnit)),
    deliveryDate,
    description,
    ...(comment !== undefined && { comment }),
    createdTime: delivery.createdTime,
    lastModifiedTime: delivery.lastModifiedTime,
  };
}
