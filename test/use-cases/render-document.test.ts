import { renderFocus } from '../../lambdas/documents/focus/columns.ts';
import { renderUbl } from '../../lambdas/documents/ubl/document.ts';
import { sha256, textBytes } from '../../lambdas/use-cases/bytes.ts';
import { RENDERING_VERSIONS } from '../../lambdas/use-cases/render-document.ts';
import { creditOf, lineOf, sampleInvoice, sampleLine, samplePrepaymentCover } from '../fixtures/invoices.ts';

// What a version of a mapping makes of these documents. Other bytes need the next version: what is stored never changes.
const HASHES = {
  focus: { 1: '3bef0e25b48e3bc84d30ab18f351fd86a8340f29022d1dd3ef7d34de76f63a92' },
  ubl: { 1: '190bbb55031f7f3f155c58102e857b663e12c9e772b86638f953bb7a68df563e' },
} as const;

const parties = {
  vendor: { ...sampleInvoice().vendor, countryRegion: 'IE', taxId: 'IE9740218QA' },
  billTo: { ...sampleInvoice().billTo, countryRegion: 'DE' },
};
const DOCUMENTS = [
  sampleInvoice({
    ...{ ...parties, currency: 'EUR', taxes: [{ rate: '19', base: '1610.40', amount: '305.98' }] },
    lines: [
      sampleLine(),
      sampleLine({ usagePeriod: '2026-08', pointsPerUnit: undefined, price: { unitPrice: '2.64', discount: '0' } }),
      lineOf('UNDERAGE', { points: '1770', unitPrice: '0.88', amount: '1557.60' }),
      lineOf('SURCHARGE', { points: '30', unitPrice: '-0.10', amount: '-3.00' }),
      lineOf('SETTLEMENT', { points: '0', unitPrice: '0', amount: '13.00' }),
      lineOf('PREPAYMENT', { points: '120', unitPrice: '0.88', amount: '105.60' }),
    ],
  }),
  { ...samplePrepaymentCover(), ...parties, currency: 'EUR' },
].flatMap((document) => [document, creditOf(document)]);

test('a version of a rendering writes the same bytes for good', () => {
  const versions = {
    focus: sha256(textBytes(renderFocus(DOCUMENTS, 'BUYER') + renderFocus(DOCUMENTS, 'PROVIDER'))),
    ubl: sha256(textBytes(DOCUMENTS.map(renderUbl).join(''))),
  };
  expect({
    focus: { [RENDERING_VERSIONS.focus]: versions.focus },
    ubl: { [RENDERING_VERSIONS.ubl]: versions.ubl },
  }).toEqual(HASHES);
});
