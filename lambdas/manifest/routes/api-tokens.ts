import * as z from 'zod';
import { ROLES } from '../../domain/organization/organization.ts';
import { API_TOKEN_LIST } from '../../use-cases/lists/api-token-list.ts';
import { listQuery, NoContent, NoParameters, pageOf } from './common.ts';
import type { RouteDefinition } from './route.ts';
import { Id, plainText } from './text.ts';

const TOKEN = {
  id: z.string(),
  name: z.string(),
  userId: z.string().meta({ description: 'User who made it' }),
  roles: z.array(z.enum(ROLES)),
  createdTime: z.iso.datetime(),
  expires: z.iso.datetime(),
  status: z.enum(['ACTIVE', 'EXPIRED', 'REVOKED']),
};
const ApiTokenSchema = z.strictObject(TOKEN).meta({ id: 'ApiToken', description: 'An API token, without its text' });
const CreatedApiToken = z
  .strictObject({ ...TOKEN, userToken: z.string().meta({ description: 'Its text, shown here and never again' }) })
  .meta({ id: 'CreatedApiToken', description: 'A new API token' });

const Expires = z.iso
  .datetime('must be a time in UTC, e.g. 2027-06-30T00:00:00Z')
  .meta({ description: 'Until then; at most 365 days ahead' });

const NewApiToken = z
  .strictObject({
    name: plainText(100),
    expires: Expires,
    roles: z
      .array(z.enum(ROLES, `must be one of ${ROLES.join(', ')}`), 'must be a list of roles')
      .min(1, 'must have at least one role')
      .max(ROLES.length, `must have at most ${ROLES.length} roles`)
      .meta({ description: 'Roles of the caller that the token is to have' }),
  })
  .meta({ id: 'NewApiToken' });

const EXAMPLE = {
  id: 'b4e0a5f2-7c39-4ad1-9a63-2f5d8c1e7b90',
  name: 'User directory',
  userId: '8dec8aaa-4b1f-4d0c-9a51-760aa839aeb3',
  roles: ['Administrator'],
  createdTime: '2026-11-10T02:00:00.000Z',
  expires: '2027-06-30T00:00:00.000Z',
  status: 'ACTIVE',
} as const;

const ALL = { function: 'apiTokensApi', tag: 'API token' } as const;
const ONE = { ...ALL, params: z.strictObject({ tokenId: Id }), query: NoParameters } as const;

const CREATE = {
  ...ALL,
  method: 'POST',
  summary: 'Create an API token',
  description:
    'Makes an API token for the caller, with some of the roles that the caller has in this request. Its text is in this answer only.',
  params: NoParameters,
  query: NoParameters,
  body: NewApiToken,
  answer: { status: 201, description: 'The token with its text', schema: CreatedApiToken, secret: true },
  problems: [],
  example: {
    body: { name: 'User directory', expires: '2027-06-30T00:00:00Z', roles: ['Administrator'] },
    answer: { ...EXAMPLE, userToken: 'cpt_b4e0a5f2-7c39-4ad1-9a63-2f5d8c1e7b90_e6IsZmpOjEJ4g-bazyo5gl9Y' },
  },
} as const;

const LIST = {
  ...ALL,
  method: 'GET',
  summary: 'List API tokens',
  description: "The API tokens of the caller's organization, without their texts; revoked and expired ones too.",
  params: NoParameters,
  query: z.strictObject(listQuery(API_TOKEN_LIST)),
  answer: {
    status: 200,
    description: 'A page of tokens',
    schema: pageOf(ApiTokenSchema).meta({ id: 'PageOfApiToken' }),
  },
  problems: [],
  example: { query: { filter: 'revoked==false' }, answer: { content: [EXAMPLE], total: 1 } },
} as const;

const CHANGE = {
  ...ONE,
  method: 'PATCH',
  editable: true,
  summary: "Change an API token's expiry",
  description: 'Of a token that is still valid.',
  body: z.strictObject({ expires: Expires }).meta({ id: 'ApiTokenChange' }),
  answer: { status: 200, description: 'The token as it is now', schema: ApiTokenSchema },
  problems: ['TRANSITION_NOT_ALLOWED', 'CHANGED_MEANWHILE'],
  example: { params: { tokenId: EXAMPLE.id }, body: { expires: '2027-06-30T00:00:00Z' }, answer: EXAMPLE },
} as const;

const REVOKE = {
  ...ONE,
  method: 'DELETE',
  editable: true,
  summary: 'Revoke an API token',
  description: 'Bearer tokens that were made with it stop within a minute.',
  answer: { status: 204, description: 'The token is revoked', schema: NoContent },
  problems: ['TRANSITION_NOT_ALLOWED', 'CHANGED_MEANWHILE'],
  example: { params: { tokenId: EXAMPLE.id } },
} as const;

const AGGREGATOR = { access: { organizationType: 'AGGREGATOR', action: 'manageApiTokens' } } as const;
const PROVIDER = { access: { organizationType: 'SERVICE_PROVIDER', action: 'manageApiTokens' } } as const;
const VENDOR = { access: { organizationType: 'VENDOR', action: 'manageApiTokens' } } as const;

export const apiTokenRoutes = {
  createAggregatorApiToken: { ...CREATE, ...AGGREGATOR, path: '/api/aggregator/v1/apiTokens' },
  listAggregatorApiTokens: { ...LIST, ...AGGREGATOR, path: '/api/aggregator/v1/apiTokens' },
  changeAggregatorApiToken: { ...CHANGE, ...AGGREGATOR, path: '/api/aggregator/v1/apiTokens/{tokenId}' },
  revokeAggregatorApiToken: { ...REVOKE, ...AGGREGATOR, path: '/api/aggregator/v1/apiTokens/{tokenId}' },

  createProviderApiToken: { ...CREATE, ...PROVIDER, path: '/api/provider/v1/apiTokens' },
  listProviderApiTokens: { ...LIST, ...PROVIDER, path: '/api/provider/v1/apiTokens' },
  changeProviderApiToken: { ...CHANGE, ...PROVIDER, path: '/api/provider/v1/apiTokens/{tokenId}' },
  revokeProviderApiToken: { ...REVOKE, ...PROVIDER, path: '/api/provider/v1/apiTokens/{tokenId}' },

  createVendorApiToken: { ...CREATE, ...VENDOR, path: '/api/vendor/v1/apiTokens' },
  listVendorApiTokens: { ...LIST, ...VENDOR, path: '/api/vendor/v1/apiTokens' },
  changeVendorApiToken: { ...CHANGE, ...VENDOR, path: '/api/vendor/v1/apiTokens/{tokenId}' },
  revokeVendorApiToken: { ...REVOKE, ...VENDOR, path: '/api/vendor/v1/apiTokens/{tokenId}' },
} as const satisfies Record<string, RouteDefinition>;
