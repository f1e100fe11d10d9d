import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { renderInvoicePdf } from '../../lambdas/documents/invoice-pdf.ts';
import { FONT_FILES } from '../../lambdas/manifest/fonts.ts';
import { loadFonts } from '../../lambdas/runtime/fonts.ts';
import { sampleInvoice } from '../fixtures/invoices.ts';

const SOURCES = resolve(import.meta.dirname, '../../lambdas');

test('a bundle without node_modules, fonts beside it, renders the very bytes that the sources render', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  try {
    for (const { package: name, folder: weight, file } of Object.values(FONT_FILES)) {
      copyFileSync(createRequire(import.meta.url).resolve(`${name}/${weight}/${file}`), join(folder, file));
    }
    const invoice = sampleInvoice({ serviceProvider: { name: '株式会社さくら', number: 'P-1', address: ['Αθήνα'] } });
    writeFileSync(join(folder, 'invoice.json'), JSON.stringify(invoice));
    await build({
      stdin: {
        contents: `
          import { readFileSync } from 'node:fs';
          import { renderInvoicePdf } from './documents/invoice-pdf.ts';
          import { loadFonts } from './runtime/fonts.ts';
          const invoice = JSON.parse(readFileSync('invoice.json', 'utf8'));
          process.stdout.write(await renderInvoicePdf(invoice, loadFonts('.')));
        `,
        resolveDir: SOURCES,
        loader: 'ts',
      },
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'esm',
      target: 'node24',
      outfile: join(folder, 'function.mjs'),
      logLevel: 'error',
    });
    const printed = execFileSync(process.execPath, ['function.mjs'], { cwd: folder, maxBuffer: 10_000_000 });
    expect(Buffer.compare(printed, await renderInvoicePdf(invoice, loadFonts()))).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
