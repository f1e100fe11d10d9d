import { randomUUID } from 'node:crypto';
import type { WorkGroup, WorkGroupItem } from '../domain/work-group/work-group.ts';
import { workGroupRoutes } from '../manifest/routes/work-groups.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import type { Answer, ApiRequest, ResourceOf } from '../runtime/resource.ts';
import type { Caller } from '../use-cases/caller.ts';
import type { IfMatch } from '../use-cases/if-match.ts';
import {
  assignWorkGroup,
  createWorkGroup,
  deleteWorkGroup,
  editWorkGroup,
  switchWorkGroups,
} from '../use-cases/keep-work-group.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { findWorkGroup, type GroupWithMembers, listWorkGroups } from '../use-cases/read-work-groups.ts';

type Asked = { caller: Caller; now: Date; ifMatch?: IfMatch };
type Body = Answer<'getProviderWorkGroup'>['body'];

async function list(portal: Portal, { caller, query }: Pick<ApiRequest<'listProviderWorkGroups'>, 'caller' | 'query'>) {
  const { content, total } = await listWorkGroups(portal, caller, query);
  return { body: { content: content.map(listedBody), total } };
}

async function create(portal: Portal, { body, ...asked }: Asked & Pick<ApiRequest<'createProviderWorkGroup'>, 'body'>) {
  return answer(await createWorkGroup(portal, asked, randomUUID(), { name: body.name, items: itemsOf(body.items) }));
}

async function change(
  portal: Portal,
  { body: { name, items }, params, ...asked }: Asked & Pick<ApiRequest<'changeProviderWorkGroup'>, 'body' | 'params'>,
) {
  const edit = { name, ...(items && { items: itemsOf(items) }) };
  return answer(await editWorkGroup(portal, asked, params.workGroupId, edit));
}

async function remove(
  portal: Portal,
  { params, ...asked }: Asked & Pick<ApiRequest<'deleteProviderWorkGroup'>, 'params'>,
) {
  await deleteWorkGroup(portal, asked, params.workGroupId);
  return { body: undefined };
}

async function assign(
  portal: Portal,
  { body, params, ...asked }: Asked & Pick<ApiRequest<'assignProviderWorkGroup'>, 'body' | 'params'>,
) {
  const { workGroupId = null } = await assignWorkGroup(portal, asked, params.userId, body.workGroupId ?? undefined);
  return { body: { workGroupId } };
}

async function turn(portal: Portal, { body, ...asked }: Asked & Pick<ApiRequest<'switchProviderWorkGroups'>, 'body'>) {
  const { workGroups = false } = await switchWorkGroups(portal, asked, body.enabled);
  return { body: { enabled: workGroups } };
}

async function find(portal: Portal, { caller, params }: Pick<ApiRequest<'getProviderWorkGroup'>, 'caller' | 'params'>) {
  return answer(await findWorkGroup(portal, caller, params.workGroupId));
}

export const resource: ResourceOf<'workGroupsApi'> = {
  listAggregatorWorkGroups: list,
  createAggregatorWorkGroup: create,
  switchAggregatorWorkGroups: turn,
  getAggregatorWorkGroup: find,
  changeAggregatorWorkGroup: change,
  deleteAggregatorWorkGroup: remove,
  assignAggregatorWorkGroup: assign,
  listProviderWorkGroups: list,
  createProviderWorkGroup: create,
  switchProviderWorkGroups: turn,
  getProviderWorkGroup: find,
  changeProviderWorkGroup: change,
  deleteProviderWorkGroup: remove,
  assignProviderWorkGroup: assign,
};

export const handler = apiHandler(workGroupRoutes, resource);

type AskedItems = ApiRequest<'createProviderWorkGroup'>['body']['items'];

/** Leaves out what isn't given. */
function itemsOf(items: AskedItems): WorkGroupItem[] {
  return items.map(({ contracts, serviceProviders, customers }) => ({
    ...(contracts && {
      contracts: contracts.map(({ contractId, siteIds }) => ({ contractId, ...(siteIds && { siteIds }) })),
    }),
    ...(serviceProviders && { serviceProviders }),
    ...(customers && { customers }),
  }));
}

function itemBodies(items: readonly WorkGroupItem[]): Body['items'] {
  return items.map(({ contracts, serviceProviders, customers }) => ({
    ...(contracts && {
      contracts: contracts.map(({ contractId, siteIds }) => ({
        contractId,
        ...(siteIds && { siteIds: [...siteIds] }),
      })),
    }),
    ...(serviceProviders && { serviceProviders: [...serviceProviders] }),
    ...(customers && { customers: [...customers] }),
  }));
}

function answer({ id, name, items, version }: WorkGroup) {
  return { body: { id, name, items: itemBodies(items) }, version };
}

function listedBody({ group: { id, name, items }, members }: GroupWithMembers) {
  return { ...(id !== undefined && { id }), name, items: itemBodies(items), members };
}
