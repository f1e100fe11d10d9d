import * as z from 'zod';
import { USAGE_SITE_LIST } from '../../../use-cases/lists/usage-site-list.ts';
import { IdText, listQuery, NoParameters, pageOf } from '../common.ts';
import type { RouteDefinition } from '../route.ts';
import { CountryRegion, Id, plainText } from '../text.ts';
import { EXAMPLE_CONTRACT_PARAMS, EXAMPLE_SITE_ID } from './example-ids.ts';

const SITE = {
  id: IdText,
  name: z.string(),
  countryRegion: z.string().meta({ description: 'ISO 3166-1 code of two letters' }),
  address: z.string(),
  postCode: z.string(),
  lastModifiedTime: z.iso.datetime(),
};

const UsageSite = z
  .strictObject(SITE)
  .meta({ id: 'UsageSite', description: "A place that a contract's usage is reported for" });

const UsageSiteSimple = z
  .strictObject({ ...SITE, contractReferenceNumber: z.string() })
  .meta({ id: 'UsageSiteSimple', description: 'A usage site and the contract it belongs to' });

const KeptSite = z
  .strictObject({
    ...SITE,
    closedTime: z.iso.datetime().optional().meta({ description: 'It takes no more usage; absent while it is open' }),
  })
  .meta({ id: 'KeptUsageSite', description: 'A usage site, open or closed' });

const FIELDS = {
  name: plainText(100).meta({ description: "Unique among the contract's open sites" }),
  countryRegion: CountryRegion,
  address: plainText(200),
  postCode: plainText(20),
};
const NewSite = z.strictObject(FIELDS).meta({ id: 'NewUsageSite' });
const SiteEdit = z
  .strictObject(FIELDS)
  .partial()
  .meta({ id: 'UsageSiteChange', description: 'What is to be changed; what is not given stays' });

const EXAMPLE_FIELDS = {
  name: 'my_site',
  countryRegion: 'US',
  address: '1 S Main St, San Francisco',
  postCode: '94105',
} as const;
const EXAMPLE = { id: EXAMPLE_SITE_ID, ...EXAMPLE_FIELDS, lastModifiedTime: '2026-05-06T00:00:00.000Z' } as const;

const OF_CONTRACT = z.strictObject({ contractId: Id });
const ONE = z.strictObject({ contractId: Id, usageSiteId: Id });
const EXAMPLE_ONE = { ...EXAMPLE_CONTRACT_PARAMS, usageSiteId: EXAMPLE_SITE_ID };

const TAG = { tag: 'Usage site' } as const;
const READ = { ...TAG, method: 'GET', function: 'customersApi', problems: [] } as const;
const WRITE = { ...TAG, function: 'customersApi', query: NoParameters } as const;
const KEPT = { status: 200, description: 'The site as it is now', schema: KeptSite } as const;

const LIST = {
  ...READ,
  published: true,
  summary: 'List the usage sites of a contract',
  description: 'The open usage sites of a contract.',
  params: OF_CONTRACT,
  query: z.object(listQuery(USAGE_SITE_LIST)),
  answer: {
    status: 200,
    description: 'A page of sites',
    schema: pageOf(UsageSite).meta({ id: 'PageOfUsageSite' }),
  },
  example: {
    params: EXAMPLE_CONTRACT_PARAMS,
    query: { filter: 'countryRegion==US' },
    answer: { content: [EXAMPLE], total: 1 },
  },
} as const;
const GET = {
  ...READ,
  editable: true,
  summary: 'Get a usage site',
  description: 'A usage site of a contract, open or closed.',
  params: ONE,
  query: NoParameters,
  answer: KEPT,
  example: { params: EXAMPLE_ONE, answer: EXAMPLE },
} as const;
const CREATE = {
  ...WRITE,
  method: 'POST',
  summary: 'Create a usage site',
  description: 'Adds a usage site to a contract that has not ended.',
  params: OF_CONTRACT,
  body: NewSite,
  answer: { status: 201, description: 'The site', schema: KeptSite },
  problems: ['CONTRACT_STATUS', 'CHANGED_MEANWHILE'],
  example: { params: EXAMPLE_CONTRACT_PARAMS, body: EXAMPLE_FIELDS, answer: EXAMPLE },
} as const;
const OPEN_SITE = {
  ...WRITE,
  editable: true,
  params: ONE,
  answer: KEPT,
  problems: ['CONTRACT_STATUS', 'TRANSITION_NOT_ALLOWED', 'CHANGED_MEANWHILE'],
} as const;
const CHANGE = {
  ...OPEN_SITE,
  method: 'PATCH',
  summary: 'Change a usage site',
  description: 'Usage that was reported for it keeps the name it was reported with.',
  body: SiteEdit,
  example: { params: EXAMPLE_ONE, body: { postCode: '94105' }, answer: EXAMPLE },
} as const;
const CLOSE = {
  ...OPEN_SITE,
  method: 'POST',
  summary: 'Close a usage site',
  description: 'It takes no more usage and is listed no longer; its name may be used again.',
  example: { params: EXAMPLE_ONE, answer: { ...EXAMPLE, closedTime: '2026-11-10T02:00:00.000Z' } },
} as const;

const AGGREGATOR = '/api/aggregator/v1/contracts/{contractId}/usageSites';
const PROVIDER = '/api/provider/v1/contracts/{contractId}/usageSites';
const BY_AGGREGATOR = { organizationType: 'AGGREGATOR', action: 'readContracts' } as const;
const BY_PROVIDER = { organizationType: 'SERVICE_PROVIDER', action: 'readContracts' } as const;
const KEPT_BY_AGGREGATOR = { organizationType: 'AGGREGATOR', action: 'keepUsageSites' } as const;
const KEPT_BY_PROVIDER = { organizationType: 'SERVICE_PROVIDER', action: 'keepUsageSites' } as const;

export const usageSiteRoutes = {
  listAggregatorUsageSites: { ...LIST, path: AGGREGATOR, access: BY_AGGREGATOR },
  listProviderUsageSites: { ...LIST, path: PROVIDER, access: BY_PROVIDER },
  listAllUsageSites: {
    ...LIST,
    path: '/api/provider/v1/contracts/usageSites',
    access: { organizationType: 'SERVICE_PROVIDER', action: 'readUsageSites' },
    summary: 'List the usage sites of all contracts',
    description: "The open usage sites of all contracts of the caller's organization.",
    params: NoParameters,
    answer: {
      status: 200,
      description: 'A page of sites',
      schema: pageOf(UsageSiteSimple).meta({ id: 'PageOfUsageSiteSimple' }),
    },
    example: {
      query: { filter: 'name==my_*' },
      answer: { content: [{ ...EXAMPLE, contractReferenceNumber: 'AMER500001RENTAL' }], total: 1 },
    },
  },
  getAggregatorUsageSite: { ...GET, path: `${AGGREGATOR}/{usageSiteId}`, access: BY_AGGREGATOR },
  getProviderUsageSite: { ...GET, path: `${PROVIDER}/{usageSiteId}`, access: BY_PROVIDER },
  createAggregatorUsageSite: { ...CREATE, path: AGGREGATOR, access: KEPT_BY_AGGREGATOR },
  createProviderUsageSite: { ...CREATE, path: PROVIDER, access: KEPT_BY_PROVIDER },
  changeAggregatorUsageSite: { ...CHANGE, path: `${AGGREGATOR}/{usageSiteId}`, access: KEPT_BY_AGGREGATOR },
  changeProviderUsageSite: { ...CHANGE, path: `${PROVIDER}/{usageSiteId}`, access: KEPT_BY_PROVIDER },
  closeAggregatorUsageSite: { ...CLOSE, path: `${AGGREGATOR}/{usageSiteId}/close`, access: KEPT_BY_AGGREGATOR },
  closeProviderUsageSite: { ...CLOSE, path: `${PROVIDER}/{usageSiteId}/close`, access: KEPT_BY_PROVIDER },
} as const satisfies Record<string, RouteDefinition>;
