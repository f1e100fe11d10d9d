import * as fc from 'fast-check';
import { CanonicalInvoiceSchema } from '../../lambdas/documents/canonical-invoice.ts';
import { fromCanonical } from '../../lambdas/documents/from-canonical.ts';
import { plainDate } from '../../lambdas/domain/calendar/period.ts';
import { creditNoteFor } from '../../lambdas/domain/invoice/credit-note.ts';
import { type Prepayment, prepaymentInvoice } from '../../lambdas/domain/invoice/prepayment-invoice.ts';
import { percent, points, unitPrice } from '../../lambdas/domain/numbers/amounts.ts';
import { parseJson } from '../../lambdas/use-cases/bytes.ts';
import { invoiceKey } from '../../lambdas/use-cases/documents.ts';
import { issueDocument } from '../../lambdas/use-cases/issue-document.ts';
import type { StoredInvoice } from '../../lambdas/use-cases/ports/invoices.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { type ClosePortal, openClosePortal } from '../support/close-portal.ts';
import { dyingAt } from '../support/dying-portal.ts';

const TODAY = plainDate('2026-11-12');
const OWNERS = { aggregatorId: 'agg-1', serviceProviderId: 'sp-1', contractId: 'c-1' };
const party = { name: 'Party', number: '1', address: ['Street 1'] };
const PARTIES = { vendor: party, aggregator: party, billTo: party, serviceProvider: party, taxRate: percent('19') };

const prepayment = (id: string): Prepayment => ({
  request: { id, token: `C-100002-00012-2611-${id}` },
  contract: {
    id: 'c-1',
    contractNumber: '100002',
    contractReferenceNumber: 'AMER1RENTAL',
    currency: 'USD',
    revision: 1,
  },
  sku: { code: 'PLAIN-PRE-PAY', contractType: 'PRE-PAY', family: 'RENTAL', minimumPoints: points('0') } as never,
  locked: { listPrice: unitPrice('1.234567'), discount: percent('12.5'), priceListVersion: 'USD-2026-01' },
  points: points('120.5'),
  vendorPurchaseOrder: 'PO-1',
});

let opened: ClosePortal;
beforeEach(async () => {
  opened = await openClosePortal();
});
afterEach(() => opened.close());

const issuePrepayment = (id: string, portal: Portal = opened.portal): Promise<StoredInvoice> =>
  issueDocument(portal, prepaymentInvoice(prepayment(id), PARTIES, TODAY), TODAY, OWNERS, () => []);

async function documentOf(invoice: StoredInvoice) {
  const bytes = await opened.documents.get(`${invoiceKey(invoice)}.json`);
  return parseJson(CanonicalInvoiceSchema, bytes as Uint8Array);
}

test('a prepayment is invoiced at the locked price, rounded once, with tax on the net sum', async () => {
  const invoice = await issuePrepayment('r1');
  // 1.234567 less 12.5 % is 1.080246 (domain.md §10.5); × 120.5 = 130.169643; 19 % of 130.17 = 24.7323.
  expect(invoice).toMatchObject({
    number: 'INV-2026-000001',
    kind: 'PREPAYMENT',
    usagePeriod: '2026-11',
    invoiceDate: '2026-11-12',
    dueDate: '2026-12-12',
    points: '120.5',
    net: '130.17',
    tax: '24.73',
    gross: '154.90',
  });
  expect((await documentOf(invoice)).lines).toEqual([
    expect.objectContaining({ kind: 'PREPAYMENT', points: '120.5', unitPrice: '1.080246', amount: '130.17' }),
  ]);
});

test('its credit note takes back every printed figure and has a number of its own series', async () => {
  const invoice = await issuePrepayment('r1');
  const note = await issueDocument(
    opened.portal,
    creditNoteFor(fromCanonical(await documentOf(invoice))),
    TODAY,
    OWNERS,
    () => [],
  );
  expect(note).toMatchObject({ number: 'CRN-2026-000001', net: '-130.17', tax: '-24.73', gross: '-154.90' });
  expect((await documentOf(note)).corrects).toBe('INV-2026-000001');
});

test('asked for again, also with another day and by two at once, it is the one that was issued', async () => {
  const [first, second] = await Promise.all([issuePrepayment('r1'), issuePrepayment('r1')]);
  const later = await issueDocument(
    opened.portal,
    prepaymentInvoice({ ...prepayment('r1'), points: points('7') }, PARTIES, plainDate('2027-01-02')),
    plainDate('2027-01-02'),
    OWNERS,
    () => [],
  );
  expect([second, later]).toEqual([first, first]);
  expect(await opened.portal.numbers.openReservations()).toEqual([]);
});

test('a process that ends before any of its writes leaves a document that is finished next time, without a gap', async () => {
  let asked = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(0, 1, 2, 3, 4, 5, 6), async (n) => {
      const id = `r-${asked++}`;
      await expect(issuePrepayment(id, dyingAt(opened, n, 'BEFORE').mortal)).rejects.toThrow('the process has ended');
      const other = await issuePrepayment(`${id}-other`);
      const finished = await issuePrepayment(id);
      expect(finished.source.id).toBe(id);
      expect(Math.abs(positionOf(finished) - positionOf(other))).toBe(1);
    }),
    { numRuns: 14 },
  );
  expect(await opened.portal.numbers.openReservations()).toEqual([]);
});

const positionOf = ({ number }: StoredInvoice): number => Number(number.slice(-6));

test('what it is issued for becomes true with it, or neither does', async () => {
  const { portal } = opened;
  const number = (await issuePrepayment('r1')).number;
  const refused = issueDocument(
    portal,
    prepaymentInvoice(prepayment('r2'), PARTIES, TODAY),
    TODAY,
    OWNERS,
    // A receivable that is there already: its condition doesn't hold.
    (invoice) => portal.invoices.issued({ ...invoice, number }),
  );
  await expect(refused).rejects.toThrow(/PREPAYMENT-r2-1 was refused/);
  expect(await portal.invoices.get('INV-2026-000002')).toBeUndefined();
});

test('of many who take a number at the same moment each gets one, without a gap', async () => {
  const { reserveOne } = opened.portal.numbers;
  const taken = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      reserveOne({ run: `request-${n}`, series: 'INV-2026', invoiceDate: TODAY, file: `${n}.jsonl` }),
    ),
  );
  const numbers = taken.map(({ first }) => first).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
});
