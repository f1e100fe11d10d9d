import * as z from 'zod';
import { AGGREGATOR_METER_LIST, PROVIDER_METER_LIST } from '../../../use-cases/lists/usage-meter-list.ts';
import { listQuery, NoContent, NoParameters, pageOf } from '../common.ts';
import { EXAMPLE_CONTRACT_ID, EXAMPLE_CONTRACT_PARAMS, EXAMPLE_SITE_ID } from '../contracts/example-ids.ts';
import type { RouteDefinition } from '../route.ts';
import { Id } from '../text.ts';
import { EXAMPLE_ONE, MANAGED, METER_ID, METERS, ONE, READ, READ_BY_PROVIDER, TAG } from './common.ts';
import {
  AggregatorUsageMeter,
  AutomaticReporting,
  KeptUsageMeter,
  NewUsageMeter,
  ProviderUsageMeter,
  UsageMeterChange,
  UsageMeterDetail,
} from './structures.ts';

const METER = {
  id: METER_ID,
  instanceId: 'de16af2a-0c1d-4e5f-8a9b-8cd5d5bdad1e',
  name: 'my_um',
  version: '4.8.0.0',
  mode: 'PRODUCTION',
  connectionMode: 'ONLINE',
  lastUploadTime: '2026-11-06T00:00:00.000Z',
  uploadHealthStatus: 'GREEN',
  lastModifiedTime: '2026-05-06T00:00:00.000Z',
} as const;
const CHOSEN = { organizationType: 'SERVICE_PROVIDER', action: 'chooseAutomaticReporting' } as const;
const SITE = { usageSite: { id: EXAMPLE_SITE_ID, name: 'my_site' } };
const KEPT = {
  ...METER,
  contracts: [{ contractId: EXAMPLE_CONTRACT_ID, contractNumber: '50000001', ...SITE }],
};
const NEW = {
  instanceId: METER.instanceId,
  name: METER.name,
  version: METER.version,
  mode: 'TEST',
  connectionMode: 'ONLINE',
  contracts: [{ contractId: EXAMPLE_CONTRACT_ID, usageSiteId: EXAMPLE_SITE_ID }],
} as const;
export const usageMeterRoutes = {
  listContractUsageMeters: {
    ...READ,
    published: true,
    path: '/api/provider/v1/contracts/{contractId}/usageMeters',
    access: READ_BY_PROVIDER,
    summary: 'List the usage meters of a contract',
    description: 'The usage meters that report for a contract.',
    params: z.strictObject({ contractId: Id }),
    query: z.object(listQuery(PROVIDER_METER_LIST)),
    answer: {
      status: 200,
      description: 'A page of usage meters',
      schema: pageOf(ProviderUsageMeter).meta({ id: 'PageOfProviderUsageMeter' }),
    },
    example: {
      params: EXAMPLE_CONTRACT_PARAMS,
      query: { filter: 'mode==PRODUCTION' },
      answer: { content: [{ ...METER, ...SITE }], total: 1 },
    },
  },
  listAggregatorUsageMeters: {
    ...READ,
    published: true,
    path: '/api/aggregator/v1/usageMeters',
    access: { organizationType: 'AGGREGATOR', action: 'readUsageMeters' },
    summary: 'List usage meters',
    description: 'The usage meters that report for contracts of the caller.',
    params: NoParameters,
    query: z.object(listQuery(AGGREGATOR_METER_LIST)),
    answer: {
      status: 200,
      description: 'A page of usage meters',
      schema: pageOf(AggregatorUsageMeter).meta({ id: 'PageOfUsageMeter' }),
    },
    example: {
      query: { filter: 'uploadHealthStatus==GREEN' },
      answer: {
        content: [{ serviceProvider: { name: 'Sp Corp', prmId: '300001', countryRegion: 'US' }, ...METER }],
        total: 1,
      },
    },
  },
  getAutomaticReporting: {
    ...READ,
    path: '/api/provider/v1/automaticReporting',
    access: READ_BY_PROVIDER,
    summary: 'Get whether usage meters report for the organization',
    description: 'Meters can be registered once the organization has chosen automatic reporting.',
    params: NoParameters,
    query: NoParameters,
    answer: { status: 200, description: 'The choice', schema: AutomaticReporting },
    example: { answer: { optedIn: true, since: '2026-05-06T00:00:00.000Z', usageMeters: 1 } },
  },
  chooseAutomaticReporting: {
    ...TAG,
    method: 'PUT',
    path: '/api/provider/v1/automaticReporting',
    access: CHOSEN,
    summary: 'Choose automatic reporting, or give it up',
    description: 'It can be given up when no usage meter is registered.',
    params: NoParameters,
    query: NoParameters,
    body: z.strictObject({ optedIn: z.boolean() }).meta({ id: 'AutomaticReportingChoice' }),
    answer: { status: 200, description: 'The choice as it is now', schema: AutomaticReporting },
    problems: ['USAGE_METERS_REGISTERED', 'CHANGED_MEANWHILE'],
    example: { body: { optedIn: true }, answer: { optedIn: true, since: '2026-05-06T00:00:00.000Z', usageMeters: 1 } },
  },
  listUsageMeters: {
    ...READ,
    path: METERS,
    access: READ_BY_PROVIDER,
    summary: 'List all usage meters',
    description: "The usage meters of the caller's organization, with the contracts that they report for.",
    params: NoParameters,
    query: z.strictObject(listQuery(PROVIDER_METER_LIST)),
    answer: {
      status: 200,
      description: 'A page of usage meters',
      schema: pageOf(KeptUsageMeter).meta({ id: 'PageOfKeptUsageMeter' }),
    },
    example: { query: { sort: 'name' }, answer: { content: [KEPT], total: 1 } },
  },
  getUsageMeter: {
    ...READ,
    path: `${METERS}/{meterId}`,
    access: READ_BY_PROVIDER,
    editable: true,
    summary: 'Get a usage meter',
    description: 'A usage meter with what it has reported in the last six months and what has happened to it.',
    params: ONE,
    query: z.strictObject({
      events: z
        .string()
        .regex(/^\d{1,3}$/, 'must be a whole number from 0 to 999')
        .transform(Number)
        .default(10)
        .meta({ override: { type: 'integer', minimum: 0, default: 10 }, description: 'Most events to answer' }),
    }),
    answer: { status: 200, description: 'The usage meter', schema: UsageMeterDetail },
    example: {
      params: EXAMPLE_ONE,
      answer: {
        ...KEPT,
        months: [
          {
            usagePeriod: '2026-11',
            status: 'REPORTED',
            readings: 744,
            lastUploadTime: '2026-11-06T00:00:00.000Z',
            contracts: [
              {
                contractId: EXAMPLE_CONTRACT_ID,
                contractNumber: '50000001',
                outcome: 'APPLIED',
              },
            ],
          },
        ],
        events: [{ time: '2026-05-06T00:00:00.000Z', action: 'registerUsageMeter', actor: 'ada', text: 'PRODUCTION' }],
      },
    },
  },
  registerUsageMeter: {
    ...TAG,
    method: 'POST',
    path: METERS,
    access: MANAGED,
    summary: 'Register a usage meter',
    description: 'Registers a usage meter for one contract, or several of different families.',
    params: NoParameters,
    query: NoParameters,
    body: NewUsageMeter,
    answer: { status: 201, description: 'The usage meter', schema: KeptUsageMeter },
    problems: ['AUTOMATIC_REPORTING_OFF', 'CONTRACT_STATUS', 'CHANGED_MEANWHILE'],
    example: { body: NEW, answer: KEPT },
  },
  changeUsageMeter: {
    ...TAG,
    method: 'PATCH',
    path: `${METERS}/{meterId}`,
    access: MANAGED,
    editable: true,
    summary: 'Change a usage meter',
    description:
      'Renames it, tells its new version, moves it to other contracts or sites, or takes it from test into production. What it has reported stays where it was.',
    params: ONE,
    query: NoParameters,
    body: UsageMeterChange,
    answer: { status: 200, description: 'The usage meter as it is now', schema: KeptUsageMeter },
    problems: ['TRANSITION_NOT_ALLOWED', 'CONTRACT_STATUS', 'CHANGED_MEANWHILE'],
    example: { params: EXAMPLE_ONE, body: { mode: 'PRODUCTION' }, answer: KEPT },
  },
  removeUsageMeter: {
    ...TAG,
    method: 'DELETE',
    path: `${METERS}/{meterId}`,
    access: MANAGED,
    editable: true,
    summary: 'Remove a usage meter',
    description: 'It takes no more readings; what it has reported stays.',
    params: ONE,
    query: NoParameters,
    answer: { status: 204, description: 'It is removed', schema: NoContent },
    problems: ['CHANGED_MEANWHILE'],
    example: { params: EXAMPLE_ONE },
  },
} as const satisfies Record<string, RouteDefinition>;
