import { layoutStatement, renderStatementPdf } from '../../lambdas/documents/statement-pdf.ts';
import { loadFonts } from '../../lambdas/runtime/fonts.ts';
import { sampleStatement, sampleStatementEntry } from '../fixtures/invoices.ts';
import { collisions, textOf, textsOf } from '../support/laid-out.ts';
import { readPdf } from '../support/read-pdf.ts';

const fonts = loadFonts();
const MANY = sampleStatement({
  entries: Array.from({ length: 300 }, (_, index) =>
    sampleStatementEntry({
      number: `INV-2026-${String(index + 1).padStart(6, '0')}`,
      serviceProvider: index % 5 === 0 ? 'A provider with a long name '.repeat(6) : `Provider ${index}`,
    }),
  ),
});

test('a statement lists every document, the totals and what was set aside', () => {
  const texts = textsOf(layoutStatement(sampleStatement(), fonts));
  expect(texts).toEqual(
    expect.arrayContaining([
      'Statement',
      '2026-10-1/A-1001',
      'Nordwind Distribution GmbH',
      'Totals',
      '1,521.96',
      '15,082',
      'INV-2026-000001',
      'CRN-2026-000001',
      'Credit note',
      '-88.44',
      '株式会社さくらクラウド',
      'Set aside: not billed yet',
      'Ψηφιακό Νέφος Α.Ε.',
      'PRICE_MISSING',
    ]),
  );
});

test('what an aggregator is given back has no date that it is due on', () => {
  const dueDates = sampleStatement().entries.map(({ dueDate }) => dueDate);
  const texts = textsOf(layoutStatement(sampleStatement(), fonts));
  expect(texts.filter((text) => dueDates.includes(text))).toHaveLength(2);
});

test('a statement with nothing set aside has no such section', () => {
  expect(textsOf(layoutStatement(sampleStatement({ setAside: [] }), fonts))).not.toContain('Set aside: not billed yet');
});

test('a long statement repeats its column titles, and no text stands in another', () => {
  const pages = layoutStatement(MANY, fonts);
  expect(pages.flatMap(collisions)).toEqual([]);
  for (const page of pages.slice(0, -1)) expect(page.texts.map(textOf)).toContain('Service provider, contract');
  const texts = textsOf(pages);
  for (const { number } of MANY.entries) expect(texts.filter((text) => text === number)).toHaveLength(1);
});

test('the PDF of a statement holds the laid-out text and has equal bytes every time', async () => {
  const bytes = await renderStatementPdf(MANY, fonts);
  expect(readPdf(bytes).pages).toEqual(layoutStatement(MANY, fonts).map((page) => page.texts.map(textOf)));
  expect(Buffer.compare(bytes, await renderStatementPdf(MANY, fonts))).toBe(0);
});
