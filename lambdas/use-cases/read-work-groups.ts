import type { WorkGroup } from '../domain/work-group/work-group.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { WORK_GROUP_LIST } from './lists/work-group-list.ts';
import type { Portal } from './ports/portal.ts';

/** A group with the ids of those who are in it; of All, which is no group of its own, the id is absent. */
export type GroupWithMembers = { group: Pick<WorkGroup, 'name' | 'items'> & { id?: string }; members: string[] };

/** The work groups of the caller's organization, All among them. @throws PortalError BAD_REQUEST */
export async function listWorkGroups(
  portal: Pick<Portal, 'organizations' | 'users' | 'workGroups'>,
  { organizationId }: Caller,
  query: ListQuery,
): Promise<Page<GroupWithMembers>> {
  const page = compileList(WORK_GROUP_LIST, query);
  const [groups, users] = await Promise.all([
    portal.workGroups.ofOrganization(organizationId),
    portal.users.ofOrganization(organizationId),
  ]);
  const known = new Set(groups.map(({ id }) => id));
  const inGroup = (id: string) => users.filter(({ workGroupId }) => workGroupId === id).map((user) => user.id);
  const all = users.filter(({ workGroupId }) => workGroupId === undefined || !known.has(workGroupId));
  return page([
    { group: { name: 'All', items: [] }, members: all.map(({ id }) => id) },
    ...groups.map((group) => ({ group, members: inGroup(group.id) })),
  ]);
}

/** @throws PortalError NOT_FOUND */
export async function findWorkGroup(
  portal: Pick<Portal, 'workGroups'>,
  { organizationId }: Caller,
  groupId: string,
): Promise<WorkGroup> {
  const group = await portal.workGroups.get(organizationId, groupId);
  if (!group) throw new PortalError('NOT_FOUND', `There is no work group ${groupId}`);
  return group;
}
