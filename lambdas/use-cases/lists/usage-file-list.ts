import { USAGE_FILE_STATUSES } from '../../domain/usage-file/status.ts';
import { USAGE_FILE_FORMATS } from '../../domain/usage-file/usage-file.ts';
import type { UsageFileRow } from '../ports/usage-files.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<UsageFileRow> = {
  name: { type: 'text', of: (file) => file.name },
  format: { type: 'enum', values: USAGE_FILE_FORMATS, of: (file) => file.format },
  status: { type: 'enum', values: USAGE_FILE_STATUSES, of: (file) => file.status },
  createdTime: { type: 'text', of: (file) => file.createdTime },
};

/** Files of usage of a service provider. */
export const USAGE_FILE_LIST: ListDefinition<UsageFileRow> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (file) => file.id,
  defaultSort: '-createdTime',
};
