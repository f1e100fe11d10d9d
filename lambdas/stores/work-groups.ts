import type { WorkGroup } from '../domain/work-group/work-group.ts';
import type { WorkGroups } from '../use-cases/ports/work-groups.ts';
import { WorkGroupItem } from './items.ts';
import { keys } from './keys.ts';
import { defined } from './mapping.ts';
import { read, stored } from './stored.ts';
import type { Item, Table } from './table.ts';

/** Work groups, in their organization's own partition. */
export function openWorkGroups(table: Table): WorkGroups {
  const groupOf = (item: Item): WorkGroup => {
    const { items, ...group } = read(WorkGroupItem, item);
    return { ...group, items: items.map((each) => defined(each)) } as WorkGroup;
  };
  const itemOf = (group: WorkGroup) => {
    const { organizationId, id } = group;
    const members = { ...group, items: group.items.map((each) => ({ ...each })) };
    return stored('WORK_GROUP', keys.workGroup(organizationId, id), members);
  };
  return {
    get: async (organizationId, groupId) => {
      const item = await table.get(keys.workGroup(organizationId, groupId));
      return item && groupOf(item);
    },
    ofOrganization: async (organizationId) => {
      const { pk } = keys.workGroup(organizationId, '');
      return (await Array.fromAsync(table.query(pk, { prefix: 'WORK-GROUP#' }))).map(groupOf);
    },
    created: (group) => table.putNew(`work group ${group.id}`, itemOf(group)),
    changed: (before, after) => table.putOver(`work group ${after.id}`, itemOf(after), before.version),
    deleted: ({ organizationId, id }) => table.deleted(`work group ${id}`, keys.workGroup(organizationId, id)),
  };
}
