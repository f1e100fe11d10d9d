import { period } from '../../lambdas/domain/calendar/period.ts';
import type { Payment } from '../../lambdas/domain/receivables/payment.ts';
import type { RouteId } from '../../lambdas/manifest/routes.ts';
import type { StoredInvoice } from '../../lambdas/use-cases/ports/invoices.ts';
import { storedInvoice } from '../support/billed-programme.ts';
import { openContractPortal, type Sender } from '../support/contract-portal.ts';

let portal: Awaited<ReturnType<typeof openContractPortal>>;
beforeEach(async () => {
  portal = await openContractPortal();
  portal.clock.time = new Date('2027-01-15T09:00:00.000Z');
  await add('INV-2026-000001');
});
afterEach(() => portal.close());

const AGGREGATOR: Sender = { organizationId: 'AGG-1' };
const VENDOR: Sender = { organizationId: 'VENDOR' };
const NUMBER = 'INV-2026-000001';

async function add(number: string, over: Partial<StoredInvoice> = {}) {
  const invoice = storedInvoice(number, over);
  await portal.portal.units.commit(portal.portal.invoices.issued(invoice));
  return invoice;
}

const pay = (
  amount: string,
  reference = 'T-1',
  over: object = {},
  number = NUMBER,
  sender = VENDOR,
  id: RouteId = 'recordPayment',
) => portal.send(id, { params: { number }, body: { reference, amount, paidOn: '2027-01-10', ...over } }, sender);
const announce = (amount: string, reference = 'T-1', sender = AGGREGATOR) =>
  pay(amount, reference, {}, NUMBER, sender, 'announcePayment');
const decide = (id: RouteId, reference = 'T-1', sender = VENDOR) =>
  portal.send(
    id,
    { params: { number: NUMBER, reference }, ...(id !== 'bookPayment' && { body: { reason: 'Not received' } }) },
    sender,
  );
const stateOf = async (number = NUMBER) => {
  const { body } = await portal.send('getVendorPayments', { params: { number } }, VENDOR);
  return `${body.paid} paid, ${body.open} open`;
};
const balanceOf = async () => {
  const { body } = await portal.send('getAggregatorAccount', {}, AGGREGATOR);
  return (body.balances as Record<string, string>[]).map(
    ({ currency, invoiced, credited, paid, balance }) => `${currency} ${invoiced} ${credited} ${paid} = ${balance}`,
  );
};

test('a payment is booked once, at most what is open, and in the ledger', async () => {
  expect((await pay('1000.00')).body).toMatchObject({ status: 'BOOKED', amount: '1000.00', currency: 'USD' });
  expect((await pay('1000.00')).status).toBe(200);
  expect(await stateOf()).toBe('1000.00 paid, 610.40 open');
  expect((await pay('1000.01')).body.code).toBe('PAYMENT_EXISTS');
  expect((await pay('610.41', 'T-2')).body.code).toBe('PAYMENT_TOO_HIGH');
  expect((await pay('610.40', 'T-2')).status).toBe(200);
  expect((await pay('0.01', 'T-3')).body.code).toBe('PAYMENT_TOO_HIGH');
  expect(await stateOf()).toBe('1610.40 paid, 0.00 open');
  expect(await balanceOf()).toEqual(['USD 1610.40 0 -1610.40 = 0.00']);
  const { body } = await portal.send(
    'listAggregatorAccountEntries',
    { query: { filter: 'kind==PAYMENT' } },
    AGGREGATOR,
  );
  expect(body.content).toMatchObject([
    { number: NUMBER, reference: 'T-1', amount: '-1000.00', date: '2027-01-15' },
    { number: NUMBER, reference: 'T-2', amount: '-610.40' },
  ]);
});

test('two who book at once never book more than is open', async () => {
  const references = ['A', 'B', 'C', 'D'];
  const replies = await Promise.all(references.map((reference) => pay('1000.00', reference)));
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(await stateOf()).toBe('1000.00 paid, 610.40 open');
  const same = await Promise.all(references.map(() => pay('610.40', 'E')));
  expect(same.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(await balanceOf()).toEqual(['USD 1610.40 0 -1610.40 = 0.00']);
});

test('an aggregator announces, which counts once the vendor has booked it', async () => {
  expect((await announce('1000.00')).body.status).toBe('ANNOUNCED');
  expect((await announce('1000.00')).body.status).toBe('ANNOUNCED');
  expect(await stateOf()).toBe('0.00 paid, 1610.40 open');
  expect((await decide('bookPayment')).body.status).toBe('BOOKED');
  expect((await announce('1000.00')).body.status).toBe('BOOKED');
  expect((await decide('bookPayment')).body.code).toBe('TRANSITION_NOT_ALLOWED');
  await announce('600.00', 'T-2');
  expect((await decide('rejectPayment', 'T-2')).body).toMatchObject({ status: 'REJECTED', reason: 'Not received' });
  expect((await announce('600.00', 'T-2')).body.code).toBe('PAYMENT_EXISTS');
  await announce('600.00', 'T-3');
  expect((await pay('600.00', 'T-3')).body.status).toBe('BOOKED');
  expect(await stateOf()).toBe('1600.00 paid, 10.40 open');
});

test('a booked payment is reversed whole, once', async () => {
  await pay('1000.00');
  expect((await decide('reversePayment')).body.status).toBe('REVERSED');
  expect((await decide('reversePayment')).body.code).toBe('TRANSITION_NOT_ALLOWED');
  expect((await pay('1000.00')).body.code).toBe('PAYMENT_EXISTS');
  expect(await stateOf()).toBe('0.00 paid, 1610.40 open');
  expect(await balanceOf()).toEqual(['USD 1610.40 0 0.00 = 1610.40']);
});

test('an invoice that was taken back takes no payment; what was paid of it is a credit', async () => {
  await pay('1000.00');
  const credit = storedInvoice('CRN-2027-000001', {
    kind: 'CREDIT_NOTE',
    corrects: NUMBER,
    invoiceDate: '2027-01-10',
    ...{ net: '-1610.40', gross: '-1610.40' },
  });
  const { invoices, units } = portal.portal;
  await units.commit([...invoices.issued(credit), invoices.credited(NUMBER, credit.number)]);
  expect((await pay('10.00', 'T-2')).body.code).toBe('PAYMENT_TOO_HIGH');
  const { body } = await portal.send('listAggregatorOpenItems', {}, AGGREGATOR);
  expect(body.content).toMatchObject([{ number: NUMBER, open: '-1000.00', age: 'CREDIT', credited: '-1610.40' }]);
  expect((await decide('reversePayment')).status).toBe(200);
  expect((await portal.send('listAggregatorOpenItems', {}, AGGREGATOR)).body.total).toBe(0);
});

test('a payment that was decided on before its invoice was taken back is refused', async () => {
  const { invoices, payments, units } = portal.portal;
  const invoice = (await invoices.get(NUMBER)) as StoredInvoice;
  const before = await payments.paid(invoice);
  await pay('1.00', 'T-9');
  const { version, ...booked } = (await payments.get(NUMBER, 'T-9')) as Payment;
  const another = { ...booked, reference: 'T-1', version };
  const entered = (paid = before) =>
    units.commit(payments.entered(another, { invoice, before: paid, date: '2027-01-15', reverses: false }));
  expect((await entered()).ok).toBe(false);
  const now = await payments.paid(invoice);
  await units.commit([invoices.credited(NUMBER, 'CRN-2027-000001')]);
  expect((await entered(now)).ok).toBe(false);
  expect(await stateOf()).toBe('1.00 paid, 0.00 open');
});

test('ageing and open items of all service providers, by currency', async () => {
  await add('INV-2026-000002', { dueDate: '2027-01-15', gross: '100.00', serviceProviderId: 'SP-2' });
  await add('INV-2026-000003', { dueDate: '2026-10-16', gross: '7.00', usagePeriod: period('2026-08') });
  await add('INV-2026-000004', { currency: 'JPY', gross: '5000', dueDate: '2027-01-14' });
  await add('INV-2026-000005', { aggregatorId: 'AGG-2', gross: '1.00' });
  await pay('1000.00');
  const aged = await portal.send('getVendorAgeing', { params: { organizationId: 'AGG-1' } }, VENDOR);
  const nothing = { days1To30: '0.00', days61To90: '0.00', credits: '0.00' };
  expect(aged.body).toEqual({
    on: '2027-01-15',
    currencies: [
      {
        currency: 'JPY',
        notDue: '0',
        days1To30: '5000',
        days31To60: '0',
        days61To90: '0',
        over90Days: '0',
        credits: '0',
        balance: '5000',
      },
      { currency: 'USD', ...nothing, notDue: '100.00', days31To60: '610.40', over90Days: '7.00', balance: '717.40' },
    ],
  });
  expect((await portal.send('getAggregatorAgeing', {}, AGGREGATOR)).body).toEqual(aged.body);
  const listed = async (filter?: string) => {
    const { body } = await portal.send('listAggregatorOpenItems', { query: filter ? { filter } : {} }, AGGREGATOR);
    return (body.content as Record<string, unknown>[]).map(
      ({ number, open, daysOverdue }) => `${number} ${open} ${daysOverdue}`,
    );
  };
  expect(await listed()).toEqual([
    'INV-2026-000003 7.00 91',
    'INV-2026-000001 610.40 36',
    'INV-2026-000004 5000 1',
    'INV-2026-000002 100.00 0',
  ]);
  expect(await listed('serviceProviderId==SP-2')).toEqual(['INV-2026-000002 100.00 0']);
  expect(await listed('age==DAYS_31_60,age==OVER_90_DAYS')).toHaveLength(2);
});

test('payments of others are unknown, and only the vendor books', async () => {
  const other: Sender = { organizationId: 'AGG-2' };
  const params = { number: NUMBER };
  expect((await announce('1.00', 'T-1', other)).status).toBe(404);
  expect((await portal.send('getAggregatorPayments', { params }, other)).status).toBe(404);
  expect((await pay('1.00', 'T-1', {}, NUMBER, AGGREGATOR)).status).toBe(403);
  expect((await pay('1.00', 'T-1', {}, NUMBER, { organizationId: 'VENDOR', roles: ['Read Only'] })).status).toBe(403);
  expect((await pay('1.00', 'T-1', {}, 'INV-2026-009999')).status).toBe(404);
  expect((await decide('bookPayment', 'T-9')).status).toBe(404);
  expect((await portal.send('getVendorAgeing', { params: { organizationId: 'SP-1' } }, VENDOR)).status).toBe(404);
});

test.each<[string, object]>([
  ['amount', { amount: '0.00' }],
  ['amount', { amount: '-5' }],
  ['amount', { amount: '1.005' }],
  ['reference', { reference: 'has a space' }],
  ['paidOn', { paidOn: '2027-01-16' }],
  ['paidOn', { paidOn: '2027-02-30' }],
  ['note', { note: 'unknown' }],
])('a payment whose %s is wrong is refused', async (field, over) => {
  const { status, body } = await pay('1.00', 'T-1', over);
  expect({ status, fields: (body.errors as { field: string }[]).map((error) => error.field) }).toEqual({
    status: 400,
    fields: [field],
  });
  expect(await stateOf()).toBe('0.00 paid, 1610.40 open');
});
