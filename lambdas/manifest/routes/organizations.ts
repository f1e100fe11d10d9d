import * as z from 'zod';
import { FAMILY_TYPES } from '../../domain/catalogue/family.ts';
import { ORGANIZATION_TYPES } from '../../domain/organization/organization.ts';
import { ORGANIZATION_STATUSES } from '../../domain/organization/status.ts';
import { ORGANIZATION_LIST } from '../../use-cases/lists/organization-list.ts';
import { listQuery, NoParameters, pageOf } from './common.ts';
import type { RouteDefinition } from './route.ts';
import { CountryRegion, Id, MailAddress, plainText, Reason, Why } from './text.ts';

const OrganizationSummary = z
  .strictObject({
    id: z.string(),
    type: z.enum(ORGANIZATION_TYPES),
    name: z.string(),
    prmId: z.string().meta({ description: 'Partner number' }),
    region: z.string(),
    countryRegion: z.string(),
    status: z.enum(ORGANIZATION_STATUSES),
    awsResell: z.boolean().meta({ description: 'Dedicated to AWS Resell' }),
  })
  .meta({ id: 'OrganizationSummary', description: 'An organization as lists show it' });

export const OrganizationSchema = OrganizationSummary.extend({
  address: z.array(z.string()),
  taxId: z.string().optional(),
  email: z.string(),
}).meta({ id: 'Organization', description: 'A partner or the vendor' });

export const ORGANIZATION_MEMBERS = {
  name: plainText(120),
  region: z
    .string('must be text')
    .regex(/^[A-Z]{2,10}$/, 'must be 2 to 10 capital letters, e.g. AMER')
    .meta({ description: 'Sales region', example: 'EMEA' }),
  countryRegion: CountryRegion,
  address: z
    .array(plainText(120), 'must be a list of lines')
    .min(1, 'must have at least one line')
    .max(6, 'must have at most 6 lines')
    .meta({ description: 'Lines of the postal address, as printed on documents' }),
  taxId: plainText(40).optional(),
  email: MailAddress.meta({ description: 'Where documents and notices go', example: 'billing@example.com' }),
};

export const NewOrganization = z
  .strictObject({
    ...ORGANIZATION_MEMBERS,
    type: z.enum(['SERVICE_PROVIDER', 'AGGREGATOR'], 'must be SERVICE_PROVIDER or AGGREGATOR'),
    prmId: z
      .string('must be text')
      .regex(/^[A-Za-z0-9-]{1,40}$/, 'must be 1 to 40 letters, digits or hyphens')
      .meta({ description: 'Partner number: no other organization may have it', example: '300017' }),
    awsResell: z.boolean('must be true or false').default(false).meta({ description: 'Dedicated to AWS Resell' }),
    productFamily: z
      .enum(FAMILY_TYPES, `must be one of ${FAMILY_TYPES.join(', ')}`)
      .optional()
      .meta({
        description: 'Family that the partner is onboarded for, to be told when the organization is none for it',
      }),
  })
  .meta({ id: 'NewOrganization' });

const OrganizationChange = z
  .strictObject({ ...z.strictObject(ORGANIZATION_MEMBERS).partial().shape, reason: Reason })
  .meta({ id: 'OrganizationChange', description: 'What is to be changed; what is not given stays' });

const EXAMPLE_SUMMARY = {
  id: '5a2c1b7e-0f43-4d5e-8a90-1c2d3e4f5a6b',
  type: 'SERVICE_PROVIDER',
  name: 'Müritz Cloud AG',
  prmId: '300017',
  region: 'EMEA',
  countryRegion: 'DE',
  status: 'ACTIVE',
  awsResell: false,
} as const;
const EXAMPLE_ADDRESS = ['Am Strande 7', '18055 Rostock', 'Deutschland'] as const;
export const EXAMPLE_ORGANIZATION = {
  ...EXAMPLE_SUMMARY,
  address: EXAMPLE_ADDRESS,
  taxId: 'DE290117364',
  email: 'billing@mueritz-cloud.example',
} as const;
const EXAMPLE_PARAMS = { organizationId: EXAMPLE_ORGANIZATION.id };

const ALL = { function: 'organizationsApi', tag: 'Organization' } as const;
const ONE = { ...ALL, params: z.strictObject({ organizationId: Id }), query: NoParameters, editable: true } as const;
const READ = { access: { organizationType: 'VENDOR', action: 'readOrganizations' } } as const;
const MANAGE = { access: { organizationType: 'VENDOR', action: 'manageOrganizations' } } as const;
const THE_ORGANIZATION = {
  status: 200,
  description: 'The organization as it is now',
  schema: OrganizationSchema,
} as const;
const MOVE = {
  ...ONE,
  ...MANAGE,
  method: 'POST',
  body: Why,
  answer: THE_ORGANIZATION,
  problems: ['TRANSITION_NOT_ALLOWED', 'CHANGED_MEANWHILE'],
} as const;

export const organizationRoutes = {
  createOrganization: {
    ...ALL,
    ...MANAGE,
    method: 'POST',
    path: '/api/vendor/v1/organizations',
    summary: 'Create an organization',
    description:
      'Makes the organization of a partner. AWS Resell needs an organization of its own, which takes part in nothing else.',
    params: NoParameters,
    query: NoParameters,
    body: NewOrganization,
    answer: { status: 201, description: 'The organization', schema: OrganizationSchema },
    problems: ['PARTNER_NUMBER_TAKEN', 'DEDICATED_ORGANIZATION_NEEDED', 'REGULAR_ORGANIZATION_NEEDED'],
    example: {
      body: {
        type: 'SERVICE_PROVIDER',
        name: 'Müritz Cloud AG',
        prmId: '300017',
        region: 'EMEA',
        countryRegion: 'DE',
        address: EXAMPLE_ADDRESS,
        taxId: 'DE290117364',
        email: 'billing@mueritz-cloud.example',
        productFamily: 'RENTAL',
      },
      answer: EXAMPLE_ORGANIZATION,
    },
  },
  listOrganizations: {
    ...ALL,
    ...READ,
    method: 'GET',
    path: '/api/vendor/v1/organizations',
    summary: 'List organizations',
    description: 'All organizations of the programme.',
    params: NoParameters,
    query: z.strictObject(listQuery(ORGANIZATION_LIST)),
    answer: {
      status: 200,
      description: 'A page of organizations',
      schema: pageOf(OrganizationSummary).meta({ id: 'PageOfOrganizationSummary' }),
    },
    problems: [],
    example: { query: { filter: 'type==AGGREGATOR;region==EMEA' }, answer: { content: [EXAMPLE_SUMMARY], total: 1 } },
  },
  getOrganization: {
    ...ONE,
    ...READ,
    method: 'GET',
    path: '/api/vendor/v1/organizations/{organizationId}',
    summary: 'Get an organization',
    description: 'An organization in full.',
    answer: { ...THE_ORGANIZATION, description: 'The organization' },
    problems: [],
    example: { params: EXAMPLE_PARAMS, answer: EXAMPLE_ORGANIZATION },
  },
  changeOrganization: {
    ...ONE,
    ...MANAGE,
    method: 'PATCH',
    path: '/api/vendor/v1/organizations/{organizationId}',
    summary: 'Change an organization',
    description: 'Type, partner number and `awsResell` say what an organization is, and stay.',
    body: OrganizationChange,
    answer: THE_ORGANIZATION,
    problems: ['CHANGED_MEANWHILE'],
    example: { params: EXAMPLE_PARAMS, body: { email: 'billing@mueritz-cloud.example' }, answer: EXAMPLE_ORGANIZATION },
  },
  deactivateOrganization: {
    ...MOVE,
    path: '/api/vendor/v1/organizations/{organizationId}/deactivate',
    summary: 'Deactivate an organization',
    description: 'Its users can no longer sign in. Its contracts are billed on.',
    example: {
      params: EXAMPLE_PARAMS,
      body: { reason: 'Left the programme' },
      answer: { ...EXAMPLE_ORGANIZATION, status: 'INACTIVE' },
    },
  },
  activateOrganization: {
    ...MOVE,
    path: '/api/vendor/v1/organizations/{organizationId}/activate',
    summary: 'Activate an organization',
    description: 'Lets the users of an inactive organization in again.',
    example: { params: EXAMPLE_PARAMS, body: {}, answer: EXAMPLE_ORGANIZATION },
  },
} as const satisfies Record<string, RouteDefinition>;
