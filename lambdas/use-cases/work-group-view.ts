import type { Organization } from '../domain/organization/organization.ts';
import { type View, viewOf } from '../domain/work-group/work-group.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import type { Portal } from './ports/portal.ts';

export type WorkGroupsPortal = Pick<Portal, 'workGroups' | 'contracts'>;

/** What members of a group see now; nothing when there is no such group. Contracts of service providers are those listed. */
export async function groupView(
  portal: WorkGroupsPortal,
  { id: organizationId, type }: Pick<Organization, 'id' | 'type'>,
  groupId: string,
): Promise<View> {
  const group = await portal.workGroups.get(organizationId, groupId);
  if (!group) return { groupId, items: [] };
  const names = group.items.some(({ serviceProviders }) => serviceProviders !== undefined);
  const rows = names && type === 'AGGREGATOR' ? await portal.contracts.ofAggregator(organizationId) : [];
  const byProvider = Map.groupBy(rows, ({ serviceProviderPrmId }) => serviceProviderPrmId);
  return viewOf(group, (prmId) => (byProvider.get(prmId) ?? []).map(({ id }) => id));
}

/**
 * An Administrator as a member of a work group would see things: a preview.
 * @throws PortalError NOT_ALLOWED for anybody else; NOT_FOUND when there is no such group
 */
export async function previewed(portal: WorkGroupsPortal, caller: Caller, groupId: string): Promise<Caller> {
  const { organizationId: id, organizationType: type, roles, view } = caller;
  if (!roles.includes('Administrator') || view) {
    throw new PortalError('NOT_ALLOWED', 'Work groups are previewed by Administrators');
  }
  if (!(await portal.workGroups.get(id, groupId)))
    throw new PortalError('NOT_FOUND', `There is no work group ${groupId}`);
  return { ...caller, view: await groupView(portal, { id, type }, groupId) };
}
