import { XMLBuilder } from 'fast-xml-parser';
import type { CanonicalInvoice } from '../canonical-invoice.ts';
import { type Exact, exact, writtenAmount } from '../exact.ts';
import { joined } from '../printed.ts';
import { usageWindow } from '../usage-window.ts';
import { money, ublLine, ublPeriod } from './line.ts';
import { ublParty } from './party.ts';
import { exemptionOf, type TaxCategory, taxCategoryOf, ublCategory } from './tax-category.ts';

const UBL = 'urn:oasis:names:specification:ubl:schema:xsd';
// UNTDID 1001: commercial invoice, prepayment invoice, credit note.
const TYPE_CODES = { ORDER: '380', PREPAYMENT: '386', CREDIT_NOTE: '381' } as const;

/** Why there is no electronic invoice of a document; undefined where there is. It needs euro, and tax or a reason for none. */
export function eInvoiceProblem(document: CanonicalInvoice): string | undefined {
  const { kind, currency, lines, taxes, vendor, billTo } = document;
  if (kind === 'VOID' || lines.length === 0) return 'it has no lines';
  if (currency !== 'EUR') return `it is in ${currency}, not in EUR`;
  if (taxes.length > 1) return 'it has several tax rates';
  if (vendor.taxId === undefined) return 'the vendor has no tax number';
  if (vendor.countryRegion === undefined || billTo.countryRegion === undefined) return 'a party has no country';
  if (taxCategoryOf(document) === undefined) {
    return 'it has no tax, and is no reverse charge: that takes VAT numbers of two member states of the EU';
  }
  return undefined;
}

/**
 * An invoice or credit note as UBL 2.1 by EN 16931 (the core, without a national extension). A credit note says what it takes
 * back in amounts above zero; what a document takes off has a negative quantity, never a negative price.
 *
 * @param document one without eInvoiceProblem
 */
export function renderUbl(document: CanonicalInvoice): string {
  const isCredit = document.kind === 'CREDIT_NOTE';
  const name = isCredit ? 'CreditNote' : 'Invoice';
  const tax = taxCategoryOf(document);
  if (!tax) throw new Error(`${document.number} has no tax category`);
  return BUILDER.build({
    '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
    [name]: {
      '@_xmlns': `${UBL}:${name}-2`,
      '@_xmlns:cac': `${UBL}:CommonAggregateComponents-2`,
      '@_xmlns:cbc': `${UBL}:CommonBasicComponents-2`,
      ...headOf(document, isCredit),
      ...partiesOf(document),
      ...sumsOf(document, tax, isCredit ? -1n : 1n),
      [`cac:${name}Line`]: document.lines.map((line, index) =>
        ublLine(line, index + 1, {
          currency: document.currency,
          tax,
          sign: isCredit ? -1n : 1n,
          windowOf: (usagePeriod) => usageWindow(document, usagePeriod),
          quantityName: isCredit ? 'cbc:CreditedQuantity' : 'cbc:InvoicedQuantity',
        }),
      ),
    },
  });
}

// Characters that no XML 1.0 document can have, and halves of surrogate pairs.
const NO_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const BUILDER = new XMLBuilder({
  ignoreAttributes: false,
  format: true,
  suppressEmptyNode: true,
  tagValueProcessor: (_name, value) => String(value).replace(NO_XML, ''),
});

function headOf(document: CanonicalInvoice, isCredit: boolean) {
  const { kind, number, invoiceDate, dueDate, currency, aggregator, contract, corrects } = document;
  const typeCode = TYPE_CODES[kind as keyof typeof TYPE_CODES];
  const note = noteOf(document);
  return {
    'cbc:CustomizationID': 'urn:cen.eu:en16931:2017',
    'cbc:ID': number,
    'cbc:IssueDate': invoiceDate,
    ...(isCredit
      ? { 'cbc:CreditNoteTypeCode': typeCode, 'cbc:Note': note }
      : { 'cbc:DueDate': dueDate, 'cbc:InvoiceTypeCode': typeCode, 'cbc:Note': note }),
    'cbc:DocumentCurrencyCode': currency,
    'cbc:BuyerReference': contract.referenceNumber || aggregator.number,
    'cac:InvoicePeriod': ublPeriod(usageWindow(document, document.usagePeriod)),
    ...(document.vendorPurchaseOrder !== '' && { 'cac:OrderReference': { 'cbc:ID': document.vendorPurchaseOrder } }),
    ...(corrects !== undefined && {
      'cac:BillingReference': { 'cac:InvoiceDocumentReference': { 'cbc:ID': corrects } },
    }),
    'cac:ContractDocumentReference': { 'cbc:ID': contract.number },
  };
}

const noteOf = ({ serviceProvider, serviceProviderPurchaseOrder, contract }: CanonicalInvoice): string =>
  joined(
    `Service provider ${joined(serviceProvider.name, serviceProvider.number)}`,
    `SKU ${contract.skuCode}`,
    serviceProviderPurchaseOrder && `its purchase order ${serviceProviderPurchaseOrder}`,
  );

function partiesOf({ vendor, billTo, dueDate }: CanonicalInvoice) {
  return {
    'cac:AccountingSupplierParty': ublParty(vendor, 'SELLER'),
    'cac:AccountingCustomerParty': ublParty(billTo, 'BUYER'),
    'cac:PaymentTerms': { 'cbc:Note': `Due on ${dueDate}` },
  };
}

/** Tax and totals: the printed ones, as they are (BR-CO-10 to BR-CO-17). */
function sumsOf({ currency, net, gross, taxes }: CanonicalInvoice, tax: TaxCategory, sign: 1n | -1n) {
  const signed = (amount: string) => money(currency, writtenAmount((sign * exact(amount)) as Exact));
  const { base, amount } = taxes[0] ?? { base: net, amount: '0' };
  return {
    'cac:TaxTotal': {
      'cbc:TaxAmount': signed(amount),
      'cac:TaxSubtotal': {
        'cbc:TaxableAmount': signed(base),
        'cbc:TaxAmount': signed(amount),
        'cac:TaxCategory': ublCategory(tax, exemptionOf(tax)),
      },
    },
    'cac:LegalMonetaryTotal': {
      'cbc:LineExtensionAmount': signed(net),
      'cbc:TaxExclusiveAmount': signed(net),
      'cbc:TaxInclusiveAmount': signed(gross),
      'cbc:PayableAmount': signed(gross),
    },
  };
}
