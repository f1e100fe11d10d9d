import * as z from 'zod';
import { ROLE_IDS } from '../../domain/organization/roles.ts';
import { NoParameters } from './common.ts';
import { EXAMPLE_ORGANIZATION, NewOrganization, ORGANIZATION_MEMBERS, OrganizationSchema } from './organizations.ts';
import type { RouteDefinition } from './route.ts';
import { EXAMPLE_INVITED, FirstAdministrator, UserSchema } from './users.ts';

const NewPartner = z
  .strictObject({ organization: NewOrganization, administrator: FirstAdministrator })
  .meta({ id: 'NewPartner', description: 'A partner to onboard, and the person who runs its organization first' });
const Partner = z
  .strictObject({ organization: OrganizationSchema, administrator: UserSchema })
  .meta({ id: 'OnboardedPartner' });

const ProfileChange = z
  .strictObject({
    address: ORGANIZATION_MEMBERS.address.optional(),
    email: ORGANIZATION_MEMBERS.email.optional(),
  })
  .meta({ id: 'ProfileChange', description: 'What a partner says of itself; what is not given stays' });

const { id: _id, status: _status, awsResell: _awsResell, ...EXAMPLE_NEW } = EXAMPLE_ORGANIZATION;
const PROFILE = {
  function: 'organizationsApi',
  editable: true,
  tag: 'Organization',
  params: NoParameters,
  query: NoParameters,
} as const;
const THE_ORGANIZATION = { status: 200, description: 'The organization', schema: OrganizationSchema } as const;
const GET = {
  ...PROFILE,
  method: 'GET',
  summary: 'Get the own organization',
  description: "The caller's organization in full.",
  answer: THE_ORGANIZATION,
  problems: [],
  example: { answer: EXAMPLE_ORGANIZATION },
} as const;
const CHANGE = {
  ...PROFILE,
  method: 'PATCH',
  summary: 'Change the own organization',
  description:
    'Address and mail address, which documents and notices go by. Name, tax number, region and country are changed by the vendor.',
  body: ProfileChange,
  answer: THE_ORGANIZATION,
  problems: ['CHANGED_MEANWHILE'],
  example: { body: { email: EXAMPLE_ORGANIZATION.email }, answer: EXAMPLE_ORGANIZATION },
} as const;
const AGGREGATOR = { access: { organizationType: 'AGGREGATOR', action: 'keepProfile' } } as const;
const PROVIDER = { access: { organizationType: 'SERVICE_PROVIDER', action: 'keepProfile' } } as const;

export const onboardingRoutes = {
  onboardPartner: {
    method: 'POST',
    path: '/api/vendor/v1/partners',
    function: 'usersApi',
    access: { organizationType: 'VENDOR', action: 'manageOrganizations' },
    tag: 'Organization',
    summary: 'Onboard a partner',
    description:
      'Makes the organization of a partner and invites its first Administrator by mail, both or neither. The Administrator completes the profile and invites further users.',
    params: NoParameters,
    query: NoParameters,
    body: NewPartner,
    answer: { status: 201, description: 'The organization and the invited Administrator', schema: Partner },
    problems: ['PARTNER_NUMBER_TAKEN', 'DEDICATED_ORGANIZATION_NEEDED', 'REGULAR_ORGANIZATION_NEEDED'],
    example: {
      body: {
        organization: { ...EXAMPLE_NEW, productFamily: 'RENTAL' },
        administrator: { firstName: 'James', lastName: 'Smith', email: 'james.smith@example.com' },
      },
      answer: {
        organization: EXAMPLE_ORGANIZATION,
        administrator: { ...EXAMPLE_INVITED, roles: [{ id: ROLE_IDS.Administrator, name: 'Administrator' }] },
      },
    },
  },
} as const satisfies Record<string, RouteDefinition>;

export const ownOrganizationRoutes = {
  getAggregatorOrganization: { ...GET, ...AGGREGATOR, path: '/api/aggregator/v1/organization' },
  changeAggregatorOrganization: { ...CHANGE, ...AGGREGATOR, path: '/api/aggregator/v1/organization' },
  getProviderOrganization: { ...GET, ...PROVIDER, path: '/api/provider/v1/organization' },
  changeProviderOrganization: { ...CHANGE, ...PROVIDER, path: '/api/provider/v1/organization' },
} as const satisfies Record<string, RouteDefinition>;
