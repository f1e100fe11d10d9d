import * as z from 'zod';
import { SERVICE_DELIVERY_STATUSES } from '../../../domain/service-delivery/status.ts';
import { SERVICE_DELIVERY_LIST } from '../../../use-cases/lists/service-delivery-list.ts';
import { listQuery, NoParameters, pageOf } from '../common.ts';
import type { RouteDefinition } from '../route.ts';
import { Id } from '../text.ts';
import { EXAMPLE, EXAMPLE_ENTERED, EXAMPLE_HISTORY, EXAMPLE_PARAMS, EXAMPLE_SERVICE } from './examples.ts';
import {
  Comment,
  Delivery,
  DeliveryInFull,
  EntryResults,
  MOST_IN_A_BATCH,
  NewDelivery,
  Service,
} from './structures.ts';

const ALL = { function: 'serviceDeliveriesApi', tag: 'Service deliveries' } as const;
const DeliveryNumber = Id.meta({ description: "The vendor's number of the record", example: 'SD-2026-0042' });
const ONE = {
  ...ALL,
  editable: true,
  params: z.strictObject({ deliveryNumber: DeliveryNumber }),
  query: NoParameters,
} as const;
const LIST = {
  ...ALL,
  method: 'GET',
  params: NoParameters,
  query: z.strictObject(listQuery(SERVICE_DELIVERY_LIST)),
  answer: {
    status: 200,
    description: 'A page of deliveries',
    schema: pageOf(Delivery).meta({ id: 'PageOfServiceDelivery' }),
  },
  problems: [],
  summary: 'List services delivered',
  description: 'Services delivered on all GSS and SRV contracts of the organization.',
  example: { query: { filter: 'status==PENDING_ACCEPTANCE' }, answer: { content: [EXAMPLE], total: 1 } },
} as const;
const GET = {
  ...ONE,
  method: 'GET',
  summary: 'Get a service delivery',
  description:
    'A record of services delivered and what has happened to it. Users of other organizations are not named.',
  answer: { status: 200, description: 'The delivery', schema: DeliveryInFull },
  problems: [],
  example: { params: EXAMPLE_PARAMS, answer: { ...EXAMPLE, history: EXAMPLE_HISTORY } },
} as const;
const MOVE = {
  ...ONE,
  method: 'POST',
  answer: { status: 200, description: 'The delivery as it is now', schema: Delivery },
} as const;

const AGGREGATOR = { organizationType: 'AGGREGATOR', action: 'readServiceDeliveries' } as const;
const PROVIDER = { organizationType: 'SERVICE_PROVIDER', action: 'readServiceDeliveries' } as const;
const VENDOR = { organizationType: 'VENDOR', action: 'readServiceDeliveries' } as const;
const ENTER = { organizationType: 'VENDOR', action: 'enterServiceDeliveries' } as const;
const DECIDE = { organizationType: 'SERVICE_PROVIDER', action: 'decideServiceDeliveries' } as const;

export const serviceDeliveryRoutes = {
  enterServiceDelivery: {
    ...ALL,
    access: ENTER,
    editable: true,
    method: 'POST',
    path: '/api/vendor/v1/serviceDeliveries',
    summary: 'Enter a service delivery',
    description:
      'Records services delivered on a GSS or SRV contract: they are usage of the month of their date, on its order or as arrears, until the service provider disputes them. Sent again with the same content it changes nothing.',
    params: NoParameters,
    query: NoParameters,
    body: NewDelivery,
    answer: { status: 201, description: 'The delivery', schema: Delivery },
    problems: ['NOT_FOUND', 'DELIVERY_EXISTS', 'USAGE_TOO_OLD', 'USAGE_NOT_HERE', 'CHANGED_MEANWHILE'],
    example: { body: EXAMPLE_ENTERED, answer: EXAMPLE },
  },
  enterServiceDeliveries: {
    ...ALL,
    access: ENTER,
    method: 'POST',
    path: '/api/vendor/v1/serviceDeliveries/batch',
    summary: 'Enter many service deliveries',
    description: `Up to ${MOST_IN_A_BATCH}, each by itself: what is refused keeps no other out. The whole batch may be sent again.`,
    params: NoParameters,
    query: NoParameters,
    body: z
      .strictObject({
        deliveries: z
          .array(NewDelivery)
          .min(1, 'must not be empty')
          .max(MOST_IN_A_BATCH, `must have at most ${MOST_IN_A_BATCH} deliveries`),
      })
      .meta({ id: 'NewServiceDeliveries' }),
    answer: { status: 200, description: 'What came of each', schema: EntryResults },
    problems: ['CHANGED_MEANWHILE'],
    example: {
      body: { deliveries: [EXAMPLE_ENTERED] },
      answer: { entered: 1, unchanged: 0, refused: 0, results: [{ name: EXAMPLE.number, result: 'ENTERED' }] },
    },
  },
  listVendorServiceDeliveries: {
    ...LIST,
    path: '/api/vendor/v1/serviceDeliveries',
    access: VENDOR,
    description: 'Services delivered in the programme in one state; those that are disputed unless told otherwise.',
    query: z.strictObject({
      ...listQuery(SERVICE_DELIVERY_LIST),
      status: z
        .enum(SERVICE_DELIVERY_STATUSES, `must be one of ${SERVICE_DELIVERY_STATUSES.join(', ')}`)
        .default('DISPUTED')
        .meta({ description: 'State of the deliveries' }),
    }),
    example: {
      query: { filter: 'contractNumber==50000001' },
      answer: { content: [{ ...EXAMPLE, status: 'DISPUTED' }], total: 1 },
    },
  },
  getVendorServiceDelivery: { ...GET, path: '/api/vendor/v1/serviceDeliveries/{deliveryNumber}', access: VENDOR },
  correctServiceDelivery: {
    ...MOVE,
    access: ENTER,
    path: '/api/vendor/v1/serviceDeliveries/{deliveryNumber}/correct',
    summary: 'Correct a service delivery',
    description:
      'Says the whole of it anew, within its month, as long as it is not accepted and not on an order that is submitted. It waits for acceptance again.',
    body: Service.extend({ comment: Comment.optional() }).meta({ id: 'ServiceDeliveryCorrection' }),
    problems: ['TRANSITION_NOT_ALLOWED', 'USAGE_SUBMITTED', 'USAGE_TOO_OLD', 'USAGE_NOT_HERE', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_PARAMS,
      body: { ...EXAMPLE_SERVICE, quantity: '6', comment: 'One session was cancelled' },
      answer: { ...EXAMPLE, quantity: '6', points: '1080', comment: 'One session was cancelled' },
    },
  },
  confirmServiceDelivery: {
    ...MOVE,
    access: ENTER,
    path: '/api/vendor/v1/serviceDeliveries/{deliveryNumber}/confirm',
    summary: 'Confirm a disputed service delivery',
    description: 'It is charged as it is, as arrears where the order of its month is submitted.',
    body: z.strictObject({ comment: Comment }).meta({ id: 'ServiceDeliveryConfirmation' }),
    problems: ['TRANSITION_NOT_ALLOWED', 'USAGE_NOT_HERE', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_PARAMS,
      body: { comment: 'Signed for on site' },
      answer: { ...EXAMPLE, status: 'ACCEPTED', comment: 'Signed for on site' },
    },
  },
  withdrawServiceDelivery: {
    ...MOVE,
    access: ENTER,
    path: '/api/vendor/v1/serviceDeliveries/{deliveryNumber}/withdraw',
    summary: 'Withdraw a service delivery',
    description: 'Nothing is charged for it. Not once it is accepted or on an order that is submitted.',
    body: z.strictObject({ comment: Comment }).meta({ id: 'ServiceDeliveryWithdrawal' }),
    problems: ['TRANSITION_NOT_ALLOWED', 'USAGE_SUBMITTED', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_PARAMS,
      body: { comment: 'Entered twice' },
      answer: { ...EXAMPLE, status: 'WITHDRAWN', comment: 'Entered twice' },
    },
  },
  listProviderServiceDeliveries: { ...LIST, path: '/api/provider/v1/serviceDeliveries', access: PROVIDER },
  getProviderServiceDelivery: { ...GET, path: '/api/provider/v1/serviceDeliveries/{deliveryNumber}', access: PROVIDER },
  acceptServiceDelivery: {
    ...MOVE,
    access: DECIDE,
    path: '/api/provider/v1/serviceDeliveries/{deliveryNumber}/accept',
    summary: 'Accept a service delivery',
    description: 'From then on nobody changes it. What nobody disputes is billed without it, too.',
    problems: ['TRANSITION_NOT_ALLOWED', 'CHANGED_MEANWHILE'],
    example: { params: EXAMPLE_PARAMS, answer: { ...EXAMPLE, status: 'ACCEPTED' } },
  },
  disputeServiceDelivery: {
    ...MOVE,
    access: DECIDE,
    path: '/api/provider/v1/serviceDeliveries/{deliveryNumber}/dispute',
    summary: 'Dispute a service delivery',
    description:
      'Takes it off the order it stands on until the vendor corrects, confirms or withdraws it. Not once that order is submitted.',
    body: z.strictObject({ comment: Comment }).meta({ id: 'ServiceDeliveryDispute' }),
    problems: ['TRANSITION_NOT_ALLOWED', 'USAGE_SUBMITTED', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_PARAMS,
      body: { comment: 'One session was cancelled' },
      answer: { ...EXAMPLE, status: 'DISPUTED', comment: 'One session was cancelled' },
    },
  },
  listAggregatorServiceDeliveries: { ...LIST, path: '/api/aggregator/v1/serviceDeliveries', access: AGGREGATOR },
  getAggregatorServiceDelivery: {
    ...GET,
    path: '/api/aggregator/v1/serviceDeliveries/{deliveryNumber}',
    access: AGGREGATOR,
  },
} as const satisfies Record<string, RouteDefinition>;
