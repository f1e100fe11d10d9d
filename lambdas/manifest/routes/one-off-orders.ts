import * as z from 'zod';
import { ONE_OFF_ORDER_KINDS } from '../../domain/one-off-order/one-off-order.ts';
import { ONE_OFF_ORDER_STATUSES } from '../../domain/one-off-order/status.ts';
import { ONE_OFF_ORDER_LIST } from '../../use-cases/lists/one-off-order-list.ts';
import { Decimal, listQuery, NoParameters, pageOf } from './common.ts';
import { EXAMPLE_CONTRACT_ID, EXAMPLE_CONTRACT_PARAMS } from './contracts/example-ids.ts';
import { decimalNumber } from './exact-numbers.ts';
import { History } from './history.ts';
import type { RouteDefinition } from './route.ts';
import { Id, plainText } from './text.ts';

const ORDER = {
  id: z.string(),
  orderNumber: z
    .string()
    .meta({ description: "The contract's number and the order's place; 0 came with the contract" }),
  contractId: z.string(),
  contractNumber: z.string(),
  kind: z.enum(ONE_OFF_ORDER_KINDS).meta({ description: 'INITIAL came with the contract, EXTRA was asked for' }),
  status: z.enum(ONE_OFF_ORDER_STATUSES),
  description: z.string(),
  licenses: z
    .array(z.strictObject({ code: z.string(), name: z.string(), quantity: Decimal }))
    .meta({ description: 'Products and how many licences of each; empty for INITIAL' }),
  comment: z.string().optional().meta({ description: 'What the vendor said last' }),
  licenseKeys: z
    .int()
    .optional()
    .meta({ description: 'How many licence keys there are; absent until it is fulfilled' }),
  createdTime: z.iso.datetime(),
  lastModifiedTime: z.iso.datetime(),
};
const OneOffOrder = z.strictObject(ORDER).meta({ id: 'OneOffOrder', description: 'An order of licences; not charged' });

const OneOffOrderInFull = z
  .strictObject({
    ...ORDER,
    history: History,
  })
  .meta({ id: 'OneOffOrderInFull' });

const MOST_PRODUCTS = 50;
const ProductCode = z.string().max(100).meta({ description: "Code of a product of the contract's family" });
const NewOneOffOrder = z
  .strictObject({
    description: plainText(200).meta({ description: 'What the licences are for' }),
    licenses: z
      .array(
        z.strictObject({
          code: ProductCode,
          quantity: z
            .union([z.string().max(20), decimalNumber(20)])
            .meta({ description: 'Whole licences, 1 to 1000000, as text or as a number', example: '10' }),
        }),
      )
      .min(1, 'must not be empty')
      .max(MOST_PRODUCTS, `must have at most ${MOST_PRODUCTS} products`),
  })
  .meta({ id: 'NewOneOffOrder' });

const MOST_KEYS = 500;
const LicenseKeys = z.array(z.strictObject({ code: ProductCode, key: plainText(500) }));
const Fulfilment = z
  .strictObject({
    comment: plainText(500).optional().meta({ description: 'What the parties are told' }),
    licenseKeys: LicenseKeys.min(1, 'must not be empty').max(MOST_KEYS, `must have at most ${MOST_KEYS} keys`).meta({
      description: 'At least one key of each product that was ordered. Stored encrypted; never answered to the vendor',
    }),
  })
  .meta({ id: 'OneOffOrderFulfilment' });
const Comment = plainText(500).meta({ description: 'What the parties are told' });

const EXAMPLE_ID = `${EXAMPLE_CONTRACT_ID}_1`;
const EXAMPLE_PARAMS = { oneOffOrderId: EXAMPLE_ID };
const EXAMPLE = {
  id: EXAMPLE_ID,
  orderNumber: '50000001-1',
  contractId: EXAMPLE_CONTRACT_ID,
  contractNumber: '50000001',
  kind: 'EXTRA',
  status: 'PENDING_APPROVAL',
  description: 'Second data centre',
  licenses: [{ code: 'CORE', name: 'Core', quantity: '10' }],
  createdTime: '2026-11-10T09:30:00.000Z',
  lastModifiedTime: '2026-11-10T09:30:00.000Z',
} as const;
const EXAMPLE_KEY = { code: 'CORE', key: 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE' };

const ALL = { function: 'oneOffOrdersApi', tag: 'One-off orders' } as const;
const ONE = {
  ...ALL,
  params: z.strictObject({ oneOffOrderId: Id }),
  query: NoParameters,
} as const;
const PAGE = {
  status: 200,
  description: 'A page of orders',
  schema: pageOf(OneOffOrder).meta({ id: 'PageOfOneOffOrder' }),
} as const;
const LIST = {
  ...ALL,
  method: 'GET',
  params: NoParameters,
  query: z.strictObject(listQuery(ONE_OFF_ORDER_LIST)),
  answer: PAGE,
  problems: [],
  summary: 'List one-off orders',
  description: 'One-off orders of all contracts of the organization.',
  example: { query: { filter: 'status==APPROVED' }, answer: { content: [], total: 0 } },
} as const;
const LIST_OF_CONTRACT = {
  ...LIST,
  params: z.strictObject({ contractId: Id }),
  summary: 'List the one-off orders of a contract',
  description: 'One-off orders of a contract, the one that came with it among them.',
  example: { params: EXAMPLE_CONTRACT_PARAMS, answer: { content: [EXAMPLE], total: 1 } },
} as const;
const GET = {
  ...ONE,
  editable: true,
  method: 'GET',
  summary: 'Get a one-off order',
  description: 'A one-off order and what has happened to it. Users of other organizations are not named.',
  answer: { status: 200, description: 'The order', schema: OneOffOrderInFull },
  problems: [],
  example: {
    params: EXAMPLE_PARAMS,
    answer: {
      ...EXAMPLE,
      history: [
        {
          time: EXAMPLE.createdTime,
          party: 'SERVICE_PROVIDER',
          actor: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
          action: 'orderLicenses',
          to: 'PENDING_APPROVAL',
        },
      ],
    },
  },
} as const;

const AGGREGATOR = { organizationType: 'AGGREGATOR', action: 'readOneOffOrders' } as const;
const PROVIDER = { organizationType: 'SERVICE_PROVIDER', action: 'readOneOffOrders' } as const;
const VENDOR = { organizationType: 'VENDOR', action: 'readOneOffOrders' } as const;
const DECIDE = {
  ...ONE,
  editable: true,
  access: { organizationType: 'VENDOR', action: 'decideOneOffOrders' },
  method: 'POST',
  answer: { status: 200, description: 'The order as it is now', schema: OneOffOrder },
} as const;

export const oneOffOrderRoutes = {
  orderLicenses: {
    ...ALL,
    access: { organizationType: 'SERVICE_PROVIDER', action: 'orderLicenses' },
    method: 'POST',
    path: '/api/provider/v1/contracts/{contractId}/oneOffOrders',
    summary: 'Order licences',
    description:
      'Orders licences beside those that came with a RENTAL, SOV or LPCAAS contract, for the vendor to approve. Refused while a report of the contract is missing. Not charged: what is used is, by reporting.',
    params: z.strictObject({ contractId: Id }),
    query: NoParameters,
    body: NewOneOffOrder,
    answer: { status: 201, description: 'The order', schema: OneOffOrder },
    problems: ['NOT_LICENSED', 'CONTRACT_STATUS', 'CONTRACT_DELINQUENT', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_CONTRACT_PARAMS,
      body: { description: EXAMPLE.description, licenses: [{ code: 'CORE', quantity: '10' }] },
      answer: EXAMPLE,
    },
  },
  listProviderOneOffOrders: { ...LIST, path: '/api/provider/v1/oneOffOrders', access: PROVIDER },
  listProviderContractOneOffOrders: {
    ...LIST_OF_CONTRACT,
    path: '/api/provider/v1/contracts/{contractId}/oneOffOrders',
    access: PROVIDER,
  },
  getProviderOneOffOrder: { ...GET, path: '/api/provider/v1/oneOffOrders/{oneOffOrderId}', access: PROVIDER },
  showLicenseKeys: {
    ...ONE,
    access: { organizationType: 'SERVICE_PROVIDER', action: 'readLicenseKeys' },
    method: 'GET',
    path: '/api/provider/v1/oneOffOrders/{oneOffOrderId}/licenseKeys',
    summary: 'Show licence keys',
    description:
      "The licence keys of a fulfilled order, for Operations and for the user whose address is the contract's licence contact. That they were looked at is in the order's history.",
    answer: {
      status: 200,
      description: 'The keys',
      schema: z.strictObject({ licenseKeys: LicenseKeys }).meta({ id: 'LicenseKeys' }),
      secret: true,
    },
    problems: [],
    example: { params: EXAMPLE_PARAMS, answer: { licenseKeys: [EXAMPLE_KEY] } },
  },
  listAggregatorOneOffOrders: { ...LIST, path: '/api/aggregator/v1/oneOffOrders', access: AGGREGATOR },
  listAggregatorContractOneOffOrders: {
    ...LIST_OF_CONTRACT,
    path: '/api/aggregator/v1/contracts/{contractId}/oneOffOrders',
    access: AGGREGATOR,
  },
  getAggregatorOneOffOrder: { ...GET, path: '/api/aggregator/v1/oneOffOrders/{oneOffOrderId}', access: AGGREGATOR },
  listVendorOneOffOrders: {
    ...LIST,
    path: '/api/vendor/v1/oneOffOrders',
    access: VENDOR,
    description: 'One-off orders of the programme in one state; those that wait for approval unless told otherwise.',
    query: z.strictObject({
      ...listQuery(ONE_OFF_ORDER_LIST),
      status: z
        .enum(ONE_OFF_ORDER_STATUSES, `must be one of ${ONE_OFF_ORDER_STATUSES.join(', ')}`)
        .default('PENDING_APPROVAL')
        .meta({ description: 'State of the orders' }),
    }),
    example: { query: { filter: 'kind==EXTRA' }, answer: { content: [EXAMPLE], total: 1 } },
  },
  getVendorOneOffOrder: { ...GET, path: '/api/vendor/v1/oneOffOrders/{oneOffOrderId}', access: VENDOR },
  approveOneOffOrder: {
    ...DECIDE,
    path: '/api/vendor/v1/oneOffOrders/{oneOffOrderId}/approve',
    summary: 'Approve a one-off order',
    description: 'Refused, as ordering is, while a report of the contract is missing.',
    body: z.strictObject({ comment: Comment.optional() }).meta({ id: 'OneOffOrderApproval' }),
    problems: ['TRANSITION_NOT_ALLOWED', 'CONTRACT_STATUS', 'CONTRACT_DELINQUENT', 'CHANGED_MEANWHILE'],
    example: { params: EXAMPLE_PARAMS, body: {}, answer: { ...EXAMPLE, status: 'APPROVED' } },
  },
  rejectOneOffOrder: {
    ...DECIDE,
    path: '/api/vendor/v1/oneOffOrders/{oneOffOrderId}/reject',
    summary: 'Reject a one-off order',
    description: 'Nothing comes of it; also of one that was approved and is not fulfilled yet.',
    body: z.strictObject({ comment: Comment }).meta({ id: 'OneOffOrderRejection' }),
    problems: ['TRANSITION_NOT_ALLOWED', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_PARAMS,
      body: { comment: 'Not in this programme' },
      answer: { ...EXAMPLE, status: 'REJECTED', comment: 'Not in this programme' },
    },
  },
  fulfilOneOffOrder: {
    ...DECIDE,
    path: '/api/vendor/v1/oneOffOrders/{oneOffOrderId}/fulfil',
    summary: 'Fulfil a one-off order',
    description:
      'Gives an approved order its licence keys. They are shown to Operations of the service provider and to the licence contact of the contract alone.',
    body: Fulfilment,
    problems: ['TRANSITION_NOT_ALLOWED', 'CONTRACT_STATUS', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_PARAMS,
      body: { licenseKeys: [EXAMPLE_KEY] },
      answer: { ...EXAMPLE, status: 'FULFILLED', licenseKeys: 1 },
    },
  },
} as const satisfies Record<string, RouteDefinition>;
