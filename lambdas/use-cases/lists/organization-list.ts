import { ORGANIZATION_TYPES } from '../../domain/organization/organization.ts';
import { ORGANIZATION_STATUSES } from '../../domain/organization/status.ts';
import type { OrganizationRow } from '../ports/organizations.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<OrganizationRow> = {
  name: { type: 'text', of: (row) => row.name },
  prmId: { type: 'text', of: (row) => row.prmId },
  type: { type: 'enum', values: ORGANIZATION_TYPES, of: (row) => row.type },
  region: { type: 'text', of: (row) => row.region },
  countryRegion: { type: 'text', of: (row) => row.countryRegion },
  status: { type: 'enum', values: ORGANIZATION_STATUSES, of: (row) => row.status },
  awsResell: { type: 'boolean', of: (row) => row.awsResell },
};

/** Organizations of the programme. */
export const ORGANIZATION_LIST: ListDefinition<OrganizationRow> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (row) => row.id,
  defaultSort: 'name',
};
