import type { AuditRow } from '../ports/changes.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<AuditRow> = {
  subject: { type: 'text', of: (row) => row.subject },
  actor: { type: 'text', of: (row) => row.actor },
  action: { type: 'text', of: (row) => row.action },
  time: { type: 'text', of: (row) => row.time },
};

/** The audit trail of an organization. */
export const AUDIT_LIST: ListDefinition<AuditRow> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (row) => `${row.subject} ${row.id}`,
  defaultSort: '-time',
  narrowBy: 'from',
};
