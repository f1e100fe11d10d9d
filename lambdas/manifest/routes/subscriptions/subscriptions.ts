import * as z from 'zod';
import { OFFER_LIST } from '../../../use-cases/lists/offer-list.ts';
import { SUBSCRIPTION_LIST } from '../../../use-cases/lists/subscription-list.ts';
import { listQuery, NoParameters, pageOf } from '../common.ts';
import { EXAMPLE_CONTRACT_ID, EXAMPLE_CONTRACT_PARAMS } from '../contracts/example-ids.ts';
import type { RouteDefinition } from '../route.ts';
import { Id, Why } from '../text.ts';
import {
  NewSubscription,
  Offer,
  ServiceContract,
  ServiceContracts,
  Subscription,
  SubscriptionAmendment,
  SubscriptionInFull,
  SubscriptionRenewal,
} from './structures.ts';

const EXAMPLE_PARAMS = { subscriptionId: `${EXAMPLE_CONTRACT_ID}_S1` };
const EXAMPLE = {
  id: EXAMPLE_PARAMS.subscriptionId,
  subscriptionNumber: '50000001-S1',
  contractId: EXAMPLE_CONTRACT_ID,
  contractNumber: '50000001',
  customer: { number: 'CUST-1001', name: 'Customer Corp' },
  productCode: 'CLOUD-HOST',
  productName: 'Cloud host',
  uom: 'Host',
  quantity: '4',
  status: 'ACTIVE',
  startDate: '2026-11-10',
  endDate: '2027-11-09',
  commitments: [],
  createdTime: '2026-11-10T09:30:00.000Z',
  lastModifiedTime: '2026-11-10T09:30:00.000Z',
} as const;
const COMMITTED = {
  ...EXAMPLE,
  commitments: [
    {
      id: '50000001-S1-C1',
      years: 1,
      payment: 'MONTHLY',
      firstPeriod: '2026-12',
      lastPeriod: '2027-11',
      quantity: '4',
      unitPrice: { amount: '5200.00', currency: 'USD' },
      discount: '15',
    },
  ],
} as const;

const ALL = { function: 'subscriptionsApi', tag: 'Cloud services' } as const;
const READ_BY_PROVIDER = { organizationType: 'SERVICE_PROVIDER', action: 'readSubscriptions' } as const;
const READ_BY_AGGREGATOR = { organizationType: 'AGGREGATOR', action: 'readSubscriptions' } as const;
const READ_BY_VENDOR = { organizationType: 'VENDOR', action: 'readSubscriptions' } as const;
const ORDERED = { organizationType: 'SERVICE_PROVIDER', action: 'orderSubscriptions' } as const;

const LIST = {
  ...ALL,
  method: 'GET',
  summary: 'List subscriptions',
  description: 'Cloud subscriptions of all customer organizations, in the state they are in today.',
  params: NoParameters,
  query: z.strictObject(listQuery(SUBSCRIPTION_LIST)),
  answer: {
    status: 200,
    description: 'A page of subscriptions',
    schema: pageOf(Subscription).meta({ id: 'PageOfSubscription' }),
  },
  problems: [],
  example: { query: { filter: 'status==ACTIVE' }, answer: { content: [EXAMPLE], total: 1 } },
} as const;
const ONE = { ...ALL, params: z.strictObject({ subscriptionId: Id }), query: NoParameters, editable: true } as const;
const READ = {
  ...ONE,
  method: 'GET',
  summary: 'Get a subscription',
  description: 'A subscription and what has happened to it. Users of other organizations are not named.',
  answer: { status: 200, description: 'The subscription', schema: SubscriptionInFull },
  problems: [],
  example: {
    params: EXAMPLE_PARAMS,
    answer: {
      ...COMMITTED,
      history: [
        {
          time: EXAMPLE.createdTime,
          party: 'SERVICE_PROVIDER',
          actor: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
          action: 'orderSubscription',
        },
      ],
    },
  },
} as const;
const CHANGE = {
  ...ONE,
  method: 'POST',
  access: ORDERED,
  answer: { status: 200, description: 'The subscription as it is now', schema: Subscription },
} as const;

export const subscriptionRoutes = {
  listOffers: {
    ...ALL,
    method: 'GET',
    path: '/api/provider/v1/cloudServices/contracts/{contractId}/offers',
    access: READ_BY_PROVIDER,
    summary: 'List offers',
    description:
      'Cloud services that can be subscribed to under a contract, with their prices of this month; none under one that is not of cloud services.',
    params: z.strictObject({ contractId: Id }),
    query: z.strictObject(listQuery(OFFER_LIST)),
    answer: { status: 200, description: 'A page of offers', schema: pageOf(Offer).meta({ id: 'PageOfOffer' }) },
    problems: [],
    example: {
      params: EXAMPLE_CONTRACT_PARAMS,
      query: { filter: 'service==Compute' },
      answer: {
        content: [
          {
            code: 'CLOUD-HOST',
            name: 'Cloud host',
            service: 'Compute',
            uom: 'Host',
            unitPrice: { amount: '5200.00', currency: 'USD' },
            discount: '15',
          },
        ],
        total: 1,
      },
    },
  },
  getServiceContracts: {
    ...ALL,
    method: 'GET',
    path: '/api/provider/v1/cloudServices/contracts',
    access: READ_BY_PROVIDER,
    summary: 'Get which contracts services are charged to',
    description: 'The contracts that new subscriptions are charged to where none is named, by service.',
    params: NoParameters,
    query: NoParameters,
    answer: { status: 200, description: 'The contracts', schema: ServiceContracts },
    problems: [],
    example: { answer: { contracts: [{ service: 'Compute', contractId: EXAMPLE_CONTRACT_ID }] } },
  },
  keepServiceContract: {
    ...ALL,
    method: 'PUT',
    path: '/api/provider/v1/cloudServices/contracts',
    access: ORDERED,
    summary: 'Choose which contract a service is charged to',
    description: 'Of several contracts for a service, new subscriptions are charged to this one where none is named.',
    params: NoParameters,
    query: NoParameters,
    body: ServiceContract,
    answer: { status: 200, description: 'The contracts as they are now', schema: ServiceContracts },
    problems: ['CHANGED_MEANWHILE'],
    example: {
      body: { service: 'Compute', contractId: EXAMPLE_CONTRACT_ID },
      answer: { contracts: [{ service: 'Compute', contractId: EXAMPLE_CONTRACT_ID }] },
    },
  },
  orderSubscription: {
    ...ALL,
    method: 'POST',
    path: '/api/provider/v1/cloudServices/subscriptions',
    access: ORDERED,
    summary: 'Order a subscription',
    description: `Subscribes a customer organization to a cloud service. The first subscription of a service provider sets its
anniversary billing date. From the next such day of a month on, counted from the first subscription of a contract, the usage
periods of that contract begin on it, and the days before are a period of their own.`,
    params: NoParameters,
    query: NoParameters,
    body: NewSubscription,
    answer: { status: 201, description: 'The subscription', schema: Subscription },
    problems: [
      'NOT_FOUND',
      'CONTRACT_STATUS',
      'THRESHOLD_EXCEEDED',
      'NOT_PRICED',
      'SUBSCRIPTION_TERM',
      'PERIOD_FROZEN',
      'CHANGED_MEANWHILE',
    ],
    example: {
      body: {
        contractId: EXAMPLE_CONTRACT_ID,
        customer: EXAMPLE.customer,
        productCode: EXAMPLE.productCode,
        quantity: '4',
        commitment: { years: 1, payment: 'MONTHLY' },
      },
      answer: COMMITTED,
    },
  },
  listProviderSubscriptions: {
    ...LIST,
    path: '/api/provider/v1/cloudServices/subscriptions',
    access: READ_BY_PROVIDER,
  },
  getProviderSubscription: {
    ...READ,
    path: '/api/provider/v1/cloudServices/subscriptions/{subscriptionId}',
    access: READ_BY_PROVIDER,
  },
  amendSubscription: {
    ...CHANGE,
    path: '/api/provider/v1/cloudServices/subscriptions/{subscriptionId}/amend',
    summary: 'Amend a subscription',
    description: 'Changes how much is subscribed, from now on; not while it is committed.',
    body: SubscriptionAmendment,
    problems: ['TRANSITION_NOT_ALLOWED', 'SUBSCRIPTION_TERM', 'CHANGED_MEANWHILE'],
    example: { params: EXAMPLE_PARAMS, body: { quantity: '4' }, answer: EXAMPLE },
  },
  renewSubscription: {
    ...CHANGE,
    path: '/api/provider/v1/cloudServices/subscriptions/{subscriptionId}/renew',
    summary: 'Renew a subscription',
    description: 'The new term follows the last day there was: months on demand, or a commitment.',
    body: SubscriptionRenewal,
    problems: ['TRANSITION_NOT_ALLOWED', 'CONTRACT_STATUS', 'SUBSCRIPTION_TERM', 'NOT_PRICED', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_PARAMS,
      body: { termMonths: 12 },
      answer: { ...EXAMPLE, endDate: '2028-11-09' },
    },
  },
  cancelSubscription: {
    ...CHANGE,
    path: '/api/provider/v1/cloudServices/subscriptions/{subscriptionId}/cancel',
    summary: 'Cancel a subscription',
    description: 'Today is its last day; not while it is committed. What was used until then is charged.',
    body: Why,
    problems: ['TRANSITION_NOT_ALLOWED', 'SUBSCRIPTION_TERM', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_PARAMS,
      body: { reason: 'No longer needed' },
      answer: { ...EXAMPLE, status: 'CANCELLED', endDate: '2026-11-10' },
    },
  },
  listAggregatorSubscriptions: {
    ...LIST,
    path: '/api/aggregator/v1/cloudServices/subscriptions',
    access: READ_BY_AGGREGATOR,
  },
  getAggregatorSubscription: {
    ...READ,
    path: '/api/aggregator/v1/cloudServices/subscriptions/{subscriptionId}',
    access: READ_BY_AGGREGATOR,
  },
  listVendorSubscriptions: { ...LIST, path: '/api/vendor/v1/cloudServices/subscriptions', access: READ_BY_VENDOR },
  getVendorSubscription: {
    ...READ,
    path: '/api/vendor/v1/cloudServices/subscriptions/{subscriptionId}',
    access: READ_BY_VENDOR,
  },
} as const satisfies Record<string, RouteDefinition>;
