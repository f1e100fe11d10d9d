import { randomBytes, randomUUID } from 'node:crypto';
import type { User } from '../domain/organization/organization.ts';
import { ROLE_IDS, ROLES_OF } from '../domain/organization/roles.ts';
import { onboardingRoutes } from '../manifest/routes/onboarding.ts';
import { userRoutes } from '../manifest/routes/users.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { noticePorts } from '../runtime/notice-ports.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { Answer, ApiRequest, ResourceOf } from '../runtime/resource.ts';
import type { Caller } from '../use-cases/caller.ts';
import { editUser, inviteAgain, moveUser } from '../use-cases/change-user.ts';
import { inviteFirstAdministrator, inviteUser } from '../use-cases/invite-user.ts';
import { onboardPartner } from '../use-cases/onboard-partner.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { findUser, listUsers } from '../use-cases/read-users.ts';

import { organizationBody } from './organization-body.ts';

const newSecret = (): string => randomBytes(32).toString('base64url');

const list = async (portal: Portal, { caller, query }: Pick<ApiRequest<'listVendorUsers'>, 'caller' | 'query'>) => {
  const { content, total } = await listUsers(portal, caller, query);
  return { body: { content: content.map(userBody), total } };
};

const get = async (portal: Portal, { caller, params }: Pick<ApiRequest<'getVendorUser'>, 'caller' | 'params'>) =>
  answer(await findUser(portal, caller, 'readUsers', params.userId));

const listRoles = async (_portal: Portal, { caller }: { caller: Caller }) => {
  const content = ROLES_OF[caller.organizationType].map((name) => ({ id: ROLE_IDS[name], name }));
  return { body: { content, total: content.length } };
};

const invite = async (
  portal: Portal,
  { caller, body, now }: Pick<ApiRequest<'inviteVendorUser'>, 'caller' | 'body' | 'now'>,
) => answer(await inviteUser(portal, caller, { ...body, id: randomUUID(), secret: newSecret() }, now));

const again = async (
  portal: Portal,
  { params, ...request }: Pick<ApiRequest<'inviteVendorUserAgain'>, 'params' | 'caller' | 'now' | 'ifMatch'>,
) => answer(await inviteAgain(portal, { ...request, userId: params.userId }, newSecret()));

const change = async (
  portal: Portal,
  { params, body, ...request }: Pick<ApiRequest<'changeVendorUser'>, 'params' | 'body' | 'caller' | 'now' | 'ifMatch'>,
) => {
  const { reason, ...edit } = body;
  return answer(await editUser(portal, { ...request, userId: params.userId, reason }, edit));
};

const move =
  (verb: 'lock' | 'unlock') =>
  async (
    portal: Portal,
    { params, body, ...request }: Pick<ApiRequest<'lockVendorUser'>, 'params' | 'body' | 'caller' | 'now' | 'ifMatch'>,
  ) =>
    answer(await moveUser(portal, { ...request, userId: params.userId, reason: body.reason }, verb));

const remove = async (
  portal: Portal,
  { params, ...request }: Pick<ApiRequest<'deleteVendorUser'>, 'params' | 'caller' | 'now' | 'ifMatch'>,
) => {
  await moveUser(portal, { ...request, userId: params.userId }, 'delete');
  return { body: undefined };
};

export const resource: ResourceOf<'usersApi'> = {
  listAggregatorUsers: list,
  getAggregatorUser: get,
  listAggregatorRoles: listRoles,
  inviteAggregatorUser: invite,
  inviteAggregatorUserAgain: again,
  changeAggregatorUser: change,
  lockAggregatorUser: move('lock'),
  unlockAggregatorUser: move('unlock'),
  deleteAggregatorUser: remove,

  listProviderUsers: list,
  getProviderUser: get,
  listProviderRoles: listRoles,
  inviteProviderUser: invite,
  inviteProviderUserAgain: again,
  changeProviderUser: change,
  lockProviderUser: move('lock'),
  unlockProviderUser: move('unlock'),
  deleteProviderUser: remove,

  listVendorUsers: list,
  getVendorUser: get,
  listVendorRoles: listRoles,
  inviteVendorUser: invite,
  inviteVendorUserAgain: again,
  changeVendorUser: change,
  lockVendorUser: move('lock'),
  unlockVendorUser: move('unlock'),
  deleteVendorUser: remove,

  onboardPartner: async (portal, { caller, body, now }) => {
    const { taxId, ...rest } = body.organization;
    const wanted = { ...rest, id: randomUUID(), ...(taxId !== undefined && { taxId }) };
    const person = { ...body.administrator, id: randomUUID(), secret: newSecret() };
    const partner = { organization: wanted, administrator: person };
    const { organization, administrator } = await onboardPartner(portal, caller, partner, now);
    return {
      body: { organization: organizationBody(organization), administrator: userBody(administrator) },
      location: `/api/vendor/v1/organizations/${organization.id}`,
    };
  },

  inviteFirstAdministrator: async (portal, { caller, params, body, now }) => {
    const invitee = { ...body, id: randomUUID(), secret: newSecret(), organizationId: params.organizationId };
    return answer(await inviteFirstAdministrator(portal, caller, invitee, now));
  },
};

export const handler = apiHandler({ ...userRoutes, ...onboardingRoutes }, resource, portalWith(noticePorts));

const answer = (user: User) => ({ body: userBody(user), version: user.version });

function userBody({ id, firstName, lastName, email, status, roles }: User): Answer<'getVendorUser'>['body'] {
  if (status === 'DELETED') throw new Error(`user ${id} is deleted and must not be shown`);
  return { id, firstName, lastName, email, status, roles: roles.map((name) => ({ id: ROLE_IDS[name], name })) };
}
