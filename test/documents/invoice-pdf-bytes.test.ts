import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layoutInvoice, renderInvoicePdf } from '../../lambdas/documents/invoice-pdf.ts';
import { FONT_FILES } from '../../lambdas/manifest/fonts.ts';
import { loadFonts } from '../../lambdas/runtime/fonts.ts';
import { LONG, MANY_SCRIPTS } from '../fixtures/hard-invoices.ts';
import { sampleInvoice, sampleLines } from '../fixtures/invoices.ts';
import { textOf } from '../support/laid-out.ts';
import { readPdf } from '../support/read-pdf.ts';

const fonts = loadFonts();

describe('the PDF of an invoice', () => {
  test('holds the laid-out text, readable and in order', async () => {
    for (const invoice of [
      sampleInvoice({ lines: sampleLines(20) }),
      sampleInvoice({ lines: sampleLines(200) }),
      MANY_SCRIPTS,
      LONG,
    ]) {
      const { pages } = readPdf(await renderInvoicePdf(invoice, fonts));
      expect(pages).toEqual(layoutInvoice(invoice, fonts).map((page) => page.texts.map(textOf)));
    }
  });

  test('has equal bytes every time, also from fonts that have drawn nothing yet', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fonts-'));
    try {
      for (const { package: name, folder: weight, file } of Object.values(FONT_FILES)) {
        symlinkSync(createRequire(import.meta.url).resolve(`${name}/${weight}/${file}`), join(folder, file));
      }
      await renderInvoicePdf(sampleInvoice({ lines: sampleLines(30) }), fonts);
      const first = await renderInvoicePdf(MANY_SCRIPTS, fonts);
      const again = await renderInvoicePdf(MANY_SCRIPTS, fonts);
      const fresh = await renderInvoicePdf(MANY_SCRIPTS, loadFonts(folder));
      expect(Buffer.compare(first, again)).toBe(0);
      expect(Buffer.compare(first, fresh)).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('carries no date but that of the invoice, and an identifier of its own', async () => {
    const bytes = Buffer.from(await renderInvoicePdf(sampleInvoice(), fonts)).toString('latin1');
    const other = readPdf(await renderInvoicePdf(sampleInvoice({ number: 'INV-2026-000002' }), fonts));
    expect(bytes.startsWith('%PDF-1.7')).toBe(true);
    expect(bytes).toContain('(D:20261110000000Z)');
    expect(bytes).not.toMatch(/ModDate|ModifyDate/);
    expect(readPdf(Buffer.from(bytes, 'latin1')).trailer).not.toBe(other.trailer);
  });

  test('embeds the fonts it uses, and none it does not', async () => {
    const latin = readPdf(await renderInvoicePdf(sampleInvoice(), fonts));
    const scripts = readPdf(await renderInvoicePdf(MANY_SCRIPTS, fonts));
    const names = (fontNames: string[]) => [...new Set(fontNames.map((name) => name.slice(7)))].sort();
    expect(names(latin.fontNames)).toEqual(['NotoSans-Bold', 'NotoSans-Regular']);
    expect(names(scripts.fontNames)).toEqual([
      'NotoSans-Bold',
      'NotoSans-Regular',
      'NotoSansJP-Regular',
      'NotoSansKR-Regular',
      'NotoSansSC-Regular',
    ]);
    const files = [...scripts.objects.values()].filter((object) => object.includes('/FontFile2'));
    expect(files).toHaveLength(scripts.fontNames.length);
  });

  test('stays under 60 kB for 20 lines', async () => {
    expect((await renderInvoicePdf(sampleInvoice({ lines: sampleLines(20) }), fonts)).length).toBeLessThan(60_000);
  });

  test('works for 5,000 lines', async () => {
    const { pages } = readPdf(await renderInvoicePdf(sampleInvoice({ lines: sampleLines(5_000) }), fonts));
    expect(pages.at(-1)).toContain(`Page ${pages.length} of ${pages.length}`);
    expect(pages.flat()).toContain('5000');
  });
});
