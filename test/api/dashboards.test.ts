import type { PortalClient } from '../../client/portal-client.ts';
import { plainDate } from '../../lambdas/domain/calendar/period.ts';
import { bearerOf, billOctober, finishedRun } from '../support/billed-programme.ts';
import { addExampleThings } from '../support/example-things.ts';
import { type ApiPortal, openApiPortal } from '../support/portal.ts';

let opened: ApiPortal;
let aggregator: PortalClient;
let provider: PortalClient;
let vendor: PortalClient;
let other: PortalClient;

beforeAll(async () => {
  opened = await openApiPortal();
  await billOctober(opened);
  await addExampleThings(opened);
  aggregator = opened.client(await bearerOf(opened, 'AGG-1'));
  provider = opened.client(await bearerOf(opened, 'SP-1'));
  vendor = opened.client(await bearerOf(opened, 'VENDOR'));
  other = opened.client(await bearerOf(opened, 'AGG-2'));
});
afterAll(() => opened.close());

test('a service provider sees 12 months of usage by contract and product', async () => {
  const { body } = await provider.getProviderUsageStatistics();
  expect([body.months.length, body.months[0], body.months.at(-1)]).toEqual([12, '2025-11', '2026-10']);
  const months = [{ usagePeriod: '2026-10', points: '1800' }];
  expect(body.contracts).toEqual([{ contractNumber: '40000001', skuCode: 'VSPP3-1800-C', points: '1800', months }]);
  expect(body.products).toMatchObject([
    { productCode: 'FLEX-CORE', uom: 'GB vRAM', months: [{ ...months[0], quantity: '400' }] },
  ]);
  expect(JSON.stringify(body)).not.toMatch(/price|amount|currency/i);
});

test('an aggregator sees its orders in progress, and who and what was billed most', async () => {
  const { body } = await aggregator.getAggregatorDashboard();
  expect(body).toEqual({
    orders: {
      total: 3,
      overdue: 3,
      byStatus: [
        { status: 'PENDING_SP', count: 2 },
        { status: 'PENDING_AGGREGATOR', count: 1 },
      ],
    },
    rankedPeriod: '2026-10',
    serviceProviders: [
      { rank: 1, prmId: 'Ålesund Hosting AS', name: 'Ålesund Hosting AS', points: '1830', documents: 1 },
    ],
    skus: [{ rank: 1, code: 'VSPP3-1800-C', points: '1830', documents: 1 }],
  });
  const before = await aggregator.getAggregatorDashboard({ query: { rankedPeriod: '2026-09' } });
  expect(before.body.skus).toEqual([]);
  const none = await other.getAggregatorDashboard();
  expect(none.body).toEqual({ orders: { total: 0, overdue: 0, byStatus: [] }, serviceProviders: [], skus: [] });
});

test('alerts are what is overdue, what stands out, and what ends within 60 days', async () => {
  const { portal, clock } = opened;
  const found = await portal.contracts.get('C-0001');
  if (!found) throw new Error('no contract');
  const eolDate = plainDate('2027-01-09');
  await portal.units.commit([portal.contracts.changed({ ...found.contract, eolDate }, clock.time)]);
  const [order] = await portal.billingOrders.getMany(['order-2']);
  if (!order) throw new Error('no order');
  const variance = { flagged: true, reported: 0n, months: 3, from: '2026-06', to: '2026-08', sum: 0n, limit: 0n };
  await portal.units.commit([portal.billingOrders.changed({ ...order, variance: variance as never }, clock.time)]);
  const alerts = async (filter = '') =>
    (await aggregator.listAggregatorAlerts({ query: { filter } })).body.content.map(({ id, date }) => [id, date]);
  expect(await alerts()).toEqual([
    ['OVERDUE_ORDER#order-3', '2026-09-05'],
    ['ABNORMAL_USAGE#order-2', '2026-10-08'],
    ['OVERDUE_ORDER#order-2', '2026-10-08'],
    ['OVERDUE_ORDER#order-1', '2026-11-05'],
    ['EXPIRING_CONTRACT#C-0001', '2027-01-09'],
  ]);
  expect(await alerts('type==EXPIRING_CONTRACT')).toHaveLength(1);
  await portal.units.commit([portal.contracts.delinquencyChanged('C-0001', true)]);
  expect(await alerts('type==DELINQUENT_CONTRACT')).toEqual([['DELINQUENT_CONTRACT#C-0001', undefined]]);
  await portal.units.commit([portal.contracts.delinquencyChanged('C-0001', false)]);
  clock.time = new Date('2026-11-09T02:00:00.000Z');
  expect(await alerts('type==EXPIRING_CONTRACT')).toEqual([]);
  clock.time = new Date('2026-11-10T02:00:00.000Z');
  expect((await other.listAggregatorAlerts()).body.total).toBe(0);
});

test('recent activity says what was done, not by whom, and nothing about people', async () => {
  const entry = { organizationId: 'AGG-1', actor: 'user-7', reason: 'Ada said so' };
  await opened.portal.units.commit([
    opened.portal.audit.recorded({
      ...entry,
      subject: 'ORDER#1',
      id: 'a',
      time: '2026-11-09T00:00:00.000Z',
      action: 'approve',
    }),
    opened.portal.audit.recorded({
      ...entry,
      subject: 'ORDER#2',
      id: 'b',
      time: '2026-11-09T01:00:00.000Z',
      action: 'sendBack',
    }),
    opened.portal.audit.recorded({
      ...entry,
      subject: 'USER#8',
      id: 'c',
      time: '2026-11-09T02:00:00.000Z',
      action: 'lockUser',
    }),
  ]);
  const { body } = await aggregator.listAggregatorActivity({ query: { limit: 2 } });
  expect(body.content).toEqual([
    { time: '2026-11-09T01:00:00.000Z', action: 'sendBack', subject: 'ORDER', subjectId: '2' },
    { time: '2026-11-09T00:00:00.000Z', action: 'approve', subject: 'ORDER', subjectId: '1' },
  ]);
  expect((await other.listAggregatorActivity()).body.total).toBe(0);
});

test('the vendor sees closes, what they have left unbilled with its age today, and the orders of a month', async () => {
  const { portal, clock } = opened;
  const run = { ...finishedRun, name: '2026-09-1', period: '2026-09' as never, status: 'RUNNING' as const };
  const aside = {
    ...{
      orderId: 'order-2',
      contractNumber: '1',
      aggregatorId: 'AGG-1',
      serviceProvider: 'SP',
      code: 'SKU_NOT_PRICED',
    },
    ...{ usagePeriod: '2026-09' as never, reason: 'No price', ageDays: 0 },
  };
  const report = { ...finishedRun.report, failed: [aside] } as never;
  const last = await portal.closes.lastClaimed();
  await portal.units.commit(portal.closes.claimed(run, undefined, last));
  await portal.units.commit(portal.closes.finished({ ...run, status: 'SUCCEEDED', report }, 'INCOMPLETE'));
  clock.time = new Date('2026-11-10T02:00:00.000Z');
  const { body } = await vendor.getVendorDashboard();
  expect(body.closes).toEqual([
    { period: '2026-10', state: 'COMPLETE', currentRun: 1 },
    { period: '2026-09', state: 'INCOMPLETE', currentRun: 1 },
  ]);
  expect(body.unbilled).toEqual([{ ...aside, ageDays: 31 }]);
  expect([body.period, body.orders]).toEqual([
    '2026-10',
    { total: 1, overdue: 1, byStatus: [{ status: 'PENDING_SP', count: 1 }] },
  ]);
});
