import type { CloseRun } from '../../lambdas/domain/close/run.ts';
import { keys } from '../../lambdas/stores/keys.ts';
import { numberDocuments } from '../../lambdas/use-cases/number-documents.ts';
import type { Reservation } from '../../lambdas/use-cases/ports/invoices.ts';
import { runFiles } from '../../lambdas/use-cases/run-files.ts';
import { numberedRows } from '../../lambdas/use-cases/run-outcome.ts';
import { type ClosePortal, goThrough, openClosePortal, PLAIN } from '../support/close-portal.ts';

let opened: ClosePortal;
beforeEach(async () => {
  opened = await openClosePortal(PLAIN);
});
afterEach(() => opened.close());

const numbersOf = async (run: CloseRun) =>
  (await numberedRows(opened.portal, run)).flatMap(({ order, number }) =>
    number ? [[order.contractNumber, number]] : [],
  );

async function rated(mode: 'CLOSE' | 'REDRIVE'): Promise<CloseRun> {
  const run = await opened.start(mode);
  await goThrough(opened.portal, run, 'rate');
  return run;
}

test('numbers follow aggregator and contract, without a gap; what has nothing to bill takes none', async () => {
  const run = await rated('CLOSE');
  expect(await numberDocuments(opened.portal, run)).toEqual({ documents: 8 });
  // Contracts go round the three aggregators; contract 100002 has nothing to bill.
  const contracts = ['100000', '100003', '100006', '100001', '100004', '100007', '100005'];
  expect(await numbersOf(run)).toEqual(contracts.map((contract, index) => [contract, `INV-2026-00000${index + 1}`]));
});

test('a step that died between its list and its reservation takes the numbers once', async () => {
  const run = await rated('CLOSE');
  await numberDocuments(opened.portal, run);
  const before = await numbersOf(run);
  const { series } = (await opened.stored()).reservations[0] ?? { series: '' };
  for (const key of [
    keys.reservation(series, run.name),
    keys.openReservation(series, run.name),
    keys.seriesCounter(series),
  ])
    await opened.remove(key);
  opened.workFiles.delete(runFiles.numbers(run.name));
  await numberDocuments(opened.portal, run);
  expect(await numbersOf(run)).toEqual(before);
  expect((await opened.stored()).reservations).toMatchObject([{ first: 1, count: 7 }]);
});

test('a step that died after its reservation finds its numbers again', async () => {
  const run = await rated('CLOSE');
  await numberDocuments(opened.portal, run);
  const before = await numbersOf(run);
  opened.workFiles.delete(runFiles.numbers(run.name));
  await Promise.all([numberDocuments(opened.portal, run), numberDocuments(opened.portal, run)]);
  expect(await numbersOf(run)).toEqual(before);
  expect((await opened.stored()).reservations).toHaveLength(1);
});

test('an order that an earlier run has numbered keeps its number and date', async () => {
  const first = await rated('CLOSE');
  await numberDocuments(opened.portal, first);
  const before = await numberedRows(opened.portal, first);
  opened.died(first);
  opened.clock.time = new Date('2026-11-15T08:00:00Z');
  const second = await rated('REDRIVE');
  await numberDocuments(opened.portal, second);
  const given = (rows: typeof before) =>
    rows.flatMap(({ order, number, invoiceDate }) => (number ? [[order.id, number, invoiceDate]] : []));
  expect(given(await numberedRows(opened.portal, second))).toEqual(given(before));
  expect((await opened.stored()).reservations.map(({ run }) => run)).toEqual([first.name]);
});

test('a document that takes an invoice back is dated in the year of its series', async () => {
  const first = await rated('CLOSE');
  const [key] = (await Array.fromAsync(opened.portal.workFiles.list(runFiles.ratedIndexes(first.name)))).map(
    (file) => file.key,
  );
  const entries = JSON.parse(new TextDecoder().decode(opened.workFiles.get(String(key))));
  const corrected = { ...entries[0], corrects: { number: 'INV-2026-000900', kind: 'CREDIT_NOTE', gross: '-1.00' } };
  await numberDocuments(opened.portal, first);
  opened.died(first);
  opened.clock.time = new Date('2027-01-04T08:00:00Z');
  const second = await opened.start('REDRIVE');
  opened.workFiles.set(String(key).replace(first.name, second.name), Buffer.from(JSON.stringify([corrected])));
  // The first has taken the number of the invoice and died before it could take that of the credit note.
  opened.workFiles.delete(runFiles.numbers(first.name));
  await numberDocuments(opened.portal, second);
  expect(await numberedRows(opened.portal, second)).toMatchObject([
    {
      number: expect.stringMatching(/^INV-2026-/),
      invoiceDate: '2026-11-10',
      creditNumber: 'CRN-2027-000001',
      creditDate: '2027-01-04',
    },
  ]);
});

test('a run that a later one has taken over from takes no numbers', async () => {
  const first = await rated('CLOSE');
  opened.died(first);
  const second = await rated('REDRIVE');
  await expect(numberDocuments(opened.portal, first)).rejects.toThrow(
    'a later run has been claimed: run 2026-10-1 takes no numbers any more',
  );
  await numberDocuments(opened.portal, second);
  expect((await opened.stored()).reservations).toMatchObject([{ run: '2026-10-2', first: 1, count: 7 }]);
});

test('a run with nothing to number takes nothing out of the series', async () => {
  const first = await opened.start('CLOSE');
  await goThrough(opened.portal, first, 'reconcile');
  opened.died(first);
  const second = await rated('REDRIVE');
  expect(await numberDocuments(opened.portal, second)).toEqual({ documents: 0 });
  expect((await opened.stored()).reservations).toHaveLength(1);
});

test('a run that a later one has taken over from settles no reservation', async () => {
  const first = await rated('CLOSE');
  await numberDocuments(opened.portal, first);
  const [reservation] = await opened.portal.numbers.openReservations();
  opened.died(first);
  const second = await opened.start('REDRIVE');
  const settle = (run: CloseRun) =>
    opened.portal.units.commit(opened.portal.numbers.settled(reservation as Reservation, run.name));
  expect((await settle(first)).ok).toBe(false);
  expect((await settle(second)).ok).toBe(true);
  expect(await opened.portal.numbers.openReservations()).toEqual([]);
});
