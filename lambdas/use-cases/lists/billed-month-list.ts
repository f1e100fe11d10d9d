import type { BilledMonth } from '../read-period-documents.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<BilledMonth> = {
  usagePeriod: { type: 'month', of: (month) => month.usagePeriod },
  points: { type: 'number', of: (month) => month.points },
  corrected: { type: 'boolean', of: (month) => month.corrected },
};

/** Months that were billed to an organization. */
export const BILLED_MONTH_LIST: ListDefinition<BilledMonth> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (month) => month.usagePeriod,
  defaultSort: '-usagePeriod',
};
