import { NOTHING_BILLED, type OrderSummary } from '../../lambdas/domain/billing-order/summary.ts';
import type { CloseRun } from '../../lambdas/domain/close/run.ts';
import { openDocumentWriter } from '../../lambdas/stores/document-writer.ts';
import { keys } from '../../lambdas/stores/keys.ts';
import { batchName, sha256 } from '../../lambdas/use-cases/bytes.ts';
import { invoiceKey } from '../../lambdas/use-cases/documents.ts';
import { issueBatch } from '../../lambdas/use-cases/issue-batch.ts';
import { viewsOf } from '../../lambdas/use-cases/order-view.ts';
import { reconcileRun } from '../../lambdas/use-cases/reconcile-run.ts';
import { type NumberedRow, runFiles } from '../../lambdas/use-cases/run-files.ts';
import { numberedRows } from '../../lambdas/use-cases/run-outcome.ts';
import { BLANK_PAGES } from '../../local/simulation/blank-pages.ts';
import { type ClosePortal, goThrough, openClosePortal, PLAIN, withParts } from '../support/close-portal.ts';

let opened: ClosePortal;
let run: CloseRun;
let rows: NumberedRow[];

beforeEach(async () => {
  opened = await openClosePortal(PLAIN);
  run = await opened.start('CLOSE');
  await goThrough(opened.portal, run, 'number');
  rows = await numberedRows(opened.portal, run);
});
afterEach(() => opened.close());

const asides = () => {
  const bytes = opened.workFiles.get(runFiles.aside(run.name, 'Issue', batchName(rows)));
  return bytes ? JSON.parse(new TextDecoder().decode(bytes)) : [];
};

test('an invoice comes with its documents, receivable, closed order, audit entry and event', async () => {
  expect(await issueBatch(opened.portal, run, rows)).toEqual({ done: 8, failed: 0 });
  const { invoices, receivables, orders, audit, waitingEvents } = await opened.stored();
  expect([invoices.length, receivables.length, opened.documents.size]).toEqual([7, 7, 21]);
  expect(orders.map(({ status, sealedBy }) => [status, sealedBy])).toEqual(orders.map(() => ['CLOSED', undefined]));
  expect(audit.filter(({ action }) => action === 'close')).toHaveLength(8);
  expect(waitingEvents.filter(({ type }) => type === 'InvoiceIssued')).toHaveLength(7);
});

test('a closed order says of itself what it was expected to be billed with while it was open', async () => {
  const ids = rows.map(({ order }) => order.id);
  const views = async () => viewsOf(opened.portal, await opened.portal.billingOrders.getMany(ids));
  const before = new Map((await views()).map(({ order, summary }) => [order.id, summary]));
  await issueBatch(opened.portal, run, rows);
  for (const { order, contract, summary } of await views()) {
    expect(order.status).toBe('CLOSED');
    // Whether overage of a prepaid month has a surcharge is told by the balance at the close.
    const isPrepaid = contract.listing.contractType === 'PRE-PAY';
    const { sellingPrice, ...expected } = before.get(order.id) as OrderSummary;
    if (order.billed?.outcome === 'INVOICED')
      expect(summary).toMatchObject(isPrepaid ? expected : { ...expected, sellingPrice });
    else expect(summary).toEqual(NOTHING_BILLED);
  }
});

test('issued twice, one after the other and at once, is issued once', async () => {
  await issueBatch(opened.portal, run, rows);
  const before = await opened.stored();
  const documents = new Map(opened.documents);
  opened.clock.time = new Date('2026-11-10T02:10:00Z');
  const again = () => issueBatch(opened.portal, run, rows);
  expect(await Promise.all([again(), again()])).toEqual([
    { done: 8, failed: 0 },
    { done: 8, failed: 0 },
  ]);
  expect(await opened.stored()).toEqual(before);
  expect(opened.documents).toEqual(documents);
});

test('two workers that issue the same batch at once issue it once', async () => {
  const results = await Promise.allSettled([
    issueBatch(opened.portal, run, rows),
    issueBatch(opened.portal, run, rows),
  ]);
  expect(results.some(({ status }) => status === 'fulfilled')).toBe(true);
  const { invoices, receivables } = await opened.stored();
  expect([invoices.length, receivables.length]).toEqual([7, 7]);
});

test('an order whose number another document has taken is set aside, the others are issued', async () => {
  const [first, second] = rows.filter(({ number }) => number) as [NumberedRow, NumberedRow];
  await issueBatch(opened.portal, run, [{ ...first, number: second.number as string }]);
  expect(await issueBatch(opened.portal, run, rows)).toEqual({ done: 6, failed: 2 });
  expect(asides()).toMatchObject([{ code: 'NOT_ISSUED' }, { code: 'NOT_ISSUED' }]);
  expect(asides()[0].reason).toContain(`the order was closed meanwhile, with ${second.number}`);
  expect((await opened.stored()).invoices).toHaveLength(6);
});

test('documents that differ from those stored under the number set their order aside', async () => {
  const [first] = rows.filter(({ number }) => number) as [NumberedRow];
  const key = `invoices/2026-10/${first.order.aggregatorId}/${first.number}.json`;
  opened.documents.set(key, new TextEncoder().encode('{}'));
  expect(await issueBatch(opened.portal, run, rows)).toEqual({ done: 7, failed: 1 });
  expect(asides()).toMatchObject([{ orderId: first.order.id, reason: expect.stringContaining('with other contents') }]);
});

test('what died before its invoices were there is issued by a portal that renders documents otherwise by now', async () => {
  const dying = { commit: () => Promise.reject(new Error('the function has died')) };
  const before = { documentWriter: openDocumentWriter(opened.portal, BLANK_PAGES), units: dying };
  await expect(issueBatch(withParts(opened.portal, before), run, rows)).rejects.toThrow('the function has died');
  expect(await issueBatch(opened.portal, run, rows)).toEqual({ done: 8, failed: 0 });
  await reconcileRun(opened.portal, run);
  const { invoices } = await opened.stored();
  const files = invoices.map((invoice) => opened.documents.get(`${invoiceKey(invoice)}.pdf`) ?? new Uint8Array());
  expect(invoices.map(({ hashes }) => hashes.pdf)).toEqual(files.map(sha256));
  expect(new Set(files.map(({ length }) => length > 100))).toEqual(new Set([true, false]));
});

test('an order that is no longer sealed is set aside', async () => {
  const [first] = rows as [NumberedRow];
  await opened.table.update(keys.order(first.order.id), { expression: 'REMOVE sealedBy' });
  expect(await issueBatch(opened.portal, run, rows)).toEqual({ done: 7, failed: 1 });
  expect(asides()[0].reason).toContain('no longer sealed');
});
