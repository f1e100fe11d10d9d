import { INVOICE_KINDS } from '../../domain/invoice/invoice.ts';
import type { InvoiceRow } from '../ports/invoices.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<InvoiceRow> = {
  number: { type: 'text', of: (row) => row.number },
  kind: { type: 'enum', values: INVOICE_KINDS, of: (row) => row.kind },
  usagePeriod: { type: 'month', of: (row) => row.usagePeriod },
  invoiceDate: { type: 'date', of: (row) => row.invoiceDate },
  serviceProviderId: { type: 'text', of: (row) => row.serviceProviderId },
  contractNumber: { type: 'text', of: (row) => row.contractNumber },
  currency: { type: 'text', of: (row) => row.currency },
  gross: { type: 'number', of: (row) => row.gross },
};

/** Invoices and credit notes of an aggregator. */
export const INVOICE_LIST: ListDefinition<InvoiceRow> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (row) => row.number,
  defaultSort: '-number',
  narrowBy: 'usagePeriod',
};

const OF_ALL: ListFields<InvoiceRow> = { ...FIELDS, aggregatorId: { type: 'text', of: (row) => row.aggregatorId } };

/** Those of all aggregators. */
export const VENDOR_INVOICE_LIST: ListDefinition<InvoiceRow> = { ...INVOICE_LIST, selectors: OF_ALL, sortable: OF_ALL };
