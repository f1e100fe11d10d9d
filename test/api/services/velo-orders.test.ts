import type { RouteId } from '../../../lambdas/manifest/routes.ts';
import { NOVEMBER, OCTOBER, openServicePortal, type ServicePortal, VELO } from '../../support/service-portal.ts';

const SP = { organizationId: 'SP-1', roles: ['Operations'] } as const;
const VENDOR = { organizationId: 'VENDOR', roles: ['Operations'] } as const;

let opened: ServicePortal;
beforeEach(async () => {
  opened = await openServicePortal();
  await opened.addContract('VELO', VELO);
});
afterEach(() => opened.close());

const order = (sid: string, over: object = {}) => ({
  sid,
  orderNumber: 'VO-1',
  contractId: 'VELO',
  code: 'EDGE',
  quantity: 40,
  unitPrice: '65.00',
  discount: '10',
  currency: 'USD',
  startDate: '2026-10-13',
  ...over,
});
const enter = (sid: string, over: object = {}) => opened.send('enterVeloOrder', { body: order(sid, over) }, VENDOR);
const batch = async (...orders: object[]) => (await opened.send('enterVeloOrders', { body: { orders } }, VENDOR)).body;
const idOf = async (sid: string, over: object = {}) => String((await enter(sid, over)).body.id);
const of = (id: RouteId, veloOrderId: string, body?: object, sender: object = VENDOR, headers = {}) =>
  opened.send(id, { params: { veloOrderId }, ...(body && { body }), headers }, sender);
const end = (id: string, endDate: string) => of('endVeloOrder', id, { endDate });
const submit = async (month = OCTOBER) => {
  const { id } = await opened.orderOf('VELO', month);
  const reply = await opened.of('submitOrder', id, SP, { body: { serviceProviderPurchaseOrder: 'PO-1' } });
  expect(reply.status).toBe(204);
};
const on = (month = OCTOBER) => opened.linesOn('VELO', month);

test('each month that has begun has a line of the order, by days where it begins within', async () => {
  const { status, body, headers } = await enter('SID-1');
  expect([status, headers.location]).toEqual([201, `/api/vendor/v1/veloOrders/${body.id}`]);
  expect(body).toMatchObject({ startDate: '2026-10-13', terms: [{ quantity: '40', sellingPrice: '58.50' }] });
  // 19 of 31 days.
  expect([await on(OCTOBER), await on(NOVEMBER)]).toEqual([['EDGE 24.516129'], ['EDGE 40']]);
});

test('the order of a month shows prices and the order, without totals', async () => {
  await enter('SID-1');
  const { id } = await opened.orderOf('VELO', OCTOBER);
  const { body: shown } = await opened.of('getProviderOrder', id, SP);
  expect(shown).toMatchObject({ autoReportType: 'FIXED' });
  expect(Object.keys(shown.summary as object).sort()).toEqual(['discount', 'listPrice', 'sellingPrice']);
  const { body } = await opened.of('listProviderUsages', id, SP);
  expect(body.content).toMatchObject([
    {
      code: 'EDGE',
      quantity: 24.516129,
      unitPrice: 65,
      discount: 10,
      metadata: { sid: 'SID-1', orderNumber: 'VO-1' },
    },
  ]);
  const refused = await opened.of('addUsage', id, SP, { body: { code: 'EDGE', quantity: '1' } });
  expect(refused.body.code).toBe('USAGE_NOT_EDITABLE');
});

test('a month that begins gets its lines by itself', async () => {
  await enter('SID-1');
  await enter('SID-2', { endDate: '2026-12-15' });
  opened.clock.time = new Date('2026-12-01T00:05:00Z');
  const DECEMBER = '2026-12' as never;
  const contract = (await opened.portal.contracts.get('VELO'))?.contract;
  await opened.addOrders(contract as never, DECEMBER);
  expect(await on(DECEMBER)).toEqual([]);
  await opened.meterDay();
  expect(await on(DECEMBER)).toEqual(['EDGE 19.354839', 'EDGE 40']);
});

test('sent again an order changes nothing; with other content it is refused', async () => {
  await enter('SID-1');
  const before = await opened.orderOf('VELO', OCTOBER);
  expect((await enter('SID-1')).status).toBe(201);
  expect(await opened.orderOf('VELO', OCTOBER)).toEqual(before);
  expect((await enter('SID-1', { quantity: 41 })).body).toMatchObject({ status: 409, code: 'VELO_ORDER_EXISTS' });
  expect((await enter('SID-1', { orderNumber: 'VO-2' })).status).toBe(201);
});

test('a batch enters what is valid and tells of each other what is wrong', async () => {
  const rental = (await import('../../support/order-portal.ts')).PAYG_1800;
  await opened.addContract('RENTAL', rental);
  const answer = await batch(
    order('SID-1'),
    order('SID-2', { currency: 'EUR' }),
    order('SID-3', { startDate: '2026-06-30' }),
    order('SID-4', { contractId: 'NONE' }),
    order('SID-5', { contractId: 'RENTAL' }),
    order('SID-1'),
  );
  expect(answer).toMatchObject({ entered: 1, unchanged: 0, refused: 5 });
  expect(answer.results).toMatchObject([
    { name: 'SID-1 VO-1', result: 'ENTERED' },
    { code: 'BAD_REQUEST', errors: [{ field: 'currency' }] },
    { code: 'USAGE_TOO_OLD' },
    { code: 'NOT_FOUND' },
    { code: 'BAD_REQUEST', errors: [{ field: 'code' }] },
    { code: 'VELO_ORDER_EXISTS' },
  ]);
  expect(await batch(order('SID-1'))).toMatchObject({ unchanged: 1 });
});

test('other terms act from their day, and an end cuts', async () => {
  const id = await idOf('SID-1');
  const change = { from: '2026-11-16', quantity: '60', unitPrice: '65', discount: '10' };
  const { body } = await of('changeVeloOrder', id, change);
  expect(body.terms).toMatchObject([{ quantity: '40' }, { from: '2026-11-16', quantity: '60' }]);
  expect(await on(NOVEMBER)).toEqual(['EDGE 50']);
  expect((await end(id, '2026-10-22')).body).toMatchObject({ endDate: '2026-10-22' });
  expect([await on(OCTOBER), await on(NOVEMBER)]).toEqual([['EDGE 12.903226'], []]);
  const { body: seen } = await of('getProviderVeloOrder', id, undefined, SP);
  expect(seen.history).toMatchObject([
    { action: 'enterVeloOrder' },
    { action: 'changeVeloOrder', reason: '60 at 65.00, discount 10 %, from 2026-11-16' },
    { action: 'endVeloOrder', reason: 'Last day 2026-10-22' },
  ]);
});

test('what comes after a month was submitted is arrears, more and less', async () => {
  await submit();
  const id = await idOf('SID-1');
  expect(await on(NOVEMBER)).toEqual(['2026-10: EDGE 24.516129', 'EDGE 40']);
  await end(id, '2026-10-22');
  expect(await on(NOVEMBER)).toEqual(['2026-10: EDGE 12.903226']);
});

test('the close bills it, and what ends before it was billed is taken back', async () => {
  const id = await idOf('SID-1', { startDate: '2026-10-01' });
  await enter('SID-2', { startDate: '2026-10-01', quantity: 3, unitPrice: '10.03', discount: undefined });
  expect(await opened.closeMonth(OCTOBER)).toEqual({
    VELO: ['Product EDGE 40: 2340 = 2340.00', 'Product EDGE 3: 30.09 = 30.09'],
  });
  await end(id, '2026-10-20');
  expect(await on(NOVEMBER)).toEqual(['2026-10: EDGE -14.193548', 'EDGE 3']);
  const billed = await opened.closeMonth(NOVEMBER);
  expect(billed.VELO?.toSorted()).toEqual([
    'Product EDGE -14.193548: -830.32 = -830.32',
    'Product EDGE 3: 30.09 = 30.09',
  ]);
});

test('others neither see nor change it', async () => {
  const id = await idOf('SID-1');
  for (const [route, organizationId] of [
    ['getAggregatorVeloOrder', 'AGG-2'],
    ['getProviderVeloOrder', 'SP-2'],
  ] as const) {
    expect((await of(route, id, undefined, { organizationId })).body).toMatchObject({ status: 404 });
  }
  const total = async (route: RouteId, organizationId: string) =>
    (await opened.send(route, {}, { organizationId })).body.total;
  expect(await total('listAggregatorVeloOrders', 'AGG-1')).toBe(1);
  expect(await total('listAggregatorVeloOrders', 'AGG-2')).toBe(0);
  expect(await total('listProviderVeloOrders', 'SP-1')).toBe(1);
  expect(await total('listProviderVeloOrders', 'SP-2')).toBe(0);
  expect(await total('listVendorVeloOrders', 'VENDOR')).toBe(1);
  const readOnly = await of('endVeloOrder', id, { endDate: '2026-12-31' }, { ...VENDOR, roles: ['Read Only'] });
  expect(readOnly.status).toBe(403);
  expect((await of('endVeloOrder', id, { endDate: '2026-12-31' }, VENDOR, { 'if-match': '"v9"' })).status).toBe(412);
});
