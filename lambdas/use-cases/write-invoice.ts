import { type CanonicalInvoice, pointsBilled } from '../documents/canonical-invoice.ts';
import { period } from '../domain/calendar/period.ts';
import type { MinorUnits } from '../domain/numbers/amounts.ts';
import { formatMoney } from '../domain/numbers/currency.ts';
import { addDecimals } from '../domain/numbers/decimal.ts';
import { invoiceKey } from './documents.ts';
import type { StoredInvoice } from './ports/invoices.ts';
import type { PortalEvent } from './ports/messages.ts';
import type { Portal } from './ports/portal.ts';

const NO_MONEY = 0n as MinorUnits;

/** Whose invoice it is, and what usage it bills. */
type Owners = Pick<StoredInvoice, 'aggregatorId' | 'serviceProviderId' | 'contractId' | 'lineSet'>;

/**
 * Writes the documents of an invoice, which are the same however often they are written.
 * @returns the invoice as it is to be stored, in the transaction that makes it visible
 */
export async function writeInvoice(
  portal: Pick<Portal, 'documentWriter'>,
  { aggregatorId, serviceProviderId, contractId, lineSet }: Owners,
  invoice: CanonicalInvoice,
): Promise<StoredInvoice> {
  const { number, kind, source, usagePeriod, invoiceDate, dueDate, currency, contract, net, gross } = invoice;
  return {
    number,
    kind,
    source: { id: source.id, revision: Number(source.revision) },
    usagePeriod: period(usagePeriod),
    invoiceDate,
    dueDate,
    aggregatorId,
    serviceProviderId,
    contractId,
    contractNumber: contract.number,
    skuCode: contract.skuCode,
    ...(lineSet !== undefined && { lineSet }),
    currency,
    points: invoice.corrects === undefined ? pointsBilled(invoice) : negated(pointsBilled(invoice)),
    net,
    tax: invoice.taxes.reduce((sum, { amount }) => addDecimals(sum, amount), formatMoney(NO_MONEY, currency)),
    gross,
    ...(invoice.corrects !== undefined && { corrects: invoice.corrects }),
    hashes: await portal.documentWriter.invoice(invoiceKey({ usagePeriod, aggregatorId, number }), invoice),
  };
}

/** A decimal with the other sign: a document that takes another back prints its commit summary as it was. */
export function negated(decimal: string): string {
  if (decimal.startsWith('-')) return decimal.slice(1);
  return /[1-9]/.test(decimal) ? `-${decimal}` : decimal;
}

/** Tells that an invoice is there. */
export function issuedEvent(portal: Pick<Portal, 'clock'>, invoice: StoredInvoice): PortalEvent {
  const { number, kind, usagePeriod, aggregatorId, serviceProviderId, contractNumber, currency, gross } = invoice;
  return {
    id: `InvoiceIssued#${number}`,
    type: 'InvoiceIssued',
    time: portal.clock().toISOString(),
    detail: { number, kind, usagePeriod, aggregatorId, serviceProviderId, contractNumber, currency, gross },
  };
}
