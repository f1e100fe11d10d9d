import { isPointsFamily } from '../domain/catalogue/family.ts';
import type { CanonicalInvoice } from './canonical-invoice.ts';
import { type CsvColumn, csv } from './csv.ts';
import { printedDueDate } from './printed.ts';

type Line = CanonicalInvoice['lines'][number];
type Row = { invoice: CanonicalInvoice; line: Line; position: number };

/**
 * What each line of an invoice's CSV says. The first columns are the invoice's and the same on each line; amounts are
 * net, exact and without separators for the thousands. Tax is not a matter of lines and stands on the PDF only.
 */
const COLUMNS: readonly CsvColumn<Row>[] = [
  { name: 'invoiceNumber', value: ({ invoice }) => invoice.number },
  { name: 'kind', value: ({ invoice }) => invoice.kind },
  { name: 'corrects', value: ({ invoice }) => invoice.corrects },
  { name: 'invoiceDate', value: ({ invoice }) => invoice.invoiceDate },
  { name: 'dueDate', value: ({ invoice }) => printedDueDate(invoice) },
  { name: 'invoicePeriod', value: ({ invoice }) => invoice.usagePeriod },
  { name: 'aggregatorNumber', value: ({ invoice }) => invoice.aggregator.number },
  { name: 'billToNumber', value: ({ invoice }) => invoice.billTo.number },
  { name: 'serviceProviderNumber', value: ({ invoice }) => invoice.serviceProvider.number },
  { name: 'serviceProviderName', value: ({ invoice }) => invoice.serviceProvider.name },
  { name: 'contractNumber', value: ({ invoice }) => invoice.contract.number },
  { name: 'contractReference', value: ({ invoice }) => invoice.contract.referenceNumber },
  { name: 'contractType', value: ({ invoice }) => invoice.contract.contractType },
  { name: 'skuCode', value: ({ invoice }) => invoice.contract.skuCode },
  { name: 'serviceProviderPurchaseOrder', value: ({ invoice }) => invoice.serviceProviderPurchaseOrder },
  { name: 'vendorPurchaseOrder', value: ({ invoice }) => invoice.vendorPurchaseOrder },
  { name: 'line', value: ({ position }) => String(position) },
  { name: 'lineKind', value: ({ line }) => line.kind },
  { name: 'usagePeriod', value: ({ line }) => line.usagePeriod },
  { name: 'siteName', value: ({ line }) => line.siteName },
  { name: 'productCode', value: ({ line }) => line.productCode },
  { name: 'description', value: ({ line }) => line.description },
  { name: 'customerNumber', value: ({ line }) => line.customerNumber },
  { name: 'inMinCommit', value: ({ line }) => String(line.inMinCommit) },
  { name: 'quantity', value: ({ line }) => line.quantity },
  { name: 'uom', value: ({ line }) => line.uom },
  { name: 'pointsPerUnit', value: ({ line }) => line.pointsPerUnit },
  { name: 'points', value: ({ invoice, line }) => (isPointsFamily(invoice.contract.family) ? line.points : undefined) },
  { name: 'unitPrice', value: ({ line }) => line.price?.unitPrice ?? line.unitPrice },
  { name: 'discount', value: ({ line }) => line.price?.discount },
  { name: 'amount', value: ({ line }) => line.amount },
  { name: 'currency', value: ({ invoice }) => invoice.currency },
  { name: 'usageLineId', value: ({ line }) => line.usageLineId },
];

/** The CSV of an invoice or credit note, one line for each of its lines (domain.md §7); see csv for the format. */
export function renderInvoiceCsv(invoice: CanonicalInvoice): string {
  return csv(
    COLUMNS,
    invoice.lines.map((line, index) => ({ invoice, line, position: index + 1 })),
  );
}
