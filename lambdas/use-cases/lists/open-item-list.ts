import { FAMILY_TYPES } from '../../domain/catalogue/family.ts';
import { INVOICE_KINDS } from '../../domain/invoice/invoice.ts';
import { formatMoney } from '../../domain/numbers/currency.ts';
import { AGES } from '../../domain/receivables/ageing.ts';
import type { OpenItemRow } from '../read-receivables.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<OpenItemRow> = {
  number: { type: 'text', of: (row) => row.number },
  kind: { type: 'enum', values: INVOICE_KINDS, of: (row) => row.kind },
  usagePeriod: { type: 'month', of: (row) => row.usagePeriod },
  date: { type: 'date', of: (row) => row.date },
  dueDate: { type: 'date', of: (row) => row.dueDate },
  contractNumber: { type: 'text', of: (row) => row.contractNumber },
  serviceProviderId: { type: 'text', of: (row) => row.serviceProviderId },
  familyType: { type: 'enum', values: FAMILY_TYPES, of: (row) => row.familyType },
  age: { type: 'enum', values: AGES, of: (row) => row.age },
  daysOverdue: { type: 'number', of: (row) => String(row.daysOverdue) },
  currency: { type: 'text', of: (row) => row.currency },
  open: { type: 'number', of: (row) => formatMoney(row.open, row.currency) },
};

/** Documents of an aggregator of which something is open. */
export const OPEN_ITEM_LIST: ListDefinition<OpenItemRow> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (row) => row.number,
  defaultSort: '-daysOverdue,dueDate',
};
