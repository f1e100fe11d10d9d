import * as z from 'zod';
import { ROLES } from '../../domain/organization/organization.ts';
import { ROLE_IDS } from '../../domain/organization/roles.ts';
import { USER_STATUSES } from '../../domain/organization/status.ts';
import { USER_LIST } from '../../use-cases/lists/user-list.ts';
import { IdText, listQuery, NoContent, NoParameters, pageOf } from './common.ts';
import type { RouteDefinition } from './route.ts';
import { Id, MailAddress, plainText, Reason, Why } from './text.ts';

const RoleSchema = z
  .strictObject({ id: z.uuid().meta({ description: 'The same for good' }), name: z.enum(ROLES) })
  .meta({ id: 'Role', description: 'A role that users can have' });

export const UserSchema = z
  .strictObject({
    id: IdText,
    firstName: z.string(),
    lastName: z.string(),
    email: z.string(),
    status: z.enum(USER_STATUSES).exclude(['DELETED']),
    roles: z.array(RoleSchema),
  })
  .meta({ id: 'User', description: 'A user of an organization' });

const PageOfUser = pageOf(UserSchema).meta({ id: 'PageOfUser' });
const PageOfRole = pageOf(RoleSchema).meta({ id: 'PageOfRole' });

const Name = plainText(60);
const RoleNames = z
  .array(z.enum(ROLES, `must be one of ${ROLES.join(', ')}`), 'must be a list of roles')
  .min(1, 'must have at least one role')
  .max(ROLES.length, `must have at most ${ROLES.length} roles`)
  .meta({ description: 'Names of roles that members of this kind of organization can have' });

const Invitee = z
  .strictObject({ firstName: Name, lastName: Name, email: MailAddress, roles: RoleNames })
  .meta({ id: 'Invitee', description: 'A person to invite' });

export const FirstAdministrator = Invitee.omit({ roles: true }).meta({ id: 'FirstAdministrator' });

const UserChange = z
  .strictObject({ firstName: Name.optional(), lastName: Name.optional(), roles: RoleNames.optional(), reason: Reason })
  .meta({ id: 'UserChange', description: 'What is to be changed of a user; what is not given stays' });

const PARAMS = z.strictObject({ userId: Id });

const EXAMPLE_USER = {
  id: '8dec8aaa-4b1f-4d0c-9a51-760aa839aeb3',
  firstName: 'James',
  lastName: 'Smith',
  email: 'james.smith@example.com',
  status: 'ACTIVE',
  roles: [{ id: ROLE_IDS.Operations, name: 'Operations' }],
} as const;

export const EXAMPLE_INVITED = { ...EXAMPLE_USER, status: 'INVITED' } as const;
const EXAMPLE_PARAMS = { userId: EXAMPLE_USER.id };

const ALL = { function: 'usersApi', tag: 'User' } as const;
const ONE = { ...ALL, params: PARAMS, query: NoParameters } as const;

const LIST = {
  ...ALL,
  method: 'GET',
  summary: 'List users',
  description: "The users of the caller's organization.",
  params: NoParameters,
  answer: { status: 200, description: 'A page of users', schema: PageOfUser },
  problems: [],
  example: { query: { filter: 'status==ACTIVE', sort: 'lastName' }, answer: { content: [EXAMPLE_USER], total: 1 } },
} as const;

const GET = {
  ...ALL,
  method: 'GET',
  editable: true,
  summary: 'Get a user',
  description: "A user of the caller's organization.",
  params: PARAMS,
  answer: { status: 200, description: 'The user', schema: UserSchema },
  problems: [],
  example: { params: EXAMPLE_PARAMS, answer: EXAMPLE_USER },
} as const;

const LIST_ROLES = {
  ...ALL,
  method: 'GET',
  summary: 'List roles',
  description: "The roles that users of the caller's organization can have.",
  params: NoParameters,
  answer: { status: 200, description: 'The roles', schema: PageOfRole },
  problems: [],
  example: { answer: { content: [{ id: ROLE_IDS.Administrator, name: 'Administrator' }], total: 1 } },
} as const;

/** Published calls ignore query parameters they don't know. */
const PUBLISHED_LIST = { ...LIST, published: true, query: z.object(listQuery(USER_LIST)) } as const;
const PUBLISHED_GET = { ...GET, published: true, query: z.object({}) } as const;
const PUBLISHED_ROLES = { ...LIST_ROLES, published: true, query: z.object({}) } as const;

const INVITE = {
  ...ALL,
  method: 'POST',
  summary: 'Invite a user',
  description:
    'Invites a person by mail. The invitation is good for 7 days and once; the person becomes an active user by accepting it.',
  params: NoParameters,
  query: NoParameters,
  body: Invitee,
  answer: { status: 201, description: 'The invited user', schema: UserSchema },
  problems: ['USER_EXISTS'],
  example: {
    body: { firstName: 'James', lastName: 'Smith', email: 'james.smith@example.com', roles: ['Operations'] },
    answer: EXAMPLE_INVITED,
  },
} as const;

const INVITE_AGAIN = {
  ...ONE,
  method: 'POST',
  editable: true,
  summary: 'Invite a user again',
  description: 'Mails an invited user another invitation; the one before is worth nothing then.',
  answer: { status: 200, description: 'The invited user', schema: UserSchema },
  problems: ['TRANSITION_NOT_ALLOWED', 'CHANGED_MEANWHILE'],
  example: { params: EXAMPLE_PARAMS, answer: EXAMPLE_INVITED },
} as const;

const CHANGE = {
  ...ONE,
  method: 'PATCH',
  editable: true,
  summary: 'Change a user',
  description: 'Changes names or roles. A role that is taken away is gone within a minute.',
  body: UserChange,
  answer: { status: 200, description: 'The user as it is now', schema: UserSchema },
  problems: ['CHANGED_MEANWHILE', 'LAST_ADMINISTRATOR', 'ADMINISTRATOR_SEES_ALL'],
  example: { params: EXAMPLE_PARAMS, body: { roles: ['Operations'] }, answer: EXAMPLE_USER },
} as const;

const MOVE = {
  ...ONE,
  method: 'POST',
  editable: true,
  body: Why,
  answer: { status: 200, description: 'The user as it is now', schema: UserSchema },
} as const;

const LOCK = {
  ...MOVE,
  summary: 'Lock a user',
  description: 'Keeps a user out: its bearer tokens and API tokens stop within a minute.',
  problems: ['TRANSITION_NOT_ALLOWED', 'CHANGED_MEANWHILE', 'LAST_ADMINISTRATOR'],
  example: {
    params: EXAMPLE_PARAMS,
    body: { reason: 'Laptop lost' },
    answer: { ...EXAMPLE_USER, status: 'LOCKED' },
  },
} as const;

const UNLOCK = {
  ...MOVE,
  summary: 'Unlock a user',
  description: 'Lets a locked user in again.',
  problems: ['TRANSITION_NOT_ALLOWED', 'CHANGED_MEANWHILE'],
  example: { params: EXAMPLE_PARAMS, body: {}, answer: EXAMPLE_USER },
} as const;

const DELETE = {
  ...ONE,
  method: 'DELETE',
  editable: true,
  summary: 'Delete a user',
  description: 'Takes a user out for good. Its names and address are erased; the audit trail keeps its id.',
  answer: { status: 204, description: 'The user is deleted', schema: NoContent },
  problems: ['TRANSITION_NOT_ALLOWED', 'CHANGED_MEANWHILE', 'LAST_ADMINISTRATOR'],
  example: { params: EXAMPLE_PARAMS },
} as const;

const AGGREGATOR = '/api/aggregator/v1';
const PROVIDER = '/api/provider/v1';
const VENDOR = '/api/vendor/v1';
const READ = {
  aggregator: { access: { organizationType: 'AGGREGATOR', action: 'readUsers' } },
  provider: { access: { organizationType: 'SERVICE_PROVIDER', action: 'readUsers' } },
  vendor: { access: { organizationType: 'VENDOR', action: 'readUsers' } },
} as const;
const MANAGE = {
  aggregator: { access: { organizationType: 'AGGREGATOR', action: 'manageUsers' } },
  provider: { access: { organizationType: 'SERVICE_PROVIDER', action: 'manageUsers' } },
  vendor: { access: { organizationType: 'VENDOR', action: 'manageUsers' } },
} as const;

export const userRoutes = {
  listAggregatorUsers: { ...PUBLISHED_LIST, ...READ.aggregator, path: `${AGGREGATOR}/users` },
  getAggregatorUser: { ...PUBLISHED_GET, ...READ.aggregator, path: `${AGGREGATOR}/users/{userId}` },
  listAggregatorRoles: { ...PUBLISHED_ROLES, ...READ.aggregator, path: `${AGGREGATOR}/roles` },
  inviteAggregatorUser: { ...INVITE, ...MANAGE.aggregator, path: `${AGGREGATOR}/users` },
  inviteAggregatorUserAgain: { ...INVITE_AGAIN, ...MANAGE.aggregator, path: `${AGGREGATOR}/users/{userId}/invitation` },
  changeAggregatorUser: { ...CHANGE, ...MANAGE.aggregator, path: `${AGGREGATOR}/users/{userId}` },
  lockAggregatorUser: { ...LOCK, ...MANAGE.aggregator, path: `${AGGREGATOR}/users/{userId}/lock` },
  unlockAggregatorUser: { ...UNLOCK, ...MANAGE.aggregator, path: `${AGGREGATOR}/users/{userId}/unlock` },
  deleteAggregatorUser: { ...DELETE, ...MANAGE.aggregator, path: `${AGGREGATOR}/users/{userId}` },

  listProviderUsers: { ...PUBLISHED_LIST, ...READ.provider, path: `${PROVIDER}/users` },
  getProviderUser: { ...PUBLISHED_GET, ...READ.provider, path: `${PROVIDER}/users/{userId}` },
  listProviderRoles: { ...PUBLISHED_ROLES, ...READ.provider, path: `${PROVIDER}/roles` },
  inviteProviderUser: { ...INVITE, ...MANAGE.provider, path: `${PROVIDER}/users` },
  inviteProviderUserAgain: { ...INVITE_AGAIN, ...MANAGE.provider, path: `${PROVIDER}/users/{userId}/invitation` },
  changeProviderUser: { ...CHANGE, ...MANAGE.provider, path: `${PROVIDER}/users/{userId}` },
  lockProviderUser: { ...LOCK, ...MANAGE.provider, path: `${PROVIDER}/users/{userId}/lock` },
  unlockProviderUser: { ...UNLOCK, ...MANAGE.provider, path: `${PROVIDER}/users/{userId}/unlock` },
  deleteProviderUser: { ...DELETE, ...MANAGE.provider, path: `${PROVIDER}/users/{userId}` },

  listVendorUsers: {
    ...LIST,
    ...READ.vendor,
    path: `${VENDOR}/users`,
    query: z.strictObject(listQuery(USER_LIST)),
  },
  getVendorUser: { ...GET, ...READ.vendor, path: `${VENDOR}/users/{userId}`, query: NoParameters },
  listVendorRoles: { ...LIST_ROLES, ...READ.vendor, path: `${VENDOR}/roles`, query: NoParameters },
  inviteVendorUser: { ...INVITE, ...MANAGE.vendor, path: `${VENDOR}/users` },
  inviteVendorUserAgain: { ...INVITE_AGAIN, ...MANAGE.vendor, path: `${VENDOR}/users/{userId}/invitation` },
  changeVendorUser: { ...CHANGE, ...MANAGE.vendor, path: `${VENDOR}/users/{userId}` },
  lockVendorUser: { ...LOCK, ...MANAGE.vendor, path: `${VENDOR}/users/{userId}/lock` },
  unlockVendorUser: { ...UNLOCK, ...MANAGE.vendor, path: `${VENDOR}/users/{userId}/unlock` },
  deleteVendorUser: { ...DELETE, ...MANAGE.vendor, path: `${VENDOR}/users/{userId}` },
  inviteFirstAdministrator: {
    ...ALL,
    method: 'POST',
    path: `${VENDOR}/organizations/{organizationId}/administrators`,
    access: { organizationType: 'VENDOR', action: 'manageOrganizations' },
    summary: "Invite a partner's first Administrator",
    description:
      'Invites an Administrator by mail, while the partner has no active one, who would invite further users. An address that was invited before gets another invitation.',
    params: z.strictObject({ organizationId: Id }),
    query: NoParameters,
    body: FirstAdministrator,
    answer: { status: 201, description: 'The invited Administrator', schema: UserSchema },
    problems: ['USER_EXISTS', 'TRANSITION_NOT_ALLOWED', 'CHANGED_MEANWHILE'],
    example: {
      params: { organizationId: '5a2c1b7e-0f43-4d5e-8a90-1c2d3e4f5a6b' },
      body: { firstName: 'James', lastName: 'Smith', email: 'james.smith@example.com' },
      answer: { ...EXAMPLE_INVITED, roles: [{ id: ROLE_IDS.Administrator, name: 'Administrator' }] },
    },
  },
} as const satisfies Record<string, RouteDefinition>;
