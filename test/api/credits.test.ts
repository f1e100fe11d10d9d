import type { RouteId } from '../../lambdas/manifest/routes.ts';
import type { StoredInvoice } from '../../lambdas/use-cases/ports/invoices.ts';
import { storedInvoice } from '../support/billed-programme.ts';
import { openContractPortal, type Sender } from '../support/contract-portal.ts';

const AGGREGATOR: Sender = { organizationId: 'AGG-1' };
const VENDOR: Sender = { organizationId: 'VENDOR' };
const TAKEN_BACK = 'INV-2026-000001';
const CORRECTING = 'CRN-2026-000001';
const NEXT = 'INV-2026-000002';
const CREDIT = 'CRN-2026-000002';

let portal: Awaited<ReturnType<typeof openContractPortal>>;

/** An invoice of 1,610.40 that was paid by 1,000.00 and taken back, the one in its place, and a credit note of 300.00 by itself. */
beforeEach(async () => {
  portal = await openContractPortal();
  portal.clock.time = new Date('2027-01-15T09:00:00.000Z');
  await add(TAKEN_BACK);
  expect((await pay('1000.00', 'T-1')).status).toBe(200);
  const credit = { kind: 'CREDIT_NOTE', net: '-1610.40', gross: '-1610.40' } as const;
  const { invoices, units } = portal.portal;
  const correcting = storedInvoice(CORRECTING, { ...credit, corrects: TAKEN_BACK });
  await units.commit([...invoices.issued(correcting), invoices.credited(TAKEN_BACK, CORRECTING)]);
  await add(NEXT, { gross: '1584.00' });
  await add(CREDIT, { ...credit, net: '-300.00', gross: '-300.00' });
});
afterEach(() => portal.close());

async function add(number: string, over: Partial<StoredInvoice> = {}) {
  await portal.portal.units.commit(portal.portal.invoices.issued(storedInvoice(number, over)));
}

const pay = (amount: string, reference: string, number = TAKEN_BACK) =>
  portal.send('recordPayment', { params: { number }, body: { reference, amount, paidOn: '2027-01-10' } }, VENDOR);
const use = (number: string, amount: string, over: object = {}, sender = VENDOR) =>
  portal.send(
    'settleCredit',
    { params: { number }, body: { reference: 'C-1', amount, paidOn: '2027-01-14', ...over } },
    sender,
  );
const reverse = (number: string, reference = 'C-1') =>
  portal.send('reversePayment', { params: { number, reference }, body: { reason: 'A mistake' } }, VENDOR);
const openItems = async () => {
  const { body } = await portal.send('listAggregatorOpenItems', { query: { sort: 'number' } }, AGGREGATOR);
  return (body.content as Record<string, string>[]).map(({ number, open, age }) => `${number} ${open} ${age}`);
};
const balance = async () => {
  const { body } = await portal.send('getAggregatorAccount', {}, AGGREGATOR);
  return (body.balances as { balance: string }[]).map((each) => each.balance);
};
const codeOf = async (sent: ReturnType<typeof use>) => (await sent).body.code;

const UNUSED = [`${CREDIT} -300.00 CREDIT`, `${TAKEN_BACK} -1000.00 CREDIT`, `${NEXT} 1584.00 DAYS_31_60`];

test('what was paid of an invoice that was taken back pays another one, both or neither', async () => {
  expect(await openItems()).toEqual(UNUSED);
  const used = await use(TAKEN_BACK, '1000.00', { invoiceNumber: NEXT });
  expect(used.body).toMatchObject({ amount: '-1000.00', against: NEXT, status: 'BOOKED' });
  expect((await use(TAKEN_BACK, '1000.00', { invoiceNumber: NEXT })).body).toEqual(used.body);
  expect(await openItems()).toEqual([`${CREDIT} -300.00 CREDIT`, `${NEXT} 584.00 DAYS_31_60`]);
  expect(await balance()).toEqual(['284.00']);
  const { body } = await portal.send('getVendorPayments', { params: { number: NEXT } }, VENDOR);
  expect(body).toMatchObject({ paid: '1000.00', open: '584.00', credit: '0.00', payments: [{ against: TAKEN_BACK }] });
  expect(await codeOf(use(TAKEN_BACK, '999.00', { invoiceNumber: NEXT }))).toBe('PAYMENT_EXISTS');
  expect(await codeOf(use(TAKEN_BACK, '0.01', { reference: 'C-2' }))).toBe('CREDIT_TOO_LOW');
});

test.each([TAKEN_BACK, NEXT])('reversed on %s, it is reversed on both, once', async (number) => {
  await use(TAKEN_BACK, '1000.00', { invoiceNumber: NEXT });
  expect((await reverse(number)).body).toMatchObject({ status: 'REVERSED', reason: 'A mistake' });
  expect(await openItems()).toEqual(UNUSED);
  expect(await balance()).toEqual(['284.00']);
  for (const each of [TAKEN_BACK, NEXT]) expect((await reverse(each)).body.code).toBe('TRANSITION_NOT_ALLOWED');
  expect(await codeOf(use(TAKEN_BACK, '1000.00', { invoiceNumber: NEXT }))).toBe('PAYMENT_EXISTS');
});

test('a credit note by itself is paid back in parts, at most what is left', async () => {
  expect((await use(CREDIT, '100.00')).status).toBe(200);
  expect(await codeOf(use(CREDIT, '200.01', { reference: 'C-2' }))).toBe('CREDIT_TOO_LOW');
  expect((await use(CREDIT, '200.00', { reference: 'C-2' })).status).toBe(200);
  expect(await openItems()).toEqual(UNUSED.slice(1));
  expect(await balance()).toEqual(['584.00']);
});

test('a credit that was used, whose payment then came back, is owed', async () => {
  await use(TAKEN_BACK, '1000.00', { invoiceNumber: NEXT });
  expect((await reverse(TAKEN_BACK, 'T-1')).status).toBe(200);
  expect(await openItems()).toContain(`${TAKEN_BACK} 1000.00 DAYS_31_60`);
  expect(await balance()).toEqual(['1284.00']);
  expect((await pay('1000.00', 'T-2')).status).toBe(200);
  expect(await balance()).toEqual(['284.00']);
});

test('several who use a credit at once never use more than is left', async () => {
  const references = ['A', 'B', 'C', 'D'];
  const replies = await Promise.all(
    references.map((reference) => use(CREDIT, '200.00', { reference, invoiceNumber: NEXT })),
  );
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(await balance()).toEqual(['284.00']);
  expect(await openItems()).toContain(`${CREDIT} -100.00 CREDIT`);
});

test('it pays an invoice of the same aggregator and currency, at most what is open of it', async () => {
  await add('INV-2026-000003', { aggregatorId: 'AGG-2' });
  await add('INV-2026-000004', { currency: 'JPY', gross: '5000' });
  await add('INV-2026-000005', { gross: '99.99' });
  const pays = (invoiceNumber: string) => use(CREDIT, '100.00', { invoiceNumber });
  expect(await codeOf(pays('INV-2026-000003'))).toBe('BAD_REQUEST');
  expect(await codeOf(pays('INV-2026-000004'))).toBe('BAD_REQUEST');
  expect(await codeOf(pays('INV-2026-000005'))).toBe('PAYMENT_TOO_HIGH');
  expect(await codeOf(pays(TAKEN_BACK))).toBe('PAYMENT_TOO_HIGH');
  expect(await codeOf(pays(CREDIT))).toBe('BAD_REQUEST');
  expect((await pays('INV-2026-009999')).status).toBe(404);
  expect(await openItems()).toEqual([...UNUSED, 'INV-2026-000004 5000 DAYS_31_60', 'INV-2026-000005 99.99 DAYS_31_60']);
});

test('a credit note that takes an invoice back is no credit beside it, nor is an invoice', async () => {
  for (const number of [CORRECTING, NEXT]) expect(await codeOf(use(number, '1.00'))).toBe('CREDIT_TOO_LOW');
});

test('nobody but the vendor uses a credit', async () => {
  expect((await use(CREDIT, '1.00', {}, AGGREGATOR)).status).toBe(403);
  expect((await use(CREDIT, '1.00', {}, { organizationId: 'VENDOR', roles: ['Read Only'] })).status).toBe(403);
  expect(await openItems()).toEqual(UNUSED);
});

test.each<[string, RouteId]>([
  ['NEXT', 'recordPayment'],
  ['CREDIT', 'settleCredit'],
])('the currency is that of the document where it is named: %s', async (name, id) => {
  const number = name === 'NEXT' ? NEXT : CREDIT;
  const body = { reference: 'X', amount: '1.00', paidOn: '2027-01-14' };
  const wrong = await portal.send(id, { params: { number }, body: { ...body, currency: 'EUR' } }, VENDOR);
  expect(wrong).toMatchObject({ status: 400, body: { errors: [{ field: 'currency' }] } });
  expect((await portal.send(id, { params: { number }, body: { ...body, currency: 'USD' } }, VENDOR)).status).toBe(200);
});
