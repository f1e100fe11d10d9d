import type { Organization, User } from '../domain/organization/organization.ts';
import type { WorkGroup, WorkGroupItem } from '../domain/work-group/work-group.ts';
import { audited } from './audited.ts';
import type { Caller } from './caller.ts';
import { changedMeanwhile } from './changed-meanwhile.ts';
import { type FieldError, PortalError } from './errors.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { findUser } from './read-users.ts';
import { findWorkGroup } from './read-work-groups.ts';
import { isOwn } from './scope.ts';

export type KeepGroupsPortal = Pick<
  Portal,
  'units' | 'audit' | 'organizations' | 'users' | 'workGroups' | 'contracts' | 'usageSites'
>;

/** Who keeps work groups. */
export type GroupChange = { caller: Caller; now: Date; ifMatch?: IfMatch };

/** What of a group is asked for. */
export type WantedGroup = Pick<WorkGroup, 'name' | 'items'>;

const MOST_GROUPS = 200;

/**
 * Enables or disables work groups for the caller's organization: disabled, all of its users see all again; the groups and who
 * is in them are kept. Enabling is for who is both Administrator and Operations.
 *
 * @throws PortalError NOT_ALLOWED; CHANGED_MEANWHILE
 */
export async function switchWorkGroups(
  portal: KeepGroupsPortal,
  { caller, now }: GroupChange,
  enabled: boolean,
): Promise<Organization> {
  if (!caller.roles.includes('Operations')) {
    throw new PortalError('NOT_ALLOWED', 'Work groups are enabled by who is both Administrator and Operations');
  }
  const before = await portal.organizations.get(caller.organizationId);
  if (!before) throw new Error(`organization ${caller.organizationId} does not exist`);
  if ((before.workGroups ?? false) === enabled) return before;
  const after = { ...before, workGroups: enabled, version: before.version + 1 };
  const action = enabled ? 'enableWorkGroups' : 'disableWorkGroups';
  const entry = audited(portal, {
    ...entryOf(caller, now, action),
    subject: `ORGANIZATION#${before.id}`,
    version: after.version,
  });
  await commit(portal, [portal.organizations.changed(before, after), entry], 'The organization');
  return after;
}

/**
 * Gives the caller's organization a group; `groupId` is new.
 * @throws PortalError BAD_REQUEST naming every item that is wrong; WORK_GROUP_EXISTS
 */
export async function createWorkGroup(
  portal: KeepGroupsPortal,
  { caller, now }: GroupChange,
  groupId: string,
  wanted: WantedGroup,
): Promise<WorkGroup> {
  const { organizationId } = caller;
  const group: WorkGroup = { ...wanted, id: groupId, organizationId, version: 1 };
  const others = await portal.workGroups.ofOrganization(organizationId);
  if (others.length >= MOST_GROUPS) {
    throw new PortalError('BAD_REQUEST', `There are ${MOST_GROUPS} work groups, and no more can be: delete one first`);
  }
  await refuseFaults(portal, caller, group, others);
  const entry = groupEntry(portal, caller, group, now, { action: 'createWorkGroup', to: textOf(group) });
  await commit(portal, [portal.workGroups.created(group), entry], 'The work group');
  return group;
}

/**
 * Changes a group: its members see what it says now within a minute.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; BAD_REQUEST; WORK_GROUP_EXISTS; CHANGED_MEANWHILE
 */
export async function editWorkGroup(
  portal: KeepGroupsPortal,
  { caller, now, ifMatch }: GroupChange,
  groupId: string,
  { name, items }: { name?: string | undefined; items?: readonly WorkGroupItem[] | undefined },
): Promise<WorkGroup> {
  const before = await findWorkGroup(portal, caller, groupId);
  refuseOtherVersion(before.version, ifMatch);
  const after = { ...before, name: name ?? before.name, items: items ?? before.items, version: before.version + 1 };
  await refuseFaults(portal, caller, after, await portal.workGroups.ofOrganization(caller.organizationId));
  const said = { action: 'changeWorkGroup', from: textOf(before), to: textOf(after) };
  await commit(
    portal,
    [portal.workGroups.changed(before, after), groupEntry(portal, caller, after, now, said)],
    'The work group',
  );
  return after;
}

/**
 * Deletes a group that nobody is in.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; WORK_GROUP_HAS_MEMBERS; CHANGED_MEANWHILE
 */
export async function deleteWorkGroup(
  portal: KeepGroupsPortal,
  { caller, now, ifMatch }: GroupChange,
  groupId: string,
): Promise<void> {
  const group = await findWorkGroup(portal, caller, groupId);
  refuseOtherVersion(group.version, ifMatch);
  // A list may lag; who is put into a group that is deleted meanwhile sees nothing, until moved.
  const users = await portal.users.ofOrganization(caller.organizationId);
  const members = users.filter(({ workGroupId }) => workGroupId === groupId).length;
  if (members > 0) {
    throw new PortalError(
      'WORK_GROUP_HAS_MEMBERS',
      `The work group has ${members} members: move them to another first`,
    );
  }
  const deleted = { ...group, version: group.version + 1 };
  const said = { action: 'deleteWorkGroup', from: textOf(group) };
  await commit(
    portal,
    [portal.workGroups.deleted(group), groupEntry(portal, caller, deleted, now, said)],
    'The work group',
  );
}

/**
 * Puts a user into a group, or back into All.
 * @param groupId undefined for All
 * @throws PortalError NOT_FOUND; ADMINISTRATOR_SEES_ALL; CHANGED_MEANWHILE
 */
export async function assignWorkGroup(
  portal: KeepGroupsPortal,
  { caller, now }: GroupChange,
  userId: string,
  groupId: string | undefined,
): Promise<User> {
  if (groupId !== undefined) await findWorkGroup(portal, caller, groupId);
  const before = await findUser(portal, caller, 'manageWorkGroups', userId);
  if (groupId !== undefined && before.roles.includes('Administrator')) {
    const message = 'An Administrator sees all of the organization: take the role away first';
    throw new PortalError('ADMINISTRATOR_SEES_ALL', message);
  }
  const { workGroupId: _before, ...kept } = before;
  const after: User = {
    ...kept,
    ...(groupId !== undefined && { workGroupId: groupId }),
    version: before.version + 1,
  };
  const entry = audited(portal, {
    ...entryOf(caller, now, 'moveToWorkGroup'),
    subject: `USER#${userId}`,
    version: after.version,
    from: before.workGroupId ?? ALL,
    to: groupId ?? ALL,
  });
  await commit(portal, [...portal.users.changed(before, after), entry], 'The user');
  return after;
}

const ALL = 'All';

async function refuseFaults(
  portal: KeepGroupsPortal,
  caller: Caller,
  group: WorkGroup,
  others: readonly WorkGroup[],
): Promise<void> {
  const isTaken = ({ id, name }: WorkGroup) => id !== group.id && name === group.name;
  if (group.name === ALL || others.some(isTaken)) {
    throw new PortalError('WORK_GROUP_EXISTS', `There is a work group ${group.name} already`);
  }
  const errors = (await Promise.all(group.items.map((item, index) => faultsOf(portal, caller, item, index)))).flat();
  if (errors.length > 0) throw new PortalError('BAD_REQUEST', 'The work group is not valid', errors);
}

async function faultsOf(
  portal: KeepGroupsPortal,
  caller: Caller,
  { contracts = [], serviceProviders, customers }: WorkGroupItem,
  index: number,
): Promise<FieldError[]> {
  const errors: FieldError[] = [];
  const refuse = (field: string, message: string) => errors.push({ field: `items[${index}].${field}`, message });
  if (serviceProviders && caller.organizationType !== 'AGGREGATOR') {
    refuse('serviceProviders', 'is for work groups of aggregators');
  }
  if (customers && caller.organizationType !== 'SERVICE_PROVIDER') {
    refuse('customers', 'is for work groups of service providers');
  }
  const found = await portal.contracts.getMany(contracts.map(({ contractId }) => contractId));
  const own = new Set(found.filter(({ contract }) => isOwn(caller, contract)).map(({ contract }) => contract.id));
  for (const [at, { contractId, siteIds = [] }] of contracts.entries()) {
    const field = `contracts[${at}]`;
    if (!own.has(contractId)) refuse(`${field}.contractId`, 'is no contract of the organization');
    else if (siteIds.length > 0) {
      const sites = new Set((await portal.usageSites.ofContract(contractId)).map(({ id }) => id));
      if (siteIds.some((id) => !sites.has(id))) refuse(`${field}.siteIds`, 'has what is no usage site of the contract');
    }
  }
  return errors;
}

const textOf = ({ name, items }: WorkGroup): string => `${name}, ${items.length} items`;

const entryOf = ({ userId: actor, organizationId }: Caller, now: Date, action: string) => ({
  organizationId,
  actor,
  now,
  action,
});

function groupEntry(
  portal: KeepGroupsPortal,
  caller: Caller,
  { id, version }: WorkGroup,
  now: Date,
  { action, ...said }: { action: string; from?: string; to?: string },
): Change {
  return audited(portal, { ...entryOf(caller, now, action), subject: `WORK-GROUP#${id}`, version, ...said });
}

async function commit(portal: KeepGroupsPortal, changes: readonly Change[], what: string): Promise<void> {
  if (!(await portal.units.commit(changes)).ok) throw changedMeanwhile(what);
}
