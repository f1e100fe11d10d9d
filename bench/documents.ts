import type { CanonicalInvoice } from '../lambdas/documents/canonical-invoice.ts';
import { canonicalJson } from '../lambdas/documents/canonical-json.ts';
import { renderInvoiceCsv } from '../lambdas/documents/invoice-csv.ts';
import { renderInvoicePdf } from '../lambdas/documents/invoice-pdf.ts';
import { loadFonts } from '../lambdas/runtime/fonts.ts';
import { sampleInvoice, sampleLines } from '../test/fixtures/invoices.ts';

const LINES = 20;
const INVOICES = 500;
const WARM_UP = 200;

/** Invoices of 20 lines that differ as those of a close do: parties, sites and every figure, a third with names beyond ASCII. */
function invoices(count: number): CanonicalInvoice[] {
  const names = ['Bluewater Cloud Ltd', 'Žďár Datové Služby s.r.o.', 'Ψηφιακό Νέφος Α.Ε.'];
  return Array.from({ length: count }, (_, index) => {
    const lines = sampleLines(LINES).map((line, at) => ({
      ...line,
      quantity: `${index + 1}.${at}17`,
      points: `${(index + 1) * (at + 3)}.${at}${index}`,
      amount: `${(index + 1) * (at + 2)}.${10 + at}`,
    }));
    const serviceProvider = {
      name: names[index % 6] ?? `Provider ${index}`,
      number: `P-${index}`,
      address: [`${index} Quay Road`, 'Cork'],
    };
    return sampleInvoice({ number: `INV-2026-${String(index).padStart(6, '0')}`, serviceProvider, lines });
  });
}

/** How fast documents are made, on one core: the median of five rounds. */
export async function measureDocuments(): Promise<{ name: string; value: number; unit: string }[]> {
  const fonts = loadFonts();
  const sample = invoices(INVOICES);
  const pdf = (invoice: CanonicalInvoice) => renderInvoicePdf(invoice, fonts);
  const sizes = await Promise.all(sample.slice(0, 10).map(async (invoice) => (await pdf(invoice)).length));
  return [
    { name: 'PDF of 20 lines', value: await perSecond(sample, pdf), unit: '1/s' },
    { name: 'CSV of 20 lines', value: await perSecond(sample, renderInvoiceCsv), unit: '1/s' },
    { name: 'canonical JSON of 20 lines', value: await perSecond(sample, canonicalJson), unit: '1/s' },
    { name: 'size of a PDF of 20 lines', value: Math.round(Math.max(...sizes) / 1000), unit: 'kB' },
  ];
}

async function perSecond(sample: readonly CanonicalInvoice[], make: (invoice: CanonicalInvoice) => unknown) {
  for (const invoice of sample.slice(0, WARM_UP)) await make(invoice);
  const rates: number[] = [];
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    for (const invoice of sample) await make(invoice);
    rates.push(sample.length / ((performance.now() - start) / 1000));
  }
  return Math.round(rates.sort((a, b) => a - b)[2]!);
}

if (import.meta.main) {
  for (const { name, value, unit } of await measureDocuments()) console.log(`${name}: ${value} ${unit}`);
}
