import { XMLParser, XMLValidator } from 'fast-xml-parser';
import {
  decimal,
  equals,
  isLess,
  minus,
  plus,
  type Rational,
  rational,
  times,
  ZERO,
} from '../../domain/support/rational.ts';

/**
 * The business rules of EN 16931-1 that the portal's documents come under, by the ids of the CEN's validation artefacts, and the
 * order of the elements that UBL 2.1's schemas want. They are written down here from the standard's texts; the artefacts
 * themselves (XSLT 2.0) need a processor that is not among the dependencies: docs/decisions/0023 says how documents were held
 * against them.
 */
type Node = { readonly [name: string]: unknown };

const PARSER = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  isArray: (name) => /^cac:(Invoice|CreditNote)Line$|^cac:TaxSubtotal$|^cac:AllowanceCharge$/.test(name),
});

/** A path's element, or its text: "cac:Price/cbc:PriceAmount". */
export function at(node: unknown, path: string): unknown {
  return path.split('/').reduce<unknown>((of, name) => (of as Node | undefined)?.[name], node);
}

export function textAt(node: unknown, path: string): string | undefined {
  const found = at(node, path);
  return typeof found === 'object' && found !== null ? String((found as Node)['#text']) : (found as string | undefined);
}

const amountAt = (node: unknown, path: string): Rational => decimal(textAt(node, path) ?? 'missing');
const sum = (values: readonly Rational[]): Rational => values.reduce(plus, ZERO);
const hasTwoDecimals = (text: string | undefined) => /^-?\d+(\.\d{1,2})?$/.test(text ?? '');

/** The document element of an XML text and what it is called. @throws Error where it isn't well formed */
export function readXml(xml: string): { name: 'Invoice' | 'CreditNote'; root: Node; lines: Node[] } {
  const valid = XMLValidator.validate(xml);
  if (valid !== true) throw new Error(valid.err.msg);
  const parsed = PARSER.parse(xml) as Node;
  const name = 'Invoice' in parsed ? 'Invoice' : 'CreditNote';
  const root = parsed[name] as Node;
  return { name, root, lines: (root[`cac:${name}Line`] ?? []) as Node[] };
}

type Document = ReturnType<typeof readXml>;
const TOTALS = 'cac:LegalMonetaryTotal';
const totalOf = ({ root }: Document, name: string) => amountAt(root, `${TOTALS}/cbc:${name}`);
const subtotals = ({ root }: Document) => (at(root, 'cac:TaxTotal/cac:TaxSubtotal') ?? []) as Node[];
const seller = ({ root }: Document) => at(root, 'cac:AccountingSupplierParty/cac:Party');
const buyer = ({ root }: Document) => at(root, 'cac:AccountingCustomerParty/cac:Party');
const country = (party: unknown) => textAt(party, 'cac:PostalAddress/cac:Country/cbc:IdentificationCode');
const quantityOf = ({ name }: Document) => (name === 'Invoice' ? 'cbc:InvoicedQuantity' : 'cbc:CreditedQuantity');
const CENT = rational(1n, 100n);
const isWithin = (a: Rational, b: Rational, tolerance: Rational) =>
  isLess(minus(a, b), tolerance) && isLess(minus(b, a), tolerance);

const categoryOf = (of: unknown) => textAt(of, 'cac:TaxCategory/cbc:ID');
const isReverse = (document: Document) => subtotals(document).some((each) => categoryOf(each) === 'AE');

/** What must hold of the document as a whole. */
const DOCUMENT_RULES: Readonly<Record<string, (document: Document) => boolean>> = {
  'BR-01': ({ root }) => textAt(root, 'cbc:CustomizationID') === 'urn:cen.eu:en16931:2017',
  'BR-02': ({ root }) => Boolean(textAt(root, 'cbc:ID')),
  'BR-03': ({ root }) => /^\d{4}-\d\d-\d\d$/.test(textAt(root, 'cbc:IssueDate') ?? ''),
  'BR-04, BR-CL-01': ({ name, root }) =>
    name === 'Invoice'
      ? ['380', '386'].includes(textAt(root, 'cbc:InvoiceTypeCode') ?? '')
      : textAt(root, 'cbc:CreditNoteTypeCode') === '381',
  'BR-05': ({ root }) => textAt(root, 'cbc:DocumentCurrencyCode') === 'EUR',
  'BR-06': (document) => Boolean(textAt(seller(document), 'cac:PartyLegalEntity/cbc:RegistrationName')),
  'BR-07': (document) => Boolean(textAt(buyer(document), 'cac:PartyLegalEntity/cbc:RegistrationName')),
  'BR-09': (document) => /^[A-Z]{2}$/.test(country(seller(document)) ?? ''),
  'BR-11': (document) => /^[A-Z]{2}$/.test(country(buyer(document)) ?? ''),
  'BR-12, BR-CO-10': (document) =>
    equals(
      totalOf(document, 'LineExtensionAmount'),
      sum(document.lines.map((line) => amountAt(line, 'cbc:LineExtensionAmount'))),
    ),
  'BR-13, BR-CO-13': (document) =>
    equals(totalOf(document, 'TaxExclusiveAmount'), totalOf(document, 'LineExtensionAmount')),
  'BR-14, BR-CO-15': (document) =>
    equals(
      totalOf(document, 'TaxInclusiveAmount'),
      plus(totalOf(document, 'TaxExclusiveAmount'), amountAt(document.root, 'cac:TaxTotal/cbc:TaxAmount')),
    ),
  'BR-15, BR-CO-16': (document) => equals(totalOf(document, 'PayableAmount'), totalOf(document, 'TaxInclusiveAmount')),
  'BR-16': ({ lines }) => lines.length > 0,
  'BR-CO-09': (document) =>
    textAt(seller(document), 'cac:PartyTaxScheme/cac:TaxScheme/cbc:ID') !== 'VAT' ||
    /^[A-Z]{2}./.test(textAt(seller(document), 'cac:PartyTaxScheme/cbc:CompanyID') ?? ''),
  'BR-CO-14': (document) =>
    equals(
      amountAt(document.root, 'cac:TaxTotal/cbc:TaxAmount'),
      sum(subtotals(document).map((each) => amountAt(each, 'cbc:TaxAmount'))),
    ),
  'BR-CO-18': (document) => subtotals(document).length > 0,
  'BR-CO-25': ({ root }) => Boolean(textAt(root, 'cbc:DueDate') ?? textAt(root, 'cac:PaymentTerms/cbc:Note')),
  'BR-CO-26': (document) => Boolean(textAt(seller(document), 'cac:PartyIdentification/cbc:ID')),
  'BR-55': ({ root }) =>
    at(root, 'cac:BillingReference') === undefined ||
    Boolean(textAt(root, 'cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID')),
  'BR-AE-02 to 04': (document) =>
    !isReverse(document) ||
    [seller, buyer].every((of) => textAt(of(document), 'cac:PartyTaxScheme/cac:TaxScheme/cbc:ID') === 'VAT'),
  'BR-S-02': (document) => Boolean(textAt(seller(document), 'cac:PartyTaxScheme/cbc:CompanyID')),
  'BR-DEC-09 to 18': ({ root }) =>
    ['LineExtensionAmount', 'TaxExclusiveAmount', 'TaxInclusiveAmount', 'PayableAmount'].every((name) =>
      hasTwoDecimals(textAt(root, `${TOTALS}/cbc:${name}`)),
    ),
};

/** What must hold of each rate's sum. */
const SUBTOTAL_RULES: Readonly<Record<string, (subtotal: Node, document: Document) => boolean>> = {
  'BR-45, BR-S-08, BR-AE-08': (subtotal, { lines }) =>
    equals(
      amountAt(subtotal, 'cbc:TaxableAmount'),
      sum(lines.map((line) => amountAt(line, 'cbc:LineExtensionAmount'))),
    ),
  'BR-46, BR-S-09, BR-AE-09, BR-CO-17': (subtotal) =>
    isWithin(
      amountAt(subtotal, 'cbc:TaxAmount'),
      times(amountAt(subtotal, 'cbc:TaxableAmount'), times(amountAt(subtotal, 'cac:TaxCategory/cbc:Percent'), CENT)),
      CENT,
    ),
  'BR-47, BR-S-01, BR-AE-01': (subtotal) => ['S', 'AE'].includes(categoryOf(subtotal) ?? ''),
  'BR-48': (subtotal) =>
    isLess(ZERO, amountAt(subtotal, 'cac:TaxCategory/cbc:Percent')) === (categoryOf(subtotal) === 'S'),
  'BR-AE-10, BR-S-10, BR-CL-22': (subtotal) =>
    ['TaxExemptionReasonCode', 'TaxExemptionReason']
      .map((name) => textAt(subtotal, `cac:TaxCategory/cbc:${name}`))
      .join() === (categoryOf(subtotal) === 'AE' ? 'VATEX-EU-AE,Reverse charge' : ','),
  'BR-DEC-19, BR-DEC-20': (subtotal) =>
    ['cbc:TaxableAmount', 'cbc:TaxAmount'].every((name) => hasTwoDecimals(textAt(subtotal, name))),
};

/** What must hold of each line. */
const LINE_RULES: Readonly<Record<string, (line: Node, document: Document) => boolean>> = {
  'BR-21': (line) => Boolean(textAt(line, 'cbc:ID')),
  'BR-22, BR-23, BR-CL-23': (line, document) =>
    /^-?\d+(\.\d+)?$/.test(textAt(line, quantityOf(document)) ?? '') &&
    at(line, `${quantityOf(document)}/@_unitCode`) === 'C62',
  'BR-24, BR-DEC-23': (line) => hasTwoDecimals(textAt(line, 'cbc:LineExtensionAmount')),
  'BR-25': (line) => Boolean(textAt(line, 'cac:Item/cbc:Name')?.trim()),
  'BR-26, BR-27': (line) => !isLess(amountAt(line, 'cac:Price/cbc:PriceAmount'), ZERO),
  'BR-28': (line) =>
    ((at(line, 'cac:Price/cac:AllowanceCharge') ?? []) as Node[]).every(
      (each) =>
        !isLess(amountAt(each, 'cbc:BaseAmount'), ZERO) &&
        equals(
          minus(amountAt(each, 'cbc:BaseAmount'), amountAt(each, 'cbc:Amount')),
          amountAt(line, 'cac:Price/cbc:PriceAmount'),
        ),
    ),
  'BR-30': (line) =>
    (textAt(line, 'cac:InvoicePeriod/cbc:StartDate') ?? '') <= (textAt(line, 'cac:InvoicePeriod/cbc:EndDate') ?? ''),
  'BR-CO-04, BR-S-05, BR-AE-05': (line, document) =>
    ['cbc:ID', 'cbc:Percent'].every(
      (name) =>
        textAt(line, `cac:Item/cac:ClassifiedTaxCategory/${name}`) ===
        textAt(subtotals(document)[0], `cac:TaxCategory/${name}`),
    ),
  // Peppol's, within the same two cents: EN 16931 itself leaves it open.
  'PEPPOL-EN16931-R120': (line, document) =>
    isWithin(
      amountAt(line, 'cbc:LineExtensionAmount'),
      times(amountAt(line, quantityOf(document)), amountAt(line, 'cac:Price/cbc:PriceAmount')),
      times(rational(2n), CENT),
    ),
};

/** Elements in the order of UBL 2.1's schemas, as far as the portal writes them. */
const ORDER: Readonly<Record<string, readonly string[]>> = {
  Invoice: [
    ...['cbc:CustomizationID', 'cbc:ID', 'cbc:IssueDate', 'cbc:DueDate', 'cbc:InvoiceTypeCode', 'cbc:Note'],
    ...[
      'cbc:DocumentCurrencyCode',
      'cbc:BuyerReference',
      'cac:InvoicePeriod',
      'cac:OrderReference',
      'cac:BillingReference',
    ],
    ...[
      'cac:ContractDocumentReference',
      'cac:AccountingSupplierParty',
      'cac:AccountingCustomerParty',
      'cac:PaymentTerms',
    ],
    ...['cac:TaxTotal', 'cac:LegalMonetaryTotal', 'cac:InvoiceLine'],
  ],
  CreditNote: [
    ...['cbc:CustomizationID', 'cbc:ID', 'cbc:IssueDate', 'cbc:CreditNoteTypeCode', 'cbc:Note'],
    ...[
      'cbc:DocumentCurrencyCode',
      'cbc:BuyerReference',
      'cac:InvoicePeriod',
      'cac:OrderReference',
      'cac:BillingReference',
    ],
    ...[
      'cac:ContractDocumentReference',
      'cac:AccountingSupplierParty',
      'cac:AccountingCustomerParty',
      'cac:PaymentTerms',
    ],
    ...['cac:TaxTotal', 'cac:LegalMonetaryTotal', 'cac:CreditNoteLine'],
  ],
  'cac:Party': ['cac:PartyIdentification', 'cac:PostalAddress', 'cac:PartyTaxScheme', 'cac:PartyLegalEntity'],
  'cac:PostalAddress': ['cbc:StreetName', 'cbc:AdditionalStreetName', 'cac:AddressLine', 'cac:Country'],
  'cac:PartyTaxScheme': ['cbc:CompanyID', 'cac:TaxScheme'],
  'cac:InvoicePeriod': ['cbc:StartDate', 'cbc:EndDate'],
  'cac:TaxTotal': ['cbc:TaxAmount', 'cac:TaxSubtotal'],
  'cac:TaxSubtotal': ['cbc:TaxableAmount', 'cbc:TaxAmount', 'cac:TaxCategory'],
  'cac:TaxCategory': ['cbc:ID', 'cbc:Percent', 'cbc:TaxExemptionReasonCode', 'cbc:TaxExemptionReason', 'cac:TaxScheme'],
  'cac:ClassifiedTaxCategory': ['cbc:ID', 'cbc:Percent', 'cac:TaxScheme'],
  'cac:LegalMonetaryTotal': [
    'cbc:LineExtensionAmount',
    'cbc:TaxExclusiveAmount',
    'cbc:TaxInclusiveAmount',
    'cbc:PayableAmount',
  ],
  'cac:InvoiceLine': [
    'cbc:ID',
    'cbc:Note',
    'cbc:InvoicedQuantity',
    'cbc:LineExtensionAmount',
    'cac:InvoicePeriod',
    'cac:Item',
    'cac:Price',
  ],
  'cac:CreditNoteLine': [
    'cbc:ID',
    'cbc:Note',
    'cbc:CreditedQuantity',
    'cbc:LineExtensionAmount',
    'cac:InvoicePeriod',
    'cac:Item',
    'cac:Price',
  ],
  'cac:Item': ['cbc:Name', 'cac:SellersItemIdentification', 'cac:ClassifiedTaxCategory'],
  'cac:Price': ['cbc:PriceAmount', 'cac:AllowanceCharge'],
  'cac:AllowanceCharge': ['cbc:ChargeIndicator', 'cbc:Amount', 'cbc:BaseAmount'],
};

/** What a document breaks, by the rules' ids. */
export function eInvoiceProblems(xml: string): string[] {
  const document = readXml(xml);
  const broken = <Of>(rules: Readonly<Record<string, (of: Of, document: Document) => boolean>>, of: readonly Of[]) =>
    Object.keys(rules).filter((id) => !of.every((each) => rules[id]?.(each, document)));
  return [
    ...orderProblems(document.name, document.root),
    ...broken(DOCUMENT_RULES, [document]),
    ...broken(SUBTOTAL_RULES, subtotals(document)),
    ...broken(LINE_RULES, document.lines),
  ];
}

function orderProblems(name: string, node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap((each) => orderProblems(name, each));
  if (typeof node !== 'object' || node === null) return [];
  const names = Object.keys(node).filter((child) => child.startsWith('c'));
  const wanted = ORDER[name];
  const isOrdered = !wanted || wanted.filter((child) => names.includes(child)).join() === names.join();
  return [
    ...(isOrdered ? [] : [`${name}: ${names.join()}`]),
    ...names.flatMap((child) => orderProblems(child, (node as Node)[child])),
  ];
}
