import { approved } from '../../domain/support/contracts.ts';
import {
  AGGREGATOR,
  CLOSED_EMPTY,
  type OrderPortal,
  openOrderPortal,
  PAYG_1800,
  PROVIDER,
  PURCHASE_ORDERS,
  VENDOR,
} from '../../support/order-portal.ts';

let opened: OrderPortal;
beforeEach(async () => {
  opened = await openOrderPortal();
});
afterEach(() => opened.close());

const SENDERS = { Provider: PROVIDER, Aggregator: AGGREGATOR, Vendor: VENDOR };
const tasks = async (who: keyof typeof SENDERS, query: Record<string, string> = {}) => {
  const { body } = await opened.send(`list${who}Tasks`, { query }, SENDERS[who]);
  return (body.content as { type: string; orderId?: string; token?: string; dueDate?: string; overdue: boolean }[]).map(
    ({ type, orderId, token, dueDate, overdue }) =>
      [type, orderId ?? token, dueDate, overdue ? 'overdue' : ''].filter(Boolean).join(' '),
  );
};
const counts = async (who: keyof typeof SENDERS) => (await opened.send(`count${who}Tasks`, {}, SENDERS[who])).body;

test('what waits moves from inbox to inbox as it is done, wherever it is done', async () => {
  const contract = await opened.addContract('contract', PAYG_1800);
  await opened.addOrder(contract, 'order');
  await opened.addOrder(contract, 'later', { month: '2026-11', status: 'NOT_OPEN' });
  expect(await tasks('Provider')).toEqual(['REPORT order 2026-11-05']);
  expect(await tasks('Aggregator')).toEqual([]);
  await opened.of('submitOrder', 'order', PROVIDER, { body: PURCHASE_ORDERS });
  expect(await tasks('Provider')).toEqual([]);
  expect(await tasks('Aggregator')).toEqual(['REVIEW order 2026-11-08']);
  await opened.of('sendBackOrder', 'order', AGGREGATOR, { body: { comment: 'Check' } });
  expect([await tasks('Provider'), await tasks('Aggregator')]).toEqual([['REPORT order 2026-11-05'], []]);
  await opened.of('cancelOrder', 'order', VENDOR, { body: { comment: 'Made in error' } });
  expect([await tasks('Provider'), await tasks('Aggregator')]).toEqual([[], []]);
});

test('from the day after its due date a task is overdue; the most urgent comes first', async () => {
  const contract = await opened.addContract('contract', PAYG_1800);
  await opened.addOrder(contract, 'october');
  await opened.addOrder(contract, 'september', { month: '2026-09' });
  opened.clock.time = new Date('2026-11-05T23:59:59.000Z');
  expect(await tasks('Provider')).toEqual(['REPORT september 2026-10-05 overdue', 'REPORT october 2026-11-05']);
  opened.clock.time = new Date('2026-11-06T00:00:00.000Z');
  expect(await tasks('Provider', { filter: 'overdue==true;usagePeriod==2026-10' })).toEqual([
    'REPORT october 2026-11-05 overdue',
  ]);
  expect(await counts('Provider')).toEqual({
    count: 2,
    overdue: 2,
    byType: [{ type: 'REPORT', count: 2, overdue: 2 }],
  });
});

test('adjustments are tasks of their own, for each who has to decide', async () => {
  const contract = await opened.addContract('contract', PAYG_1800);
  await opened.addOrder(contract, 'adjusted', { month: '2026-09', revision: 2, billed: CLOSED_EMPTY });
  expect(await tasks('Provider')).toEqual(['ADJUSTMENT adjusted']);
  await opened.of('submitOrder', 'adjusted', PROVIDER, { body: PURCHASE_ORDERS });
  expect([await tasks('Provider'), await tasks('Aggregator'), await tasks('Vendor')]).toEqual([
    [],
    ['ADJUSTMENT adjusted'],
    [],
  ]);
  await opened.of('approveOrder', 'adjusted', AGGREGATOR, { body: PURCHASE_ORDERS });
  expect([await tasks('Aggregator'), await tasks('Vendor')]).toEqual([[], ['ADJUSTMENT adjusted']]);
  const { body } = await opened.send('listVendorTasks', {}, VENDOR);
  expect(body.content).toMatchObject([{ contractNumber: 'number-of-contract', usagePeriod: '2026-09' }]);
  const order = await opened.order('adjusted');
  await opened.portal.units.commit([
    opened.portal.billingOrders.changed({ ...order, status: 'PENDING_VENDOR_REFUND' }, opened.clock.time),
  ]);
  expect(await tasks('Vendor')).toEqual([]);
});

test('one-off orders wait for the vendor, to be approved and then to be fulfilled', async () => {
  await opened.addContract('contract', PAYG_1800);
  const made = { contractId: 'contract', contractNumber: '500', serviceProviderId: 'SP-1', aggregatorId: 'AGG-1' };
  const orders = ['PENDING_APPROVAL', 'APPROVED', 'FULFILLED', 'REJECTED'] as const;
  await opened.portal.units.commit(
    orders.map((status, place) =>
      opened.portal.oneOffOrders.created({
        ...{ ...made, id: `contract_${place}`, orderNumber: `500-${place}`, kind: 'EXTRA', status },
        ...{ description: '', licenses: [], requesterId: 'user', version: 1 },
        ...{ createdTime: '2026-11-01T00:00:00.000Z', lastModifiedTime: '2026-11-01T00:00:00.000Z' },
      }),
    ),
  );
  const { body } = await opened.send('listVendorTasks', { query: { sort: 'orderNumber' } }, VENDOR);
  expect(body.content).toMatchObject([
    { type: 'ONE_OFF_ORDER', oneOffOrderId: 'contract_0', orderNumber: '500-0', status: 'PENDING_APPROVAL' },
    { type: 'ONE_OFF_ORDER', oneOffOrderId: 'contract_1', contractNumber: '500', status: 'APPROVED' },
  ]);
  expect(body.total).toBe(2);
  const decide = (verb: 'approve' | 'reject', place: number) => {
    const sent = { params: { oneOffOrderId: `contract_${place}` }, body: { comment: 'Done' } };
    return opened.send(`${verb}OneOffOrder`, sent, VENDOR);
  };
  expect((await decide('approve', 0)).status).toBe(200);
  expect((await decide('reject', 1)).status).toBe(200);
  expect(await counts('Vendor')).toEqual({
    count: 1,
    overdue: 0,
    byType: [{ type: 'ONE_OFF_ORDER', count: 1, overdue: 0 }],
  });
  expect([await tasks('Provider'), await tasks('Aggregator')]).toEqual([[], []]);
});

test('contract requests wait for the vendor, or for the aggregator that has to revise them', async () => {
  const own = { contractId: 'contract', aggregatorId: 'AGG-1', serviceProviderId: 'SP-1' } as const;
  const asked = (id: string, more: object) =>
    approved({ type: 'TERMINATE', reason: 'COVID Impact' }, '2027-01-01', { ...own, id, token: `T-${id}`, ...more });
  await opened.portal.units.commit(
    [
      asked('1', { status: 'PENDING_APPROVAL' }),
      asked('2', { status: 'PENDING_REVISE' }),
      asked('3', { status: 'PENDING_REVISE', aggregatorId: 'AGG-2' }),
    ].map((request) => opened.portal.contractRequests.created(request)),
  );
  expect([await tasks('Vendor'), await tasks('Aggregator'), await tasks('Provider')]).toEqual([
    ['REQUEST T-1'],
    ['REQUEST T-2'],
    [],
  ]);
  const params = { requestId: '1' };
  await opened.send('reviseRequest', { params, body: { comment: 'The date is wrong' } }, VENDOR);
  expect([await tasks('Vendor'), await tasks('Aggregator')]).toEqual([[], ['REQUEST T-1', 'REQUEST T-2']]);
  expect(await counts('Aggregator')).toEqual({
    count: 2,
    overdue: 0,
    byType: [{ type: 'REQUEST', count: 2, overdue: 0 }],
  });
  expect(await counts('Vendor')).toEqual({ count: 0, overdue: 0, byType: [] });
});
