import { gzipSync } from 'node:zlib';
import { quantity } from '../../../lambdas/domain/numbers/amounts.ts';
import { gzipped, ndjson, OCTOBER, openMeterPortal, SP, vm } from '../../support/meter-portal.ts';

let opened: Awaited<ReturnType<typeof openMeterPortal>>;
let meterId: string;
beforeEach(async () => {
  opened = await openMeterPortal();
  await opened.optIn();
  await opened.openOrder(OCTOBER);
  meterId = String((await opened.register()).body.id);
});
afterEach(() => opened.close());

const counts = ({ accepted, duplicates, superseded, conflicts, refused }: Record<string, unknown>) =>
  [accepted, duplicates, superseded, conflicts, refused].join(' ');

test('readings, zipped or plain, as JSON lines or CSV, fill the order in: several products, hosts and volumes', async () => {
  const csv =
    'source,products,from,to,sequence,capacityGb,site\nvol-1,DISK,2026-10-01T00:00:00Z,2026-10-02T00:00:00Z,1,310,B\n';
  const host = { source: 'h-1', products: ['APP'], hour: '2026-10-03T00:00:00Z', sequence: 1, cores: 744 };
  const zipped = {
    body: gzipped([vm(), vm({ products: ['OLD-BUNDLE'], source: 'vm-2' }), host]),
    headers: { 'content-encoding': 'gzip' },
  };
  const first = await opened.upload(meterId, [], zipped);
  expect([first.status, counts(first.body)]).toEqual([200, '3 0 0 0 0']);
  const second = await opened.upload(meterId, [], { body: csv, headers: { 'content-type': 'text/csv' } });
  expect(counts(second.body)).toBe('1 0 0 0 0');
  expect(await opened.applied()).toEqual(['APP A 1', 'CORE A 0.043011', 'DISK B 10', 'NET A 0.021505']);
});

test('sending all again, three times at once and in another order, changes nothing', async () => {
  const all = Array.from({ length: 40 }, (_, at) =>
    vm({ source: `vm-${at % 7}`, hour: `2026-10-0${1 + (at % 5)}T0${at % 10}:00:00Z` }),
  );
  await opened.upload(meterId, all);
  const before = await opened.applied();
  const [order] = await opened.portal.billingOrders.ofContract(opened.contractId, [OCTOBER]);
  const again = await Promise.all([all, all.toReversed(), all].map((each) => opened.upload(meterId, each)));
  expect(again.map(({ body }) => body.accepted)).toEqual([0, 0, 0]);
  expect(await opened.applied()).toEqual(before);
  const [after] = await opened.portal.billingOrders.ofContract(opened.contractId, [OCTOBER]);
  expect(after?.version).toBe(order?.version);
});

test('first uploads that race count once', async () => {
  const replies = await Promise.all([1, 2, 3].map(() => opened.upload(meterId, [vm(), vm({ source: 'vm-2' })])));
  expect(replies.reduce((sum, { body }) => sum + Number(body.accepted), 0)).toBe(2);
  expect(await opened.applied()).toEqual(['CORE A 0.043011']);
});

test('of many uploads of a meter at once all are taken', async () => {
  const sources = Array.from({ length: 12 }, (_, n) => `vm-${n}`);
  const replies = await Promise.all(sources.map((source) => opened.upload(meterId, [vm({ source })])));
  expect(replies.map(({ status }) => status)).toEqual(sources.map(() => 200));
  expect(await opened.applied()).toEqual(['CORE A 0.258065']);
});

test('the higher upload sequence holds, whichever comes first; the same one saying otherwise is a conflict', async () => {
  await opened.upload(meterId, [vm({ sequence: 2, configuredGb: 16 })]);
  const { body } = await opened.upload(meterId, [
    vm({ sequence: 1 }),
    vm({ sequence: 2, configuredGb: 17 }),
    vm({ sequence: 2, configuredGb: 16 }),
  ]);
  expect(body.results).toEqual([
    { first: 1, last: 1, result: 'SUPERSEDED' },
    { first: 2, last: 2, result: 'CONFLICT', reason: 'OTHER_VALUE', message: expect.any(String) },
    { first: 3, last: 3, result: 'DUPLICATE' },
  ]);
  expect(await opened.applied()).toEqual(['CORE A 0.010753']);
});

test.each([
  ['a negative value', { configuredGb: -1 }, 'NOT_VALID', 'configuredGb'],
  ['10^30', { configuredGb: 1e30 }, 'NOT_VALID', 'configuredGb'],
  ['an hour that is none', { hour: '2026-10-01T05:30:00Z' }, 'NOT_VALID', 'full hour'],
  ['a day that there is not', { hour: '2026-02-30T05:00:00Z' }, 'NOT_VALID', 'hour must be'],
  ['the future', { hour: '2026-11-02T02:00:00Z' }, 'FUTURE', 'future'],
  ['a month of long ago', { hour: '2026-07-01T00:00:00Z' }, 'TOO_OLD', '2026-07'],
  ['before the contract', { hour: '2025-12-31T23:00:00Z' }, 'TOO_OLD', '2025-12'],
  ['an unknown product', { products: ['NOPE'] }, 'UNKNOWN_PRODUCT', 'NOPE'],
  ['a product that no meter reports', { products: ['DESK'] }, 'NOT_METERED', 'DESK'],
  ['an unknown site', { site: 'C' }, 'UNKNOWN_SITE', 'site C'],
  ['no sequence', { sequence: undefined }, 'NOT_VALID', 'sequence is needed'],
])('%s is refused with its line and reason, and nothing is changed', async (_, over, reason, message) => {
  const { status, body } = await opened.upload(meterId, [vm({ source: 'vm-2', configuredGb: 64 }), vm(over)]);
  expect(status).toBe(200);
  expect(counts(body)).toBe('1 0 0 0 1');
  expect(body.results).toMatchObject([
    { first: 1, last: 1, result: 'ACCEPTED' },
    { first: 2, last: 2, result: 'REFUSED', reason, message: expect.stringContaining(message) },
  ]);
  expect(await opened.applied()).toEqual(['CORE A 0.032258']);
});

test('overlapping intervals of one upload are a conflict, and the second is not taken', async () => {
  const interval = (from: string, to: string) =>
    vm({ hour: undefined, from: `2026-10-01T${from}:00Z`, to: `2026-10-01T${to}:00Z` });
  const { body } = await opened.upload(meterId, [interval('05:00', '07:30'), interval('07:00', '08:00')]);
  expect(counts(body)).toBe('1 0 0 1 0');
});

test('a body that is none is refused as a whole: cut off, a bomb, no JSON, of another type', async () => {
  const zip = { 'content-encoding': 'gzip' };
  const bomb = gzipSync(Buffer.alloc(65_000_000, `${' '.repeat(999)}\n`));
  const cut = gzipped([vm(), vm({ source: 'vm-2' })]).slice(0, 60);
  const send = (body: unknown, headers: object) => opened.upload(meterId, [], { body, headers });
  expect((await send(cut, zip)).body.detail).toContain('cut off');
  expect((await send(bomb, zip)).body.detail).toContain('more than 64000000 bytes');
  expect((await send(gzipSync(bomb), zip)).body.detail).toContain('zipped twice');
  expect((await send(`${ndjson([vm()])}{"source":`, {})).body.errors).toEqual([
    { field: 'line 2', message: expect.any(String) },
  ]);
  expect((await send(ndjson([vm({ more: 1 })]), {})).body.code).toBe('BAD_REQUEST');
  expect((await send('x', { 'content-type': 'text/plain' })).status).toBe(415);
  expect((await send('', {})).status).toBe(400);
  expect(await opened.applied()).toEqual([]);
});

test('a site that was closed since takes readings of its time, and none after; the open one of its name comes first', async () => {
  const site = { contractId: opened.contractId, usageSiteId: opened.sites.B ?? '' };
  expect((await opened.send('closeProviderUsageSite', { params: site }, SP)).status).toBe(200);
  opened.clock.time = new Date('2026-11-02T06:00:00Z');
  const { body } = await opened.upload(meterId, [
    vm({ site: 'B' }),
    vm({ site: 'B', hour: '2026-11-02T03:00:00Z' }),
    vm({ site: 'B', hour: '2026-11-02T01:00:00Z' }),
  ]);
  expect(body.results).toMatchObject([
    { result: 'ACCEPTED' },
    { first: 2, last: 2, result: 'REFUSED', reason: 'UNKNOWN_SITE' },
    { result: 'ACCEPTED' },
  ]);
  expect(await opened.applied()).toEqual(['CORE B 0.021505']);
});

test('a body that tells one source again and again is refused as a whole', async () => {
  const month = (sequence: number) =>
    vm({ hour: undefined, from: '2026-10-01T00:00:00Z', to: '2026-11-01T00:00:00Z', sequence });
  const { status, body } = await opened.upload(
    meterId,
    Array.from({ length: 21 }, (_, at) => month(at)),
  );
  expect([status, body.code]).toEqual([400, 'BAD_REQUEST']);
  expect(body.detail).toContain('hours of source vm-1');
  expect(await opened.applied()).toEqual([]);
});

test("another organization's meter is not there, nor one that was removed", async () => {
  expect((await opened.upload(meterId, [vm()], {})).status).toBe(200);
  const foreign = await opened.send(
    'uploadReadings',
    { params: { meterId }, body: ndjson([vm()]) },
    { organizationId: 'SP-2' },
  );
  expect(foreign.status).toBe(404);
  expect((await opened.send('removeUsageMeter', { params: { meterId } }, SP)).status).toBe(204);
  expect((await opened.upload(meterId, [vm()])).status).toBe(404);
  // What it has reported stays.
  expect(await opened.applied()).toEqual(['CORE A 0.021505']);
});

test('the history of an order tells what meters have filled in, late usage with its month', async () => {
  const { portal } = opened;
  await opened.upload(meterId, [vm()]);
  await opened.applied();
  await opened.upload(meterId, [vm({ source: 'vm-2' })]);
  await opened.applied();
  const order = await opened.openOrder(OCTOBER);
  await portal.units.commit([
    portal.billingOrders.changed({ ...order, status: 'PENDING_AGGREGATOR' }, opened.clock.time),
  ]);
  const { id: next } = await opened.openOrder('2026-11' as never);
  await opened.upload(meterId, [vm({ source: 'vm-3' })]);
  await opened.applied();
  const told = async (orderId: string) => {
    const { body } = await opened.send('readAggregatorOrderHistory', { params: { orderId } });
    const entries = body.content as { action: string; reason?: string }[];
    return entries.flatMap(({ action, reason }) => (action === 'prefillUsage' ? [reason] : [])).sort();
  };
  expect(await told(order.id)).toEqual(['CORE at A 0.021505 → 0.043011', 'CORE at A added 0.021505']);
  expect(await told(next)).toEqual(['2026-10 CORE at A added 0.021505']);
});

test('demo, perpetual, powered off and test never count; what is not billed is told', async () => {
  await opened.upload(meterId, [
    vm({ category: 'DEMO' }),
    vm({ source: 'vm-2', category: 'PERPETUAL' }),
    vm({ source: 'vm-3', poweredOn: false }),
    vm({ source: 'vm-4' }),
  ]);
  const tester = await opened.register({ mode: 'TEST', instanceId: '7f16af2a-0c1d-4e5f-8a9b-8cd5d5bdad1e' });
  await opened.upload(String(tester.body.id), [vm({ source: 'vm-5', configuredGb: 48 })]);
  expect(await opened.applied()).toEqual(['CORE A 0.021505']);
  const { id: orderId } = await opened.openOrder(OCTOBER);
  const { body } = await opened.send('getProviderAutoReportedData', { params: { orderId } }, SP);
  const told = (body.meters as { units: string; notBilled: { reason: string }[] }[]).map(({ units, notBilled }) => [
    units,
    notBilled.map(({ reason }) => reason).sort(),
  ]);
  expect(told).toEqual(
    expect.arrayContaining([
      ['0.021505', ['DEMO', 'PERPETUAL', 'POWERED_OFF']],
      ['0', ['TEST_METER']],
    ]),
  );
});

test('an edited line keeps its quantity and remembers what the meters say; a difference is told', async () => {
  await opened.upload(meterId, [vm()]);
  await opened.applied();
  const { portal } = opened;
  const order = await opened.openOrder(OCTOBER);
  const [line] = await portal.billingOrders.linesOf(order.id, order.lineSet);
  if (!line) throw new Error('there is no line');
  const edit = {
    reason: 'METER_ERROR',
    userId: 'ada',
    time: '2026-11-02T02:00:00.000Z',
    original: { quantity: line.quantity, siteName: 'A', customerNumber: '' },
  } as const;
  const edited = { ...line, quantity: quantity('5'), edit };
  await portal.units.commit(portal.billingOrders.linesWritten(order, { put: [edited], removed: [] }));
  expect(await opened.applied()).toEqual(['CORE A 5']);
  await opened.upload(meterId, [vm({ source: 'vm-2' })]);
  expect(await opened.applied()).toEqual(['CORE A 5']);
  const { body } = await opened.send('getAggregatorAutoReportedData', { params: { orderId: order.id } });
  expect(body.lines).toMatchObject([{ metered: '0.043011', reported: '5', edited: true }]);
  expect(body.differences).toMatchObject([{ metered: '0.043011', reported: '5', productCode: 'CORE' }]);
});

test('readings of an order that was submitted wait as arrears on the next one, once', async () => {
  await opened.upload(meterId, [vm()]);
  await opened.applied();
  const { portal } = opened;
  const order = await opened.openOrder(OCTOBER);
  await portal.units.commit([
    portal.billingOrders.changed({ ...order, status: 'PENDING_AGGREGATOR' }, opened.clock.time),
  ]);
  const NOVEMBER = (await opened.openOrder('2026-11' as never)).usagePeriod;
  await opened.upload(meterId, [vm({ source: 'vm-2' }), vm({ source: 'vm-3' })]);
  expect(await opened.applied()).toEqual(['CORE A 0.021505']);
  expect(await opened.applied(NOVEMBER)).toEqual(['CORE A 0.043011']);
  await opened.upload(meterId, [vm({ source: 'vm-2' })]);
  expect(await opened.applied(NOVEMBER)).toEqual(['CORE A 0.043011']);
  const { id: carrier } = await opened.openOrder(NOVEMBER);
  const carried = await opened.send('getAggregatorAutoReportedData', { params: { orderId: carrier } });
  expect(carried.body.lines).toMatchObject([{ usagePeriod: '2026-10', metered: '0.043011' }]);
  const late = await opened.send('readAggregatorArrears', { params: { orderId: order.id } });
  const line = { orderId: carrier, carriedBy: '2026-11', status: 'NOT_OPEN', billed: false, quantity: '0.043011' };
  expect(late.body).toMatchObject({ usagePeriod: '2026-10', lines: [line], lineCount: 1 });
  const cancelled = { ...(await opened.openOrder(NOVEMBER)), status: 'CANCELLED' as const };
  await portal.units.commit([portal.billingOrders.changed(cancelled, opened.clock.time)]);
  const gone = await opened.send('readAggregatorArrears', { params: { orderId: order.id } });
  expect(gone.body).toMatchObject({ lines: [], lineCount: 0 });
});
