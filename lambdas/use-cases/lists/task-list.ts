import { TASK_TYPES, type Task } from '../tasks.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<Task> = {
  type: { type: 'enum', values: TASK_TYPES, of: (task) => task.type },
  usagePeriod: { type: 'month', of: (task) => task.usagePeriod },
  contractNumber: { type: 'text', of: (task) => task.contractNumber },
  contractReferenceNumber: { type: 'text', of: (task) => task.contractReferenceNumber },
  token: { type: 'text', of: (task) => task.token },
  dueDate: { type: 'date', of: (task) => task.dueDate },
  overdue: { type: 'boolean', of: (task) => task.overdue },
};

/** What waits for an organization: first what is due first. */
export const TASK_LIST: ListDefinition<Task> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (task) => task.id,
  defaultSort: 'dueDate,type,contractNumber',
};
