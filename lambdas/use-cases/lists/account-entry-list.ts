import { LEDGER_KINDS } from '../../domain/receivables/open-items.ts';
import type { AccountRow } from '../ports/invoices.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<AccountRow> = {
  number: { type: 'text', of: (row) => row.number },
  kind: { type: 'enum', values: LEDGER_KINDS, of: (row) => row.kind },
  usagePeriod: { type: 'month', of: (row) => row.usagePeriod },
  date: { type: 'date', of: (row) => row.date },
  currency: { type: 'text', of: (row) => row.currency },
  amount: { type: 'number', of: (row) => row.amount },
};

/** Entries of an aggregator's account. */
export const ACCOUNT_ENTRY_LIST: ListDefinition<AccountRow> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: ({ number, kind, reference = '' }) => `${number}#${kind}#${reference}`,
  defaultSort: 'currency,date',
  narrowBy: 'from',
};
