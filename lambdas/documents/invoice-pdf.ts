import { isPointsFamily } from '../domain/catalogue/family.ts';
import type { CanonicalInvoice } from './canonical-invoice.ts';
import type { Fonts } from './fonts.ts';
import { Composer, type Page } from './pdf/page.ts';
import {
  type AmountList,
  type AmountRow,
  amounts,
  type Fact,
  facts,
  letterhead,
  parties,
  remark,
} from './pdf/panels.ts';
import { type Column, table } from './pdf/table.ts';
import { writePdf } from './pdf/write.ts';
import {
  DOCUMENT_TITLES,
  joined,
  printedDueDate,
  printedFigure,
  printedMoney,
  printedNumber,
  printedParty,
} from './printed.ts';
import { isReverseCharge, REVERSE_CHARGE } from './tax-treatment.ts';

type Line = CanonicalInvoice['lines'][number];

const NOT_PROVIDED = 'not provided';

/**
 * The PDF of an invoice or credit note. Equal invoices give equal bytes (domain.md §7).
 * @param fonts from loadFonts; only the files of scripts that the invoice uses are read
 */
export function renderInvoicePdf(invoice: CanonicalInvoice, fonts: Fonts): Promise<Uint8Array> {
  return writePdf(layoutInvoice(invoice, fonts), {
    title: `${DOCUMENT_TITLES[invoice.kind]} ${invoice.number}`,
    subject: `Usage period ${invoice.usagePeriod}, contract ${invoice.contract.number}`,
    author: invoice.vendor.name,
    date: invoice.invoiceDate,
  });
}

/** Where everything stands on the invoice's pages. */
export function layoutInvoice(invoice: CanonicalInvoice, fonts: Fonts): Page[] {
  const title = DOCUMENT_TITLES[invoice.kind];
  const composer = new Composer(fonts, {
    title: `${title} ${invoice.number}`,
    footer: joined(`${title} ${invoice.number}`, invoice.vendor.name),
  });
  letterhead(composer, printedParty(invoice.vendor), title, invoice.number);
  parties(composer, [
    { role: 'Bill to', party: printedParty(invoice.billTo) },
    { role: 'Aggregator', party: printedParty(invoice.aggregator) },
    { role: 'Service provider', party: printedParty(invoice.serviceProvider) },
  ]);
  facts(composer, documentFacts(invoice), 4);
  composer.y += 4;
  table(composer, lineColumns(invoice), invoice.lines);
  composer.y += 14;
  totals(composer, invoice);
  for (const text of remarks(invoice)) remark(composer, text);
  return composer.finish();
}

function documentFacts(invoice: CanonicalInvoice): Fact[] {
  const { contract } = invoice;
  const dueDate = printedDueDate(invoice);
  const facts: Fact[] = [
    { label: invoice.kind === 'CREDIT_NOTE' ? 'Credit note date' : 'Invoice date', value: invoice.invoiceDate },
    ...(dueDate === undefined ? [] : [{ label: 'Due date', value: dueDate }]),
    { label: 'Usage period', value: invoice.usagePeriod },
    { label: 'Currency', value: invoice.currency },
    { label: 'Contract', value: contract.number },
    { label: 'Contract reference', value: contract.referenceNumber || '–' },
    { label: 'SKU', value: contract.skuCode },
    { label: 'Contract type, product family', value: `${contract.contractType}, ${contract.family}` },
    { label: 'Service provider’s purchase order', value: invoice.serviceProviderPurchaseOrder || NOT_PROVIDED },
    { label: 'Aggregator’s purchase order', value: invoice.vendorPurchaseOrder || NOT_PROVIDED },
    { label: 'Order / revision', value: `${invoice.source.id} / ${invoice.source.revision}` },
  ];
  if (invoice.corrects !== undefined) facts.push({ label: 'Takes back invoice', value: invoice.corrects });
  return facts;
}

function lineColumns(invoice: CanonicalInvoice): Column<Line>[] {
  const { currency, contract } = invoice;
  return [
    { kind: 'number', title: '#', cell: (_line, index) => ({ text: String(index + 1) }) },
    {
      kind: 'text',
      share: 3,
      title: 'Description',
      cell: (line) => ({ text: line.description || line.productCode, note: lineNote(line, invoice.usagePeriod) }),
    },
    {
      kind: 'text',
      share: 2,
      title: 'Site, customer',
      cell: (line) => ({ text: line.siteName, note: line.customerNumber }),
    },
    {
      kind: 'number',
      title: 'Quantity',
      cell: (line) => ({ text: optional(line.quantity), note: line.quantity === undefined ? '' : line.uom }),
    },
    ...(isPointsFamily(contract.family) ? pointsColumns(currency) : priceColumns(currency)),
    { kind: 'number', title: `= Amount ${currency}`, cell: (line) => ({ text: printedNumber(line.amount) }) },
  ];
}

const pointsColumns = (currency: string): Column<Line>[] => [
  { kind: 'number', title: 'Points/unit', cell: (line) => ({ text: optional(line.pointsPerUnit) }) },
  { kind: 'number', title: 'Points', cell: (line) => ({ text: inPoints(line, line.points) }) },
  { kind: 'number', title: `× ${currency}/point`, cell: (line) => ({ text: inPoints(line, line.unitPrice) }) },
];

const priceColumns = (currency: string): Column<Line>[] => [
  { kind: 'number', title: `× ${currency}/unit`, cell: (line) => ({ text: optional(line.price?.unitPrice) }) },
  { kind: 'number', title: 'less %', cell: (line) => ({ text: optional(line.price?.discount) }) },
];

function lineNote(line: Line, period: string): string {
  return joined(
    line.description === '' ? '' : line.productCode,
    line.usagePeriod === period ? '' : `usage of ${line.usagePeriod}`,
    line.kind === 'USAGE' && !line.inMinCommit ? 'outside the commit' : '',
  );
}

/** A settlement is an amount of money: it has neither points nor a price. */
function inPoints({ kind }: Line, decimal: string): string {
  return kind === 'SETTLEMENT' ? '' : printedNumber(decimal);
}

function optional(decimal: string | undefined): string {
  return decimal === undefined ? '' : printedNumber(decimal);
}

/** Commit summary on the left, amounts and prepayment on the right; all on one page. */
function totals(composer: Composer, invoice: CanonicalInvoice): void {
  const currency = countedIn(invoice);
  const unit = currency ?? 'points';
  const hasCommit = invoice.kind === 'ORDER' || invoice.kind === 'CREDIT_NOTE';
  const left: AmountList[] = hasCommit ? [{ heading: `Commit summary, ${unit}`, rows: commitRows(invoice) }] : [];
  const right: AmountList[] = [{ heading: 'Total', rows: sumRows(invoice) }];
  const { prepayment } = invoice.commit;
  if (hasCommit && prepayment) {
    const rows: AmountRow[] = [
      { label: 'Balance before', value: printedFigure(prepayment.balanceBefore, currency) },
      { label: 'Drawn', value: printedFigure(prepayment.drawn, currency) },
      { label: 'Balance after', value: printedFigure(prepayment.balanceAfter, currency), strong: true },
    ];
    right.push({ heading: `Prepayment, ${unit}`, rows });
  }
  amounts(composer, left, right);
}

/** What a money family's figures are counted in; undefined for points. */
const countedIn = ({ contract, currency }: CanonicalInvoice): string | undefined =>
  isPointsFamily(contract.family) ? undefined : currency;

function commitRows(invoice: CanonicalInvoice): AmountRow[] {
  const { commit } = invoice;
  const figure = (decimal: string) => printedFigure(decimal, countedIn(invoice));
  return [
    { label: 'Minimum commit', value: figure(commit.minimumCommit) },
    { label: 'Reported within the commit', value: figure(commit.reported) },
    { label: 'Outside the commit', value: figure(commit.outsideCommit) },
    { label: 'Overage', value: figure(commit.overage) },
    { label: 'Underage', value: figure(commit.underage) },
    ...(commit.arrears === undefined ? [] : [{ label: 'Added to earlier periods', value: figure(commit.arrears) }]),
    { label: 'Total', value: figure(commit.total), strong: true },
  ];
}

function sumRows(invoice: CanonicalInvoice): AmountRow[] {
  const { currency } = invoice;
  return [
    { label: 'Net', value: printedMoney(invoice.net, currency) },
    ...invoice.taxes.map(({ rate, base, amount }) => ({
      label: `Tax ${printedNumber(rate)} % on ${printedNumber(base)}`,
      value: printedMoney(amount, currency),
    })),
    {
      label: invoice.kind === 'CREDIT_NOTE' ? 'Total credit' : 'Total due',
      value: printedMoney(invoice.gross, currency),
      strong: true,
    },
  ];
}

/** Where a price comes from; a money family's lines have prices of their own. */
function priceText(basis: CanonicalInvoice['basis'], { currency, contract }: CanonicalInvoice): string {
  const ofPoints = isPointsFamily(contract.family);
  return joined(
    ofPoints ? `List price ${printedNumber(basis.listPrice)} ${currency} per point` : 'List prices of products',
    `discount ${printedNumber(basis.discount)} %`,
    ofPoints ? `selling price ${printedNumber(basis.sellingPrice)} ${currency}` : '',
    basis.overagePrice === undefined ? '' : `overage price ${printedNumber(basis.overagePrice)} ${currency}`,
    basis.priceListVersion === undefined ? 'price of the contract' : `price list ${basis.priceListVersion}`,
    `contract revision ${basis.contractRevision}`,
  );
}

function remarks(invoice: CanonicalInvoice): string[] {
  const { basis, currency, contract } = invoice;
  const ofPoints = isPointsFamily(contract.family);
  const unit = ofPoints ? 'points' : currency;
  const figure = (decimal: string) => printedFigure(decimal, countedIn(invoice));
  const isVoid = invoice.kind === 'VOID';
  const texts = isVoid ? ['This number was given up for good: nothing is owed on it.'] : [priceText(basis, invoice)];
  for (const { usagePeriod, ...month } of invoice.arrears ?? []) {
    texts.push(
      `Usage of ${usagePeriod} is charged what it adds to that month: ${figure(month.reported)} ${unit} were reported ` +
        `with it of a minimum of ${figure(month.minimumCommit)}, which adds ${figure(month.added)}. ` +
        priceText(month.basis, invoice),
    );
  }
  if (isReverseCharge(invoice)) {
    texts.push(`${REVERSE_CHARGE}: the recipient owes the VAT (article 196 of Directive 2006/112/EC).`);
  }
  if (ofPoints && invoice.lines.length > 1) {
    texts.push(
      'Amounts are rounded once for the whole charge and split over the lines so that they add up to it exactly.',
    );
  }
  if (!ofPoints && invoice.lines.length > 1) texts.push('Each amount is rounded by itself.');
  return texts;
}
