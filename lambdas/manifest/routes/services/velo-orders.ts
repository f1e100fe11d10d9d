import * as z from 'zod';
import { VELO_ORDER_LIST } from '../../../use-cases/lists/velo-order-list.ts';
import { listQuery, NoParameters, pageOf } from '../common.ts';
import type { RouteDefinition } from '../route.ts';
import { Id } from '../text.ts';
import { EntryResults, MOST_IN_A_BATCH } from './structures.ts';
import {
  ASKED,
  DATE,
  NewVeloOrder,
  VELO_EXAMPLE,
  VELO_EXAMPLE_ENTERED,
  VeloOrder,
  VeloOrderInFull,
} from './velo-structures.ts';

const ALL = { function: 'veloOrdersApi', tag: 'VeloCloud orders' } as const;
const ONE = {
  ...ALL,
  editable: true,
  params: z.strictObject({ veloOrderId: Id }),
  query: NoParameters,
} as const;
const EXAMPLE_PARAMS = { veloOrderId: VELO_EXAMPLE.id };
const LIST = {
  ...ALL,
  method: 'GET',
  params: NoParameters,
  query: z.strictObject(listQuery(VELO_ORDER_LIST)),
  answer: {
    status: 200,
    description: 'A page of orders',
    schema: pageOf(VeloOrder).meta({ id: 'PageOfVeloOrder' }),
  },
  problems: [],
  summary: 'List VeloCloud orders',
  description: 'VeloCloud orders of all VELO contracts of the organization.',
  example: { query: { filter: 'sid==SID-1007' }, answer: { content: [VELO_EXAMPLE], total: 1 } },
} as const;
const GET = {
  ...ONE,
  method: 'GET',
  summary: 'Get a VeloCloud order',
  description: 'A VeloCloud order and what has happened to it. Users of other organizations are not named.',
  answer: { status: 200, description: 'The order', schema: VeloOrderInFull },
  problems: [],
  example: {
    params: EXAMPLE_PARAMS,
    answer: {
      ...VELO_EXAMPLE,
      history: [{ time: VELO_EXAMPLE.createdTime, party: 'VENDOR', action: 'enterVeloOrder' }],
    },
  },
} as const;

const AGGREGATOR = { organizationType: 'AGGREGATOR', action: 'readVeloOrders' } as const;
const PROVIDER = { organizationType: 'SERVICE_PROVIDER', action: 'readVeloOrders' } as const;
const VENDOR = { organizationType: 'VENDOR', action: 'readVeloOrders' } as const;
const KEEP = { organizationType: 'VENDOR', action: 'keepVeloOrders' } as const;
const MOVE = {
  ...ONE,
  access: KEEP,
  method: 'POST',
  answer: { status: 200, description: 'The order as it is now', schema: VeloOrder },
  problems: ['USAGE_TOO_OLD', 'CHANGED_MEANWHILE'],
} as const;

export const veloOrderRoutes = {
  enterVeloOrder: {
    ...ALL,
    access: KEEP,
    editable: true,
    method: 'POST',
    path: '/api/vendor/v1/veloOrders',
    summary: 'Enter a VeloCloud order',
    description:
      'An order of a VELO contract, paid for by the month from its start on: each month has a line of it, by days where it starts or ends within. Sent again with the same content it changes nothing.',
    params: NoParameters,
    query: NoParameters,
    body: NewVeloOrder,
    answer: { status: 201, description: 'The order', schema: VeloOrder },
    problems: ['NOT_FOUND', 'VELO_ORDER_EXISTS', 'USAGE_TOO_OLD', 'CHANGED_MEANWHILE'],
    example: { body: VELO_EXAMPLE_ENTERED, answer: VELO_EXAMPLE },
  },
  enterVeloOrders: {
    ...ALL,
    access: KEEP,
    method: 'POST',
    path: '/api/vendor/v1/veloOrders/batch',
    summary: 'Enter many VeloCloud orders',
    description: `Up to ${MOST_IN_A_BATCH}, each by itself: what is refused keeps no other out. The whole batch may be sent again.`,
    params: NoParameters,
    query: NoParameters,
    body: z
      .strictObject({
        orders: z
          .array(NewVeloOrder)
          .min(1, 'must not be empty')
          .max(MOST_IN_A_BATCH, `must have at most ${MOST_IN_A_BATCH} orders`),
      })
      .meta({ id: 'NewVeloOrders' }),
    answer: { status: 200, description: 'What came of each', schema: EntryResults },
    problems: ['CHANGED_MEANWHILE'],
    example: {
      body: { orders: [VELO_EXAMPLE_ENTERED] },
      answer: { entered: 1, unchanged: 0, refused: 0, results: [{ name: VELO_EXAMPLE.id, result: 'ENTERED' }] },
    },
  },
  listVendorVeloOrders: { ...LIST, path: '/api/vendor/v1/veloOrders', access: VENDOR },
  getVendorVeloOrder: { ...GET, path: '/api/vendor/v1/veloOrders/{veloOrderId}', access: VENDOR },
  changeVeloOrder: {
    ...MOVE,
    path: '/api/vendor/v1/veloOrders/{veloOrderId}/change',
    summary: 'Change a VeloCloud order',
    description:
      'Gives it another quantity or price from a day on, on which it runs; what was to begin later falls away.',
    body: z
      .strictObject({ from: DATE.meta({ description: 'First day of the new terms' }), ...ASKED })
      .meta({ id: 'VeloOrderChange' }),
    example: {
      params: EXAMPLE_PARAMS,
      body: { from: '2026-12-16', quantity: '60', unitPrice: '65.00', discount: '10' },
      answer: {
        ...VELO_EXAMPLE,
        terms: [
          ...VELO_EXAMPLE.terms,
          { from: '2026-12-16', quantity: '60', unitPrice: '65.00', discount: '10', sellingPrice: '58.50' },
        ],
      },
    },
  },
  endVeloOrder: {
    ...MOVE,
    path: '/api/vendor/v1/veloOrders/{veloOrderId}/end',
    summary: 'End a VeloCloud order',
    description: 'Says the last day that is paid for; it may be moved.',
    body: z
      .strictObject({ endDate: DATE.meta({ description: 'Last day that is paid for' }) })
      .meta({ id: 'VeloOrderEnd' }),
    example: {
      params: EXAMPLE_PARAMS,
      body: { endDate: '2027-03-31' },
      answer: { ...VELO_EXAMPLE, endDate: '2027-03-31' },
    },
  },
  listProviderVeloOrders: { ...LIST, path: '/api/provider/v1/veloOrders', access: PROVIDER },
  getProviderVeloOrder: { ...GET, path: '/api/provider/v1/veloOrders/{veloOrderId}', access: PROVIDER },
  listAggregatorVeloOrders: { ...LIST, path: '/api/aggregator/v1/veloOrders', access: AGGREGATOR },
  getAggregatorVeloOrder: { ...GET, path: '/api/aggregator/v1/veloOrders/{veloOrderId}', access: AGGREGATOR },
} as const satisfies Record<string, RouteDefinition>;
