import { period } from '../../../lambdas/domain/calendar/period.ts';
import { formatQuantity } from '../../../lambdas/domain/numbers/amounts.ts';
import { runMeterDay } from '../../../lambdas/use-cases/run-meter-day.ts';
import { openMemoryObjects } from '../../../local/memory-objects.ts';
import { CUSTOMER, type CustomerPortal, openCustomerPortal, PROVIDER } from '../../support/customer-portal.ts';
import { ndjson, vm } from '../../support/meter-portal.ts';

const NOVEMBER = period('2026-11');

let opened: CustomerPortal;
const ids: Record<string, string> = {};
const numbers: Record<string, string> = {};
let meterId: string;

beforeAll(async () => {
  opened = await openCustomerPortal();
  opened.portal.documents = {
    ...openMemoryObjects(),
    link: async (key) => ({ url: `https://files.example/${key}`, expires: '2026-11-11T03:00:00.000Z' }),
  };
  for (const name of ['A', 'B']) {
    const { body } = await opened.register({ name });
    ids[name] = String(body.id);
    numbers[name] = String(body.customerNumber);
  }
  const meters = { organizationId: 'SP-1' };
  await opened.send('chooseAutomaticReporting', { body: { optedIn: true } }, meters);
  const meter = {
    instanceId: 'de16af2a-0c1d-4e5f-8a9b-8cd5d5bdad1e',
    name: 'um',
    version: '4.8.0.0',
    contracts: [{ contractId: opened.sovId }],
  };
  meterId = String((await opened.send('registerUsageMeter', { body: meter }, meters)).body.id);
});
afterAll(() => opened.close());

const upload = (...readings: object[]) =>
  opened.send(
    'uploadReadings',
    { params: { meterId }, body: ndjson(readings), headers: { 'content-type': 'application/x-ndjson' } },
    { organizationId: 'SP-1' },
  );

/** What November's order has after the job, by customer. */
async function reported() {
  const { failures } = await runMeterDay(opened.portal);
  if (failures[0]) throw failures[0];
  const [order] = await opened.portal.billingOrders.ofContract(opened.sovId, [NOVEMBER]);
  const lines = order ? await opened.portal.billingOrders.linesOf(order.id, order.lineSet) : [];
  return Object.fromEntries(lines.map((line) => [line.customerNumber, formatQuantity(line.quantity)]));
}

const put = (name: string, labels: readonly string[], sender = PROVIDER) =>
  opened.ask('updateCustomerLabels', { customerId: ids[name] as string }, { labels }, sender);

/** 32 GB configured, on for so many of November's 720 hours: 16 billed GB × hours ÷ 720. */
const on = (source: string, days: number, customer?: string) =>
  vm({
    source,
    products: ['CLOUD'],
    hour: undefined,
    from: '2026-11-01T00:00:00Z',
    to: `2026-11-0${1 + days}T00:00:00Z`,
    ...(customer !== undefined && { customer }),
  });

test('metered usage is of the customer that its label names, else of Unknown; rounded once for each', async () => {
  await upload(on('vm-1', 3, 'tenant-a'), on('vm-2', 6, 'tenant-b'), on('vm-3', 1, 'tenant-a2'), on('vm-4', 1));
  expect(await reported()).toEqual({ '': '5.866667' });
  expect((await put('A', ['tenant-a', 'tenant-a2'])).body).toEqual({ labels: ['tenant-a', 'tenant-a2'] });
  // 16 × 96 ÷ 720 for A; the rest is 16 × 168 ÷ 720.
  expect(await reported()).toEqual({ [numbers.A as string]: '2.133333', '': '3.733333' });
  await put('B', ['tenant-b']);
  expect(await reported()).toEqual({ [numbers.A as string]: '2.133333', [numbers.B as string]: '3.2', '': '0.533333' });
  await put('A', ['tenant-a2']);
  expect(await reported()).toEqual({ [numbers.A as string]: '0.533333', [numbers.B as string]: '3.2', '': '2.133333' });
});

test('a label names one customer, and is read back', async () => {
  await put('B', ['tenant-b', 'ünï 🚀']);
  expect((await opened.ask('getCustomerLabels', { customerId: ids.B })).body).toEqual({
    labels: ['tenant-b', 'ünï 🚀'],
  });
  const taken = await put('A', ['tenant-b', 'x', 'x']);
  expect(taken.body).toMatchObject({
    status: 400,
    errors: [{ field: 'labels[0]' }, { field: 'labels[2]', message: 'is given twice' }],
  });
  const reader = { organizationId: 'SP-1', roles: ['Read Only'] } as const;
  expect((await put('A', [], reader)).body).toMatchObject({ status: 403, code: 'NOT_ALLOWED' });
  const of = { contractId: opened.lpcaasId };
  const { body } = await opened.ask('createCustomer', of, CUSTOMER);
  const metered = await opened.ask('updateCustomerLabels', { ...of, customerId: body.id }, { labels: ['a'] });
  expect(metered.body).toMatchObject({ status: 400, code: 'NOT_OF_THIS_FAMILY' });
});

test('of two who bind one label at the same moment one is refused', async () => {
  const replies = await Promise.all([put('A', ['race']), put('B', ['race'])]);
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 400]);
});

test('usage is reported for customers of the contract by hand, and named', async () => {
  const [order] = await opened.portal.billingOrders.ofContract(opened.sovId, [NOVEMBER]);
  if (!order) throw new Error('the contract has no order');
  await opened.portal.units.commit([
    opened.portal.billingOrders.changed({ ...order, status: 'PENDING_SP' }, opened.clock.time),
  ]);
  const add = (customerNumber: string) =>
    opened.send(
      'addUsage',
      { params: { orderId: order.id }, body: { code: 'CLOUD', quantity: '5', customerNumber } },
      PROVIDER,
    );
  const other = await opened.negotiated('SOV-CUSTOM');
  const ofOther = (await opened.ask('registerEndCustomer', { contractId: other }, { ...CUSTOMER, name: 'Other' })).body;
  expect(ofOther.customerNumber).toMatch(/^\d{10}$/);
  for (const wrong of ['4711000815', String(ofOther.customerNumber)]) {
    expect((await add(wrong)).body).toMatchObject({ status: 400, errors: [{ field: 'customerNumber' }] });
  }
  const { body } = await opened.register({ name: 'Named' });
  expect((await add(String(body.customerNumber))).status).toBe(201);
  const all = await opened.send('listProviderUsages', { params: { orderId: order.id } }, PROVIDER);
  expect(all.body.content).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ customerNumber: body.customerNumber, customerName: 'Named', quantity: 5 }),
    ]),
  );
});
