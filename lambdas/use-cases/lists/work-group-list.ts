import type { GroupWithMembers } from '../read-work-groups.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<GroupWithMembers> = { name: { type: 'text', of: ({ group }) => group.name } };

/** Work groups of an organization. */
export const WORK_GROUP_LIST: ListDefinition<GroupWithMembers> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: ({ group }) => group.id ?? '',
  defaultSort: 'name',
};
