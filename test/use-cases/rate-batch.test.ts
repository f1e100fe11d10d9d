import { NOTHING_BILLED } from '../../lambdas/domain/billing-order/summary.ts';
import type { CloseRun } from '../../lambdas/domain/close/run.ts';
import { keys } from '../../lambdas/stores/keys.ts';
import { batchName } from '../../lambdas/use-cases/bytes.ts';
import { planRun } from '../../lambdas/use-cases/plan-run.ts';
import { rateBatch } from '../../lambdas/use-cases/rate-batch.ts';
import { runFiles } from '../../lambdas/use-cases/run-files.ts';
import { plannedContracts } from '../../lambdas/use-cases/run-outcome.ts';
import { tellParties } from '../../lambdas/use-cases/tell-parties.ts';
import { seededRandom } from '../../local/random.ts';
import { plainId } from '../../local/simulation/plain-programme.ts';
import { rivalWriters } from '../../local/simulation/rival-writers.ts';
import { type ClosePortal, openClosePortal, PLAIN } from '../support/close-portal.ts';

let opened: ClosePortal;
afterEach(() => opened.close());

const orderId = (n: number) => plainId(7, n);

async function planned(shape = PLAIN): Promise<{ run: CloseRun; batch: Awaited<ReturnType<typeof plannedContracts>> }> {
  opened = await openClosePortal(shape);
  const run = await opened.start('CLOSE');
  await planRun(opened.portal, run);
  return { run, batch: await plannedContracts(opened.portal, run) };
}

/** Forgets what a batch has written, as if its step had died before it could. */
function forget(run: CloseRun, batch: readonly unknown[]): void {
  opened.workFiles.delete(runFiles.rated(run.name, batchName(batch)));
  opened.workFiles.delete(runFiles.ratedIndex(run.name, batchName(batch)));
}

test('a rated order is sealed: nobody moves it on or reports a line any more', async () => {
  const { run, batch } = await planned();
  const rivals = rivalWriters(opened, [orderId(0)], seededRandom(1));
  await rivals.report();
  expect(rivals.outcomes).toEqual({ taken: 1, refused: 0 });
  await rateBatch(opened.portal, run, batch);
  const sealed = (await opened.stored()).orders.find(({ id }) => id === orderId(0));
  await rivals.report();
  expect(sealed).toMatchObject({ status: 'PENDING_VENDOR', sealedBy: run.name, heldLines: 3 });
  expect(rivals.outcomes).toEqual({ taken: 1, refused: 1 });
  expect((await opened.stored()).lines.filter((line) => line.orderId === orderId(0))).toHaveLength(3);
});

test('the cutoff moves an order on that its service provider has not submitted, and its contract is delinquent', async () => {
  const { run, batch } = await planned();
  const before = (await opened.stored()).orders;
  await rateBatch(opened.portal, run, batch);
  const { orders, audit } = await opened.stored();
  const waiting = before.filter(({ status }) => status === 'PENDING_SP');
  const submitted = before.filter(({ status }) => status === 'PENDING_AGGREGATOR');
  expect([waiting.length, submitted.length]).toEqual([2, 1]);
  expect(new Set(orders.map(({ status }) => status))).toEqual(new Set(['PENDING_VENDOR']));
  const contracts = await opened.portal.contracts.getMany(before.map(({ contractId }) => contractId));
  const delinquent = contracts.filter(({ contract }) => contract.delinquent).map(({ contract }) => contract.id);
  expect(delinquent.sort()).toEqual(waiting.map(({ contractId }) => contractId).sort());
  const moved = audit.filter(({ action }) => action === 'cutOff').map(({ subject, from }) => [subject, from]);
  expect(moved.sort()).toEqual([...waiting, ...submitted].map(({ id, status }) => [`ORDER#${id}`, status]).sort());
});

test('an order whose lines are not all that it holds is set aside, the others are rated', async () => {
  const { run, batch } = await planned({ ...PLAIN, mismatch: true });
  expect(await rateBatch(opened.portal, run, batch)).toEqual({ done: 7, failed: 1 });
  const aside = JSON.parse(
    new TextDecoder().decode(opened.workFiles.get(runFiles.aside(run.name, 'Rate', batchName(batch)))),
  );
  expect(aside).toMatchObject([{ orderId: opened.programme.unbillable[0], code: 'QUANTITY_MISMATCH' }]);
});

test('an order without lines and minimum has nothing to bill', async () => {
  const { run, batch } = await planned();
  await rateBatch(opened.portal, run, batch);
  const index = JSON.parse(
    new TextDecoder().decode(opened.workFiles.get(runFiles.ratedIndex(run.name, batchName(batch)))),
  );
  const nothing = index.filter(({ outcome }: { outcome: string }) => outcome === 'NOTHING_TO_BILL');
  expect(nothing).toMatchObject([{ order: { id: orderId(2) } }]);
});

test('a prepayment is drawn once, however often its order is rated, and always rated alike', async () => {
  const { run, batch } = await planned();
  await rateBatch(opened.portal, run, batch);
  const first = opened.workFiles.get(runFiles.rated(run.name, batchName(batch))) as Uint8Array;
  const drawn = (await opened.stored()).prepaymentEntries;
  forget(run, batch);
  await Promise.all([rateBatch(opened.portal, run, batch), rateBatch(opened.portal, run, batch)]);
  const again = opened.workFiles.get(runFiles.rated(run.name, batchName(batch))) as Uint8Array;
  expect(Buffer.compare(first, again)).toBe(0);
  expect(drawn.filter(({ kind }) => kind === 'DRAW')).toHaveLength(2);
  expect((await opened.stored()).prepaymentEntries).toEqual(drawn);
});

test('an order that comes to another draw than was posted for it is set aside, the others are rated', async () => {
  const { run, batch } = await planned();
  await rateBatch(opened.portal, run, batch);
  const [draw] = (await opened.stored()).prepaymentEntries.filter(({ kind }) => kind === 'DRAW');
  await opened.table.update(keys.prepaymentEntry(String(draw?.contractId), Number(draw?.sequence)), {
    expression: 'SET points = :points',
    values: { ':points': '-1' },
  });
  forget(run, batch);
  expect(await rateBatch(opened.portal, run, batch)).toEqual({ done: 7, failed: 1 });
  const aside = JSON.parse(
    new TextDecoder().decode(opened.workFiles.get(runFiles.aside(run.name, 'Rate', batchName(batch)))),
  );
  expect(aside).toMatchObject([
    { code: 'NOT_RATED', reason: expect.stringMatching(/^1 points were taken off .* the ledger needs a look$/) },
  ]);
});

test('a balance that falls below its trigger point is announced once', async () => {
  const { run, batch } = await planned();
  await opened.table.update(keys.prepaymentBalance(plainId(5, 3)), {
    expression: 'SET points = :points',
    values: { ':points': '5600' },
  });
  await rateBatch(opened.portal, run, batch);
  forget(run, batch);
  await rateBatch(opened.portal, run, batch);
  const told = (await opened.stored()).waitingEvents.filter(({ type }) => type === 'PrepaymentBelowTriggerPoint');
  const figures = { drawn: '500', balance: '5100', triggerPoint: '5500' };
  expect(told.map(({ detail }) => detail)).toMatchObject([{ contractId: plainId(5, 3), ...figures }]);
  const waiting = await opened.portal.notices.waiting();
  expect(waiting).toMatchObject([
    { kind: 'BELOW_TRIGGER_POINT', contractId: plainId(5, 3), usagePeriod: '2026-10', figures },
  ]);
  for (const notice of [...waiting, ...waiting]) await tellParties(opened.portal, notice);
  expect(opened.mails.map(({ subject }) => subject)).toEqual([expect.stringContaining('below its trigger point')]);
  expect(await opened.portal.notices.waiting()).toEqual([]);
});

test('an order that was closed meanwhile is neither rated nor set aside', async () => {
  const { run, batch } = await planned();
  const order = (await opened.stored()).orders.find(({ id }) => id === orderId(1));
  await opened.portal.billingOrders.seal(orderId(1), 'another');
  await opened.portal.units.commit([
    opened.portal.billingOrders.closed(order as never, {
      revision: 1,
      outcome: 'NOTHING_TO_BILL',
      summary: NOTHING_BILLED,
      closedTime: 'now',
      lineSet: '1',
    }),
  ]);
  expect(await rateBatch(opened.portal, run, batch)).toEqual({ done: 7, failed: 0 });
});

test('an order that is no longer billable is set aside with its state', async () => {
  const { run, batch } = await planned();
  await opened.table.update(keys.order(orderId(1)), {
    expression: 'SET #status = :status',
    names: { '#status': 'status' },
    values: { ':status': 'CANCELLED' },
  });
  expect(await rateBatch(opened.portal, run, batch)).toEqual({ done: 7, failed: 1 });
});

test('a dry run rates without sealing an order or drawing a point', async () => {
  const { run, batch } = await planned();
  const before = await opened.stored();
  expect(await rateBatch(opened.portal, { ...run, dryRun: true }, batch)).toEqual({ done: 8, failed: 0 });
  expect(await opened.stored()).toEqual(before);
});

test('a batch that is started again answers what it has done', async () => {
  const { run, batch } = await planned({ ...PLAIN, mismatch: true });
  const first = await rateBatch(opened.portal, run, batch);
  const before = await opened.stored();
  expect(await rateBatch(opened.portal, run, batch)).toEqual(first);
  expect(await opened.stored()).toEqual(before);
});
