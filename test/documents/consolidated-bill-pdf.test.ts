import { layoutConsolidatedBill, renderConsolidatedBillPdf } from '../../lambdas/documents/consolidated-bill-pdf.ts';
import { loadFonts } from '../../lambdas/runtime/fonts.ts';
import { sampleBilledContract, sampleConsolidatedBill } from '../fixtures/invoices.ts';
import { collisions, textOf, textsOf } from '../support/laid-out.ts';
import { readPdf } from '../support/read-pdf.ts';

const fonts = loadFonts();
const MANY = sampleConsolidatedBill({
  contracts: Array.from({ length: 60 }, (_, index) => {
    const contract = sampleBilledContract({ contractNumber: String(40_000_000 + index) });
    return { ...contract, lines: Array.from({ length: index % 7 }, (_, at) => contract.lines[at % 2]!) };
  }),
});

test('a consolidated bill shows each contract with its lines and figures in points, and no price', () => {
  const texts = textsOf(layoutConsolidatedBill(sampleConsolidatedBill(), fonts));
  expect(texts).toEqual(
    expect.arrayContaining([
      'Consolidated bill',
      'Bluewater Cloud Ltd',
      'Contract 40012345',
      'Nordwind Distribution GmbH · VSPP3-1800-C · usage period 2026-10 · INV-2026-000001',
      'NSX-ADV · outside the commit',
      '137.11436',
      'Underage',
      '1,770',
      'Contract 40012346',
      '3,874.22872',
    ]),
  );
  expect(texts.join(' ')).not.toMatch(/price|USD|amount/i);
});

test('what is missing to the minimum is not said to be outside the commit', () => {
  const contract = sampleBilledContract();
  const missing = {
    ...contract.lines[0]!,
    productCode: '',
    description: 'Minimum commit not reached',
    inMinCommit: false,
  };
  const bill = sampleConsolidatedBill({ contracts: [{ ...contract, lines: [missing] }] });
  const texts = textsOf(layoutConsolidatedBill(bill, fonts));
  expect(texts).toContain('Minimum commit not reached');
  expect(texts.join(' ')).not.toContain('outside the commit');
});

test('a long bill lets no text stand in another and never leaves a heading alone at the end of a page', () => {
  const pages = layoutConsolidatedBill(MANY, fonts);
  expect(pages.length).toBeGreaterThan(3);
  expect(pages.flatMap(collisions)).toEqual([]);
  for (const page of pages) {
    const texts = page.texts.map(textOf);
    const body = texts.slice(
      0,
      texts.findIndex((text) => text.startsWith('Consolidated bill 2026-10-1/P-2001 ·')),
    );
    expect(body.at(-1)).not.toMatch(/^Contract |usage period/);
  }
});

test('the PDF of a bill holds the laid-out text and has equal bytes every time', async () => {
  const bytes = await renderConsolidatedBillPdf(MANY, fonts);
  expect(readPdf(bytes).pages).toEqual(layoutConsolidatedBill(MANY, fonts).map((page) => page.texts.map(textOf)));
  expect(Buffer.compare(bytes, await renderConsolidatedBillPdf(MANY, fonts))).toBe(0);
});
