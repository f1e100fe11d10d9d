import * as fc from 'fast-check';
import type { CanonicalInvoice } from '../../lambdas/documents/canonical-invoice.ts';
import { isReverseCharge, isVatNumber } from '../../lambdas/documents/tax-treatment.ts';
import { eInvoiceProblem, renderUbl } from '../../lambdas/documents/ubl/document.ts';
import { anyInvoice } from '../domain/support/any-invoice.ts';
import { canonical, creditOf, lineOf, sampleInvoice, sampleLine } from '../fixtures/invoices.ts';
import { at, eInvoiceProblems, readXml, textAt } from './support/en16931-rules.ts';

const VENDOR = { ...sampleInvoice().vendor, countryRegion: 'IE', taxId: 'IE9740218QA' };
const BILL_TO = { ...sampleInvoice().billTo, countryRegion: 'DE' };
const GERMAN = 'DE 811 907 980';
const NET = { net: '1610.40', taxes: [{ rate: '19', base: '1610.40', amount: '305.98' }], gross: '1916.38' };

const taxed = (overrides: Partial<CanonicalInvoice> = {}) =>
  sampleInvoice({ vendor: VENDOR, billTo: BILL_TO, currency: 'EUR', ...NET, ...overrides });
/** A document of lines that come to a sum, taxed at 20 %. */
const ofLines = (net: string, tax: string, gross: string, lines: CanonicalInvoice['lines']) =>
  taxed({ lines, net, taxes: [{ rate: '20', base: net, amount: tax }], gross });
const linesOf = (document: CanonicalInvoice) =>
  readXml(renderUbl(document)).lines.map((line) => [
    textAt(line, 'cbc:InvoicedQuantity') ?? textAt(line, 'cbc:CreditedQuantity'),
    textAt(line, 'cac:Price/cbc:PriceAmount'),
    textAt(line, 'cbc:LineExtensionAmount'),
  ]);

test('any invoice in EUR and its credit note keep the rules of EN 16931, taxed or not', () => {
  fc.assert(
    fc.property(anyInvoice('EUR'), fc.boolean(), (invoice, isTaxed) => {
      fc.pre((invoice.taxes.length > 0 || !isTaxed) && invoice.lines.length > 0);
      const sums = isTaxed ? {} : { taxes: [], gross: invoice.net };
      const document = { ...canonical({ ...invoice, ...sums }), vendor: VENDOR, billTo: { ...BILL_TO, taxId: GERMAN } };
      expect(eInvoiceProblem(document)).toBeUndefined();
      expect(eInvoiceProblems(renderUbl(document))).toEqual([]);
      expect(eInvoiceProblems(renderUbl(creditOf(document)))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('an invoice says who sells what to whom, by which order, contract and tax', () => {
  const { name, root, lines } = readXml(renderUbl(taxed({ vendorPurchaseOrder: 'PO <1> & "2"' })));
  expect(name).toBe('Invoice');
  const texts = {
    'cbc:ID': 'INV-2026-000001',
    'cbc:DueDate': '2026-12-10',
    'cbc:InvoiceTypeCode': '380',
    'cbc:Note': 'Service provider Bluewater Cloud Ltd · P-2001 · SKU VSPP3-1800-C · its purchase order PO-7781',
    'cbc:BuyerReference': 'NW-BW-7',
    'cac:InvoicePeriod/cbc:EndDate': '2026-10-31',
    'cac:OrderReference/cbc:ID': 'PO &lt;1&gt; &amp; &quot;2&quot;',
    'cac:ContractDocumentReference/cbc:ID': '40012345',
    'cac:AccountingSupplierParty/cac:Party/cac:PartyTaxScheme/cbc:CompanyID': 'IE9740218QA',
    'cac:AccountingCustomerParty/cac:Party/cac:PostalAddress/cac:AddressLine/cbc:Line': 'Germany',
    'cac:TaxTotal/cbc:TaxAmount': '305.98',
    'cac:LegalMonetaryTotal/cbc:PayableAmount': '1916.38',
  };
  for (const [path, text] of Object.entries(texts)) {
    expect([path, textAt(root, path)?.replace('<1> & "2"', '&lt;1&gt; &amp; &quot;2&quot;')]).toEqual([path, text]);
  }
  expect(at(root, 'cac:TaxTotal/cbc:TaxAmount/@_currencyID')).toBe('EUR');
  expect(lines.map((line) => textAt(line, 'cbc:Note'))).toEqual([
    'Site Site A · 10 GB vRAM · 3 points per unit',
    'Site Site B · Customer C-10023 · 400 GB vRAM · 4.5 points per unit',
  ]);
});

test('a credit note names what it takes back, in amounts above zero', () => {
  const { name, root } = readXml(renderUbl(creditOf(taxed())));
  expect(name).toBe('CreditNote');
  expect(textAt(root, 'cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID')).toBe('INV-2026-000001');
  expect(textAt(root, 'cac:LegalMonetaryTotal/cbc:PayableAmount')).toBe('1916.38');
  expect(linesOf(creditOf(taxed()))).toEqual([
    ['30', '0.88', '26.40'],
    ['1800', '0.88', '1584.00'],
  ]);
});

test('what is taken off has a quantity below zero, never a price', () => {
  const document = ofLines('60.00', '12.00', '72.00', [
    lineOf('UNDERAGE', { points: '100', unitPrice: '1', amount: '100.00' }),
    lineOf('SURCHARGE', { points: '30', unitPrice: '-0.10', amount: '-3.00' }),
    lineOf('SETTLEMENT', { points: '0', unitPrice: '0', amount: '13.00' }),
    lineOf('COVER', { points: '-50', unitPrice: '1', amount: '-50.00' }),
  ]);
  const [asInvoice, asCredit] = [linesOf(document), linesOf(creditOf(document))];
  expect(asInvoice).toEqual([
    ['100', '1.00', '100.00'],
    ['-30', '0.10', '-3.00'],
    ['1', '13.00', '13.00'],
    ['-50', '1.00', '-50.00'],
  ]);
  expect(asCredit).toEqual(asInvoice);
  expect(eInvoiceProblems(renderUbl(document))).toEqual([]);
});

test('usage of a money family has the list price, what is taken off it, and the net price', () => {
  const price = { unitPrice: '0.000123', discount: '15' };
  const usage = { quantity: '10000000', points: '1045.50', unitPrice: '1', amount: '1045.50', price };
  const document = ofLines('1045.50', '209.10', '1254.60', [sampleLine(usage)]);
  expect(linesOf(document)).toEqual([['10000000', '0.00010455', '1045.50']]);
  const [line] = readXml(renderUbl(document)).lines;
  expect(at(line, 'cac:Price/cac:AllowanceCharge')).toMatchObject([{ 'cbc:BaseAmount': { '#text': '0.000123' } }]);
  expect(eInvoiceProblems(renderUbl(document))).toEqual([]);
});

test('late usage that adds to another month than its price says is one of what it costs', () => {
  const late = sampleLine({ usagePeriod: '2026-08', points: '100', unitPrice: '0.88', amount: '120.00' });
  expect(linesOf(ofLines('120.00', '24.00', '144.00', [late]))).toEqual([['1', '120.00', '120.00']]);
});

test('periods that follow an anniversary have its days', () => {
  const { root, lines } = readXml(renderUbl(taxed({ contract: { ...taxed().contract, anniversary: '2026-01-31' } })));
  const daysOf = (node: unknown) =>
    ['StartDate', 'EndDate'].map((name) => textAt(node, `cac:InvoicePeriod/cbc:${name}`));
  expect([daysOf(root), daysOf(lines[0])]).toEqual([
    ['2026-09-30', '2026-10-30'],
    ['2026-09-30', '2026-10-30'],
  ]);
});

test('a prepayment is a prepayment invoice', () => {
  const line = lineOf('PREPAYMENT', { points: '120', unitPrice: '1', amount: '120.00' });
  const document = { ...ofLines('120.00', '24.00', '144.00', [line]), kind: 'PREPAYMENT' as const };
  expect(textAt(readXml(renderUbl(document)).root, 'cbc:InvoiceTypeCode')).toBe('386');
});

test('characters that XML can’t have are left out of texts', () => {
  const document = taxed({ lines: [sampleLine({ siteName: 'A\u0000\u0008B \uD800 \u{1F600}' })] });
  expect(textAt(readXml(renderUbl(document)).lines[0], 'cbc:Note')).toContain('Site AB  \u{1F600}');
});

const AMERICAN = { ...BILL_TO, countryRegion: 'US', taxId: '36-4471920' };
const UNTAXED = { taxes: [], gross: '1610.40' };
const reverse = { ...UNTAXED, billTo: { ...BILL_TO, taxId: GERMAN } };

test('without tax, to a taxable person in another member state, it is a reverse charge', () => {
  const { root, lines } = readXml(renderUbl(taxed(reverse)));
  const [subtotal] = at(root, 'cac:TaxTotal/cac:TaxSubtotal') as unknown[];
  expect(at(subtotal, 'cac:TaxCategory')).toMatchObject({
    ...{ 'cbc:ID': 'AE', 'cbc:Percent': '0', 'cbc:TaxExemptionReasonCode': 'VATEX-EU-AE' },
  });
  expect([textAt(subtotal, 'cbc:TaxableAmount'), textAt(subtotal, 'cbc:TaxAmount')]).toEqual(['1610.40', '0.00']);
  expect(textAt(lines[0], 'cac:Item/cac:ClassifiedTaxCategory/cbc:ID')).toBe('AE');
  expect(textAt(root, 'cac:LegalMonetaryTotal/cbc:PayableAmount')).toBe('1610.40');
  expect(eInvoiceProblems(renderUbl(creditOf(taxed(reverse))))).toEqual([]);
});

test.each([
  ['has tax', {}, GERMAN, 'DE', false],
  ['is within one state', UNTAXED, 'IE6388047V', 'IE', false],
  ['has a buyer without a VAT number', UNTAXED, '36-4471920', 'DE', false],
  ['has a buyer outside the EU', UNTAXED, 'CHE123456788', 'CH', false],
  ['has a VAT number of another state than the buyer is in', UNTAXED, GERMAN, 'US', false],
  ['is of Northern Ireland, which is outside for services', UNTAXED, 'XI123456789', 'XI', false],
  ['has a Greek buyer, whose VAT number begins otherwise', UNTAXED, 'EL123456789', 'GR', true],
])('what %s is a reverse charge or is not', (_what, sums, taxId, countryRegion, is) => {
  expect(isReverseCharge(taxed({ ...sums, billTo: { ...BILL_TO, taxId, countryRegion } }))).toBe(is);
});

test.each([
  [{ currency: 'USD' }, /USD/],
  [{ ...UNTAXED, billTo: AMERICAN }, /no reverse charge/],
  [{ ...UNTAXED, billTo: AMERICAN, taxes: [{ rate: '0', base: '1610.40', amount: '0.00' }] }, /no reverse charge/],
  [{ lines: [] }, /no lines/],
  [{ kind: 'VOID' as const }, /no lines/],
  [{ vendor: sampleInvoice().vendor }, /no country/],
  [{ vendor: { name: 'V', number: '1', address: [], countryRegion: 'IE' } }, /no tax number/],
])('there is no electronic invoice with %j', (overrides, reason) => {
  expect(eInvoiceProblem(taxed(overrides))).toMatch(reason);
});

test('a seller without a VAT number is told by its tax number, a buyer is not', () => {
  expect(['IE9740218QA', 'DE 811 907 980', 'EL123456789'].map(isVatNumber)).toEqual([true, true, true]);
  expect(['36-4471920', 'US-94-3292913', 'DE'].map(isVatNumber)).toEqual([false, false, false]);
  const foreign = { ...VENDOR, taxId: '36-4471920' };
  const { root } = readXml(renderUbl(taxed({ vendor: foreign, billTo: { ...BILL_TO, taxId: '36-4471920' } })));
  const scheme = 'cac:Party/cac:PartyTaxScheme/cac:TaxScheme/cbc:ID';
  expect(textAt(root, `cac:AccountingSupplierParty/${scheme}`)).toBe('TAX');
  expect(at(root, `cac:AccountingCustomerParty/cac:Party/cac:PartyTaxScheme`)).toBeUndefined();
});
