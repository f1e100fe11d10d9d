import type { DocumentExport } from '../../domain/document-export/document-export.ts';
import { EXPORT_STATUSES } from '../../domain/document-export/status.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<DocumentExport> = {
  status: { type: 'enum', values: EXPORT_STATUSES, of: (each) => each.status },
  createdTime: { type: 'text', of: (each) => each.createdTime },
  fromPeriod: { type: 'month', of: (each) => each.request.from },
  toPeriod: { type: 'month', of: (each) => each.request.to },
};

/** Exports of an organization. */
export const EXPORT_LIST: ListDefinition<DocumentExport> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (each) => each.id,
  defaultSort: '-createdTime',
};
