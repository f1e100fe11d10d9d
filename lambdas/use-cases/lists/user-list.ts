import type { User } from '../../domain/organization/organization.ts';
import { USER_STATUSES } from '../../domain/organization/status.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<User> = {
  firstName: { type: 'text', of: (user) => user.firstName },
  lastName: { type: 'text', of: (user) => user.lastName },
  email: { type: 'text', of: (user) => user.email },
  status: { type: 'enum', values: USER_STATUSES.filter((status) => status !== 'DELETED'), of: (user) => user.status },
};

/** Users of an organization, with the published selectors. */
export const USER_LIST: ListDefinition<User> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (user) => user.id,
  defaultSort: 'lastName,firstName',
};
