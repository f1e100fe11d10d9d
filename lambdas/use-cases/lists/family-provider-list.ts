import { ORGANIZATION_STATUSES } from '../../domain/organization/status.ts';
import type { OrganizationRow } from '../ports/organizations.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<OrganizationRow> = {
  name: { type: 'text', of: (row) => row.name },
  prmId: { type: 'text', of: (row) => row.prmId },
  status: { type: 'enum', values: ORGANIZATION_STATUSES, of: (row) => row.status },
};

/** Service providers that may have contracts of a family. */
export const FAMILY_PROVIDER_LIST: ListDefinition<OrganizationRow> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (row) => row.id,
  defaultSort: 'name',
};
