import { unitPrice } from '../../lambdas/domain/numbers/amounts.ts';
import { keys } from '../../lambdas/stores/keys.ts';
import { planRun } from '../../lambdas/use-cases/plan-run.ts';
import { runFiles } from '../../lambdas/use-cases/run-files.ts';
import { plannedContracts } from '../../lambdas/use-cases/run-outcome.ts';
import { plainId } from '../../local/simulation/plain-programme.ts';
import { type ClosePortal, goThrough, OCTOBER, openClosePortal, PLAIN, SEPTEMBER } from '../support/close-portal.ts';

let opened: ClosePortal;
afterEach(() => opened.close());

const pricesOf = async (run: Awaited<ReturnType<ClosePortal['start']>>) =>
  (await plannedContracts(opened.portal, run))
    .filter((contract) => contract.currency === 'USD')
    .flatMap((contract) => contract.orders.map((order) => order.terms?.listPrice ?? order.problem?.code));

/** A newer price list of dollars that is valid for October already. */
const dearer = (sku: string) => ({
  priceLists: [
    { currency: 'USD', version: 'USD-dearer', validFrom: OCTOBER, prices: { [sku]: { listPrice: unitPrice('9.99') } } },
  ],
});

test('terms that a run has fixed stay, though the price list changes before the next run', async () => {
  opened = await openClosePortal(PLAIN);
  const first = await opened.start('CLOSE');
  await planRun(opened.portal, first);
  const before = await pricesOf(first);
  await opened.add(dearer('PLAIN-PAY-GO'));
  opened.died(first);
  const second = await opened.start('REDRIVE');
  await planRun(opened.portal, second);
  expect(before).toContain('0.88');
  expect(await pricesOf(second)).toEqual(before);
});

test('an order that no run has planned yet takes the price list as it is now', async () => {
  opened = await openClosePortal(PLAIN);
  await opened.add(dearer('PLAIN-PAY-GO'));
  const run = await opened.start('CLOSE');
  await planRun(opened.portal, run);
  expect(await pricesOf(run)).toContain('9.99');
});

test('parties are printed as they were when the terms were fixed', async () => {
  opened = await openClosePortal(PLAIN);
  const first = await opened.start('CLOSE');
  await planRun(opened.portal, first);
  await opened.table.update(keys.organization(plainId(2, 0)), {
    expression: 'SET #name = :name',
    names: { '#name': 'name' },
    values: { ':name': 'Renamed since' },
  });
  opened.died(first);
  const second = await opened.start('REDRIVE');
  await goThrough(opened.portal, second, 'issue');
  const names = [...opened.documents.entries()]
    .filter(([key]) => key.startsWith('invoices/') && key.endsWith('.json'))
    .map(([, bytes]) => JSON.parse(new TextDecoder().decode(bytes)).aggregator.name);
  expect(names).toContain('Aggregator 0');
  expect(names).not.toContain('Renamed since');
});

test('an order whose terms could not be told is planned anew by the next run', async () => {
  opened = await openClosePortal({ ...PLAIN, unpriced: true });
  const first = await opened.start('CLOSE');
  await planRun(opened.portal, first);
  const problems = (await plannedContracts(opened.portal, first)).flatMap(
    ({ orders }) => orders[0]?.problem?.code ?? [],
  );
  const unpriced = [...(opened.programme.contracts ?? [])].find(({ revisions }) =>
    revisions[0]?.sku.code.startsWith('NOT'),
  );
  await opened.add({
    priceLists: [
      {
        currency: unpriced?.contract.currency as string,
        version: 'now-priced',
        validFrom: OCTOBER,
        prices: { 'NOT-IN-ANY-PRICE-LIST': { listPrice: unitPrice('5') } },
      },
    ],
  });
  opened.died(first);
  const second = await opened.start('REDRIVE');
  await planRun(opened.portal, second);
  const planned = await plannedContracts(opened.portal, second);
  expect(problems).toEqual(['SKU_NOT_PRICED']);
  expect(planned.find(({ contractId }) => contractId === unpriced?.contract.id)?.orders[0]?.terms?.listPrice).toBe(
    '5.00',
  );
});

test('a step that died after it fixed the terms plans the same when it is tried again', async () => {
  opened = await openClosePortal(PLAIN);
  const run = await opened.start('CLOSE');
  const counts = await planRun(opened.portal, run);
  const before = await plannedContracts(opened.portal, run);
  opened.workFiles.delete(runFiles.orders(run.name));
  expect(await planRun(opened.portal, run)).toEqual(counts);
  expect(await plannedContracts(opened.portal, run)).toEqual(before);
});

test('orders of an earlier period whose close is incomplete are billed with this one, earliest first', async () => {
  opened = await openClosePortal({ ...PLAIN, earlier: true });
  opened.died(await opened.start('CLOSE', SEPTEMBER));
  const run = await opened.start('CLOSE');
  expect(await planRun(opened.portal, run)).toEqual({ contracts: 8, orders: 12 });
  const periods = (await plannedContracts(opened.portal, run)).map(({ orders }) =>
    orders.map((o) => o.usagePeriod).join(),
  );
  expect(periods.filter((text) => text === '2026-09,2026-10')).toHaveLength(4);
});

test('a period that was never closed, and one whose close is complete, are left alone', async () => {
  opened = await openClosePortal({ ...PLAIN, earlier: true });
  const run = await opened.start('CLOSE');
  expect(await planRun(opened.portal, run)).toEqual({ contracts: 8, orders: 8 });
});

test('a dry run plans without fixing anything', async () => {
  opened = await openClosePortal(PLAIN);
  const run = { ...(await opened.start('CLOSE')), dryRun: true };
  await planRun(opened.portal, run);
  expect([...opened.workFiles.keys()].filter((key) => key.startsWith('plans/') && key.endsWith('.jsonl'))).toEqual([]);
});
