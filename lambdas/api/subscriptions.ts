import { dateOf, type PlainDate } from '../domain/calendar/period.ts';
import { formatPercent, formatQuantity, formatUnitPrice } from '../domain/numbers/amounts.ts';
import { lastPeriodOf } from '../domain/subscription/host-commitment.ts';
import { subscriptionStatus } from '../domain/subscription/status.ts';
import type { Subscription } from '../domain/subscription/subscription.ts';
import { subscriptionRoutes } from '../manifest/routes/subscriptions/subscriptions.ts';
import { usageRecordRoutes } from '../manifest/routes/subscriptions/usage-records.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { Answer, ResourceOf } from '../runtime/resource.ts';
import { subscriptionPorts } from '../runtime/subscription-ports.ts';
import type { Caller } from '../use-cases/caller.ts';
import { amendSubscription, cancelSubscription, renewSubscription } from '../use-cases/change-subscription.ts';
import { keepServiceContract, readServiceContracts } from '../use-cases/keep-service-contract.ts';
import type { ListQuery } from '../use-cases/lists/definition.ts';
import type { Offer } from '../use-cases/lists/offer-list.ts';
import { orderSubscription } from '../use-cases/order-subscription.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import type { ServiceContracts } from '../use-cases/ports/subscriptions.ts';
import { listOffers } from '../use-cases/read-offers.ts';
import { findSubscription, listSubscriptions } from '../use-cases/read-subscriptions.ts';
import { takeUsageRecords } from '../use-cases/take-usage-records.ts';
import { pageBody } from './contract-bodies.ts';

export const resource: ResourceOf<'subscriptionsApi'> = {
  listOffers: async (portal, { caller, params, query, now }) =>
    pageBody(await listOffers(portal, caller, params.contractId, query, now), offerBody),

  getServiceContracts: async (portal, { caller }) => servicesAnswer(await readServiceContracts(portal, caller)),
  keepServiceContract: async (portal, { caller, body, now }) =>
    servicesAnswer(await keepServiceContract(portal, caller, body, now)),

  orderSubscription: async (portal, { caller, body: { customer, startDate, ...asked }, now }) => {
    const subscription = await orderSubscription(portal, {
      ...asked,
      caller,
      now,
      customerNumber: customer.number,
      customerName: customer.name,
      startDate: startDate as PlainDate | undefined,
    });
    return {
      ...answer(subscription, now),
      location: `/api/provider/v1/cloudServices/subscriptions/${subscription.id}`,
    };
  },

  amendSubscription: async (portal, { caller, params, body, now, ifMatch }) =>
    answer(await amendSubscription(portal, { caller, ...params, now, ifMatch, ...body }), now),
  renewSubscription: async (portal, { caller, params, body, now, ifMatch }) =>
    answer(await renewSubscription(portal, { caller, ...params, now, ifMatch, ...body }), now),
  cancelSubscription: async (portal, { caller, params, body, now, ifMatch }) =>
    answer(await cancelSubscription(portal, { caller, ...params, now, ifMatch, ...body }), now),

  sendUsageRecords: async (portal, { caller, body, now }) => {
    const { records, counts, runs } = await takeUsageRecords(portal, { caller, now }, body);
    return {
      body: {
        records,
        accepted: counts.ACCEPTED,
        duplicates: counts.DUPLICATE,
        conflicts: counts.CONFLICT,
        refused: counts.REFUSED,
        results: runs,
      },
    };
  },

  listProviderSubscriptions: (portal, request) => listAll(portal, request),
  getProviderSubscription: (portal, request) => inFull(portal, request),
  listAggregatorSubscriptions: (portal, request) => listAll(portal, request),
  getAggregatorSubscription: (portal, request) => inFull(portal, request),
  listVendorSubscriptions: (portal, request) => listAll(portal, request),
  getVendorSubscription: (portal, request) => inFull(portal, request),
};

export const handler = apiHandler(
  { ...subscriptionRoutes, ...usageRecordRoutes },
  resource,
  portalWith(subscriptionPorts),
);

type Asked = { caller: Caller; now: Date };

async function listAll(portal: Portal, { caller, query, now }: Asked & { query: ListQuery }) {
  return pageBody(await listSubscriptions(portal, caller, query, now), (each) => subscriptionBody(each, now));
}

async function inFull(portal: Portal, { caller, params, now }: Asked & { params: { subscriptionId: string } }) {
  const { subscription, history } = await findSubscription(portal, caller, params.subscriptionId);
  return {
    body: { ...subscriptionBody(subscription, now), history: history.map(({ id: _id, ...entry }) => entry) },
    version: subscription.version,
  };
}

const answer = (subscription: Subscription, now: Date) => ({
  body: subscriptionBody(subscription, now),
  version: subscription.version,
});

const servicesAnswer = ({ contracts }: ServiceContracts) => ({
  body: { contracts: Object.entries(contracts).map(([service, contractId]) => ({ service, contractId })) },
});

const offerBody = ({ product: { code, name, category, uom }, price }: Offer) => ({
  code,
  name,
  service: category,
  uom,
  unitPrice: { amount: formatUnitPrice(price.unitPrice), currency: price.currency },
  discount: formatPercent(price.discount),
});

function subscriptionBody(subscription: Subscription, now: Date): Answer<'amendSubscription'>['body'] {
  const { id, subscriptionNumber, contractId, contractNumber, customerNumber, customerName } = subscription;
  const { productCode, productName, uom, from, until, commitments, createdTime, lastModifiedTime } = subscription;
  return {
    id,
    subscriptionNumber,
    contractId,
    contractNumber,
    customer: { number: customerNumber, name: customerName },
    productCode,
    productName,
    uom,
    quantity: formatQuantity(subscription.quantity),
    status: subscriptionStatus(subscription, dateOf(now)),
    startDate: from,
    ...(until !== undefined && { endDate: until }),
    commitments: commitments.map(({ first, price, quantity, ...commitment }) => ({
      id: commitment.id,
      years: commitment.years,
      payment: commitment.payment,
      firstPeriod: first,
      lastPeriod: lastPeriodOf({ first, years: commitment.years }),
      quantity: formatQuantity(quantity),
      unitPrice: { amount: formatUnitPrice(price.unitPrice), currency: price.currency },
      discount: formatPercent(price.discount),
    })),
    createdTime,
    lastModifiedTime,
  };
}
