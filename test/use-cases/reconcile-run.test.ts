import { rosterShard } from '../../lambdas/domain/close/roster.ts';
import type { CloseRun } from '../../lambdas/domain/close/run.ts';
import { keys } from '../../lambdas/stores/keys.ts';
import { issueBatch } from '../../lambdas/use-cases/issue-batch.ts';
import type { StoredInvoice } from '../../lambdas/use-cases/ports/invoices.ts';
import { reconcileRun } from '../../lambdas/use-cases/reconcile-run.ts';
import { reportRun } from '../../lambdas/use-cases/report-run.ts';
import { numberedRows } from '../../lambdas/use-cases/run-outcome.ts';
import { type ClosePortal, goThrough, openClosePortal, PLAIN, partiesOf } from '../support/close-portal.ts';

let opened: ClosePortal;
let run: CloseRun;

beforeEach(async () => {
  opened = await openClosePortal(PLAIN);
  run = await opened.start('CLOSE');
});
afterEach(() => opened.close());

const NUMBER = 'INV-2026-000003';
const invoiceOf = async (number: string) => (await opened.portal.invoices.get(number)) as StoredInvoice;

async function issued(): Promise<StoredInvoice> {
  await goThrough(opened.portal, run, 'issue');
  return invoiceOf(NUMBER);
}

const receivableOf = ({ usagePeriod, contractId, number }: StoredInvoice) => ({
  pk: keys.receivables(usagePeriod, rosterShard(contractId)),
  sk: number,
});
const documentOf = ({ usagePeriod, aggregatorId, number }: StoredInvoice) =>
  `invoices/${usagePeriod}/${aggregatorId}/${number}`;

/** What is wrong with what was issued, and what reconciling says about it. */
const DIFFERENCES: [string, (invoice: StoredInvoice) => unknown, string][] = [
  [
    'a document was tampered with',
    (invoice) => opened.documents.set(`${documentOf(invoice)}.json`, new TextEncoder().encode('{}')),
    `the document of ${NUMBER} is not the one that was issued`,
  ],
  [
    'a document is missing',
    (invoice) => opened.documents.delete(`${documentOf(invoice)}.csv`),
    `${NUMBER} lacks a document`,
  ],
  ['a receivable is missing', (invoice) => opened.remove(receivableOf(invoice)), `${NUMBER} is not in the receivables`],
  [
    'an invoice is missing',
    (invoice) => opened.remove(keys.invoice(invoice.number)),
    `${NUMBER} is in the receivables but there is no such invoice`,
  ],
  [
    'a receivable is over another amount',
    (invoice) =>
      opened.table.update(receivableOf(invoice), { expression: 'SET amount = :amount', values: { ':amount': '1.00' } }),
    `${NUMBER} is over`,
  ],
  [
    'an invoice is over another amount than was rated',
    async (invoice) => {
      const values = { ':amount': '1.00' };
      await opened.table.update(receivableOf(invoice), { expression: 'SET amount = :amount', values });
      await opened.table.update(keys.invoice(invoice.number), { expression: 'SET gross = :amount', values });
    },
    `${NUMBER} is over 1.00 USD, its receivable 1.00 USD, rated was`,
  ],
  [
    'a receivable is of another aggregator',
    (invoice) =>
      opened.table.update(receivableOf(invoice), {
        expression: 'SET aggregatorId = :other',
        values: { ':other': 'another-aggregator' },
      }),
    'its receivable of another-aggregator',
  ],
  [
    'an invoice is in another currency than was rated',
    async (invoice) => {
      const change = { expression: 'SET currency = :other', values: { ':other': 'CHF' } };
      await opened.table.update(receivableOf(invoice), change);
      await opened.table.update(keys.invoice(invoice.number), change);
    },
    ' CHF, rated was',
  ],
  [
    'an order has two invoices',
    (invoice) => opened.portal.units.commit(opened.portal.invoices.issued({ ...invoice, number: 'INV-2026-000099' })),
    `both bill order`,
  ],
  [
    'a number bills another order than it was taken for',
    (invoice) =>
      opened.table.update(keys.invoice(invoice.number), {
        expression: 'SET #source.id = :other',
        names: { '#source': 'source' },
        values: { ':other': 'another-order' },
      }),
    `${NUMBER} bills another order than it was taken for`,
  ],
];

test.each(DIFFERENCES)('a run fails before anyone is told when %s', async (_what, spoil, sentence) => {
  await spoil(await issued());
  const error = await reconcileRun(opened.portal, run).catch((thrown) => thrown);
  expect([error.name, error.message]).toEqual(['TerminalError', expect.stringContaining(sentence)]);
  expect([...opened.workFiles.keys()].filter((key) => key.includes('parties.jsonl'))).toEqual([]);
});

test('what is as it should be reconciles, with sums by aggregator and currency', async () => {
  await issued();
  const { invoices } = await opened.stored();
  const reconciled = await reconcileRun(opened.portal, run);
  expect(reconciled).toMatchObject({ contracts: 8, orders: 8, nothingToBill: 1, failed: [], unissued: [] });
  expect(reconciled.sums.reduce((sum, { invoices: count }) => sum + count, 0)).toBe(7);
  expect(reconciled.issued.sort()).toEqual(invoices.map(({ number }) => number).sort());
  expect((await opened.stored()).openReservations).toEqual([]);
});

test('the report of a run counts the orders that it has billed, in each currency', async () => {
  await goThrough(opened.portal, run, 'reconcile');
  const { totals } = await reportRun(opened.portal, run);
  expect(totals.reduce((sum, { orders }) => sum + orders, 0)).toBe(7);
  expect((await opened.portal.closes.run(run.period, run.name))?.report?.totals).toEqual(totals);
});

test('reconciled twice is found the same, and tells the same parties', async () => {
  await issued();
  const first = await reconcileRun(opened.portal, run);
  const parties = await partiesOf(opened.portal, run);
  expect(await reconcileRun(opened.portal, run)).toEqual(first);
  expect(await partiesOf(opened.portal, run)).toEqual(parties);
});

test('an order that was not issued is told as failed, and its number stays reserved', async () => {
  await goThrough(opened.portal, run, 'number');
  const rows = await numberedRows(opened.portal, run);
  await issueBatch(opened.portal, run, rows.slice(1));
  const { failed, unissued } = await reconcileRun(opened.portal, run);
  expect(failed).toMatchObject([{ orderId: rows[0]?.order.id, code: 'NOT_BILLED' }]);
  expect(unissued).toEqual(rows.slice(0, 1));
  expect((await opened.stored()).openReservations).toHaveLength(1);
});

test('what a run has issued and died before it could tell, the next run tells', async () => {
  await issued();
  opened.died(run);
  const next = await opened.start('REDRIVE');
  await goThrough(opened.portal, next, 'number');
  const { issued: told, orders } = await reconcileRun(opened.portal, next);
  expect([told.length, orders]).toEqual([7, 8]);
  expect(new Set((await partiesOf(opened.portal, next)).map((party) => party.run))).toEqual(new Set([next.name]));
});

test("parties that a run has not reached get that run's documents from the next one", async () => {
  await goThrough(opened.portal, run, 'reconcile');
  const parties = await partiesOf(opened.portal, run);
  opened.died(run);
  const next = await opened.start('REDRIVE');
  await goThrough(opened.portal, next, 'reconcile');
  expect(await partiesOf(opened.portal, next)).toEqual(parties);
});

test('what was issued after a run had reconciled is told by the next run', async () => {
  await goThrough(opened.portal, run, 'number');
  const rows = await numberedRows(opened.portal, run);
  await issueBatch(opened.portal, run, rows.slice(1));
  await reconcileRun(opened.portal, run);
  await issueBatch(opened.portal, run, rows.slice(0, 1));
  opened.died(run);
  const next = await opened.start('REDRIVE');
  await goThrough(opened.portal, next, 'number');
  expect((await reconcileRun(opened.portal, next)).issued).toEqual([rows[0]?.number]);
});

test('a run that a later one has taken over from tells nobody', async () => {
  await issued();
  opened.died(run);
  await opened.start('REDRIVE');
  await expect(reconcileRun(opened.portal, run)).rejects.toThrow('run 2026-10-1 tells nobody any more');
});
