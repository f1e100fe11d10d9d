import type { Fonts } from './fonts.ts';
import { Composer, type Page } from './pdf/page.ts';
import { amounts, type Fact, facts, heading, letterhead, REMARK_LINE, remark } from './pdf/panels.ts';
import { type Column, TABLE_START, table } from './pdf/table.ts';
import { writePdf } from './pdf/write.ts';
import { joined, printedFigure, printedNumber, printedParty } from './printed.ts';
import type { ConsolidatedBill } from './statement.ts';

type Contract = ConsolidatedBill['contracts'][number];
type Line = Contract['lines'][number];

/**
 * The PDF of a service provider's consolidated bill. Equal bills give equal bytes (domain.md §7).
 * @param fonts from loadFonts; only the files of scripts that the bill uses are read
 */
export function renderConsolidatedBillPdf(bill: ConsolidatedBill, fonts: Fonts): Promise<Uint8Array> {
  return writePdf(layoutConsolidatedBill(bill, fonts), {
    title: `Consolidated bill ${bill.reference}`,
    subject: `Period ${bill.period}`,
    author: bill.serviceProvider.name,
    date: bill.billDate,
  });
}

/** Where everything stands on the bill's pages. */
export function layoutConsolidatedBill(bill: ConsolidatedBill, fonts: Fonts): Page[] {
  const title = `Consolidated bill ${bill.reference}`;
  const composer = new Composer(fonts, { title, footer: joined(title, bill.serviceProvider.name) });
  letterhead(composer, printedParty(bill.serviceProvider), 'Consolidated bill', bill.reference);
  facts(
    composer,
    [
      { label: 'Period', value: bill.period },
      { label: 'Date', value: bill.billDate },
      {
        label: 'Contracts',
        value: printedNumber(String(new Set(bill.contracts.map(({ contractNumber }) => contractNumber)).size)),
      },
      ...totalRows(bill),
    ],
    4,
  );
  composer.y += 4;
  for (const contract of bill.contracts) printContract(composer, contract);
  amounts(
    composer,
    [],
    [
      {
        heading: 'All contracts',
        rows: totalRows(bill).map((row) => ({ ...row, strong: true })),
      },
    ],
  );
  remark(
    composer,
    `${bill.totalAmounts ? 'Points and amounts' : 'Points'} as billed to the aggregator of each contract.`,
  );
  return composer.finish();
}

/** Points of all contracts, and what those of money families come to: points are left out where there are only these. */
function totalRows({ contracts, totalPoints, totalAmounts = [] }: ConsolidatedBill): Fact[] {
  const amounts = totalAmounts.map(({ currency, amount }) => ({
    label: `Total ${currency}`,
    value: printedFigure(amount, currency),
  }));
  const hasPoints = amounts.length === 0 || contracts.some(({ currency }) => currency === undefined);
  return [...(hasPoints ? [{ label: 'Total points', value: printedNumber(totalPoints) }] : []), ...amounts];
}

function printContract(composer: Composer, contract: Contract): void {
  heading(composer, `Contract ${contract.contractNumber}`, TABLE_START + REMARK_LINE);
  const correction = contract.takesBack ? 'takes back what was billed before' : '';
  const month = `usage period ${contract.usagePeriod}`;
  remark(composer, joined(contract.aggregator, contract.skuCode, month, documentsOf(contract), correction));
  if (contract.lines.length > 0) {
    table(composer, lineColumns(contract), contract.lines);
    composer.y += 6;
  }
  facts(
    composer,
    [
      { label: 'Minimum commit', value: printedFigure(contract.minimumCommit, contract.currency) },
      { label: 'Reported', value: printedFigure(contract.reported, contract.currency) },
      { label: 'Overage', value: printedFigure(contract.overage, contract.currency) },
      { label: 'Underage', value: printedFigure(contract.underage, contract.currency) },
      {
        label: contract.currency ? `Total ${contract.currency}` : 'Total points',
        value: printedFigure(contract.total, contract.currency),
      },
    ],
    5,
  );
  composer.y += 12;
}

/** What it is billed with: an invoice's number, or another party's references. */
function documentsOf({ number, bills = [] }: Contract): string {
  return number ?? (bills.length === 0 ? 'bill reference not provided' : `bill ${bills.join(', ')}`);
}

const lineColumns = ({ currency }: Contract): readonly Column<Line>[] => [
  {
    kind: 'text',
    share: 3,
    title: 'Description',
    cell: (line) => ({
      text: line.description || line.productCode,
      // What is charged for no product, such as what is missing to the minimum, is neither in the commit nor outside it.
      note: joined(
        line.description === '' ? '' : line.productCode,
        line.inMinCommit || line.productCode === '' ? '' : 'outside the commit',
      ),
    }),
  },
  {
    kind: 'text',
    share: 2,
    title: 'Site, customer',
    cell: ({ siteName, customerNumber }) => ({ text: siteName, note: customerNumber }),
  },
  {
    kind: 'number',
    title: 'Quantity',
    cell: ({ quantity, uom }) => (quantity === undefined ? { text: '' } : { text: printedNumber(quantity), note: uom }),
  },
  ...(currency ? priceColumns(currency) : []),
  {
    kind: 'number',
    title: currency ? `Amount ${currency}` : 'Points',
    cell: ({ points }) => ({ text: printedFigure(points, currency) }),
  },
];

const priceColumns = (currency: string): Column<Line>[] => [
  { kind: 'number', title: `× ${currency}/unit`, cell: ({ price }) => ({ text: printedPart(price?.unitPrice) }) },
  { kind: 'number', title: 'less %', cell: ({ price }) => ({ text: printedPart(price?.discount) }) },
];

const printedPart = (decimal: string | undefined): string => (decimal === undefined ? '' : printedNumber(decimal));
