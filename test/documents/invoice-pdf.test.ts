import fc from 'fast-check';
import type { CanonicalInvoice } from '../../lambdas/documents/canonical-invoice.ts';
import { layoutInvoice } from '../../lambdas/documents/invoice-pdf.ts';
import { loadFonts } from '../../lambdas/runtime/fonts.ts';
import { ENORMOUS, LONG, MANY_SCRIPTS } from '../fixtures/hard-invoices.ts';
import {
  sampleCreditNote,
  sampleInvoice,
  sampleLine,
  sampleLines,
  samplePrepaymentCover,
  sampleSettlement,
} from '../fixtures/invoices.ts';
import { collisions, textOf, textsOf } from '../support/laid-out.ts';

const fonts = loadFonts();
const layout = (invoice: CanonicalInvoice) => layoutInvoice(invoice, fonts);

describe('the layout of an invoice', () => {
  test.each([
    ['one line', sampleInvoice({ lines: [sampleLine()] })],
    ['no line', sampleInvoice({ lines: [] })],
    ['20 lines', sampleInvoice({ lines: sampleLines(20) })],
    ['200 lines', sampleInvoice({ lines: sampleLines(200) })],
    ['many scripts', MANY_SCRIPTS],
    ['long names and numbers', LONG],
    ['enormous numbers', ENORMOUS],
    ['a prepayment', samplePrepaymentCover()],
    ['a credit note', sampleCreditNote()],
  ])('lets no text stand in another or leave the page: %s', (_, invoice) => {
    expect(layout(invoice).flatMap(collisions)).toEqual([]);
  });

  test('lets no text stand in another, whatever the names are', () => {
    const name = fc.string({ unit: 'grapheme', maxLength: 120 });
    const digits = fc.bigInt({ min: 0n, max: 10n ** 20n - 1n }).map(String);
    fc.assert(
      fc.property(name, name, name, digits, digits, (party, site, description, whole, fraction) => {
        const pages = layout(
          sampleInvoice({
            serviceProvider: { name: party, number: site, address: [description, party] },
            serviceProviderPurchaseOrder: site.slice(0, 100),
            lines: [
              sampleLine({
                siteName: site,
                description,
                customerNumber: party,
                points: `${whole}.${fraction.slice(0, 14)}`,
              }),
              ...sampleLines(2),
            ],
          }),
        );
        expect(pages.flatMap(collisions)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('prints every line once, with its number, points and amount', () => {
    const lines = sampleLines(200);
    const texts = textsOf(layout(sampleInvoice({ lines })));
    const grouped = (decimal: string) => decimal.replace(/\B(?=(\d{3})+\.)/, ',');
    lines.forEach((line, index) => {
      expect(texts.filter((text) => text === String(index + 1)).length).toBeGreaterThan(0);
      expect(texts.filter((text) => text === grouped(line.points))).toHaveLength(1);
      expect(texts).toContain(grouped(line.amount));
    });
  });

  test('repeats the column titles and numbers the pages', () => {
    const pages = layout(sampleInvoice({ lines: sampleLines(200) }));
    expect(pages.length).toBeGreaterThan(5);
    pages.forEach((page, index) => {
      const texts = page.texts.map(textOf);
      expect(texts).toContain('Site, customer');
      expect(texts).toContain('= Amount USD');
      expect(texts).toContain(`Page ${index + 1} of ${pages.length}`);
      expect(texts.filter((text) => text === 'Invoice INV-2026-000001' || text === 'INV-2026-000001')).toHaveLength(1);
    });
  });

  test('ends numbers of a column at one edge, and prints long points in full', () => {
    const [page] = layout(
      sampleInvoice({ lines: [sampleLine({ points: '137.11436' }), sampleLine({ points: '74.07202' })] }),
    );
    const ends = page!.texts
      .filter((item) => ['137.11436', '74.07202'].includes(textOf(item)))
      .map(({ x, run, size }) => x + run.width * size);
    expect(ends).toHaveLength(2);
    expect(ends[0]).toBeCloseTo(ends[1]!);
    expect(textsOf(layout(LONG))).toContain('123,456,789,012.12345678901234');
  });

  test('names the parties, dates, contract and purchase orders', () => {
    expect(textsOf(layout(sampleInvoice()))).toEqual(
      expect.arrayContaining([
        'Invoice',
        'Meridian Software, Inc.',
        'Tax ID US-94-3292913',
        'Bill to',
        'Nordwind Distribution GmbH',
        'Königstraße 12',
        'No. B-501',
        'Bluewater Cloud Ltd',
        '2026-11-10',
        '2026-12-10',
        '2026-10',
        '40012345',
        'NW-BW-7',
        'VSPP3-1800-C',
        'PAY-GO, RENTAL',
        'PO-7781',
        'not provided',
      ]),
    );
  });

  test('sums up the commit, the tax and the total', () => {
    expect(textsOf(layout(sampleInvoice())).slice(-25)).toEqual(
      expect.arrayContaining([
        'Minimum commit',
        '1,800',
        'Overage',
        '30',
        'Tax 0 % on 1,610.40',
        'Total due',
        '1,610.40 USD',
      ]),
    );
  });

  test('says that the recipient owes the tax, where it does', () => {
    const party = (taxId: string, countryRegion: string) => ({ ...sampleInvoice().billTo, taxId, countryRegion });
    const parties = { vendor: party('IE9740218QA', 'IE'), billTo: party('DE811907980', 'DE') };
    const saidOf = (over: Partial<CanonicalInvoice>) =>
      textsOf(layout(sampleInvoice({ ...over, taxes: [] }))).join(' ');
    expect(saidOf(parties)).toContain('Reverse charge');
    expect(saidOf({})).not.toContain('Reverse charge');
  });

  test('shows what a prepayment covered', () => {
    expect(textsOf(layout(samplePrepaymentCover()))).toEqual(
      expect.arrayContaining([
        'Covered by the prepayment',
        '-1.70',
        'Balance before',
        'Drawn',
        'Balance after',
        '1.00 USD',
      ]),
    );
  });

  test('prints a settlement as an amount, without points and price', () => {
    const texts = textsOf(layout(sampleSettlement()));
    const at = texts.indexOf('Settlement of the early end');
    expect(texts.slice(at - 1, at + 2)).toEqual(['2', 'Settlement of the early end', '5,000.00']);
  });

  test('names the invoice that a credit note takes back', () => {
    const texts = textsOf(layout(sampleCreditNote()));
    expect(texts).toEqual(
      expect.arrayContaining([
        'Credit note',
        'CRN-2026-000001',
        'Takes back invoice',
        'INV-2026-000001',
        'Total credit',
        '-1,610.40 USD',
      ]),
    );
    // What is given back is not due from anybody.
    expect(texts).not.toContain('Due date');
    expect(textsOf(layout(sampleInvoice()))).toContain('Due date');
  });

  test('marks lines outside the commit and of other periods', () => {
    const line = sampleLine({ inMinCommit: false, usagePeriod: '2026-09' });
    expect(textsOf(layout(sampleInvoice({ lines: [line] })))).toContain(
      'FLEX-CORE · usage of 2026-09 · outside the commit',
    );
  });

  test('never cuts a purchase order', () => {
    expect(textsOf(layout(LONG)).join('')).toContain(LONG.serviceProviderPurchaseOrder);
  });

  test('ends a name it cuts with an ellipsis', () => {
    expect(textsOf(layout(LONG)).some((text) => /^A+…$/.test(text))).toBe(true);
  });
});
