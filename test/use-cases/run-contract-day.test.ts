import type { BillingOrder } from '../../lambdas/domain/billing-order/billing-order.ts';
import { NOTHING_HELD } from '../../lambdas/domain/billing-order/held-usage.ts';
import { NOTHING_BILLED } from '../../lambdas/domain/billing-order/summary.ts';
import { period } from '../../lambdas/domain/calendar/period.ts';
import { points } from '../../lambdas/domain/numbers/amounts.ts';
import { decideRequest } from '../../lambdas/use-cases/decide-request.ts';
import { withdrawRequest } from '../../lambdas/use-cases/move-request.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { runContractDay } from '../../lambdas/use-cases/run-contract-day.ts';
import { signed, skuOf, times } from '../domain/support/contracts.ts';
import { type ContractWorld, keptSku, on, openContractWorld, PREPAID, VENDOR } from '../support/contract-world.ts';

let world: ContractWorld;
beforeEach(async () => {
  world = await openContractWorld('2026-11-12');
});
afterEach(() => world.close());

const decide = (decision: 'approve' | 'askToRevise' | 'reject' | 'stop', portal: Portal = world.portal) =>
  decideRequest(portal, decision, {
    caller: VENDOR,
    requestId: 'request-1',
    comment: 'As agreed',
    now: world.portal.clock(),
  });

const BY_AGGREGATOR = {
  caller: {
    userId: 'aggregator-user',
    organizationId: 'AGGREGATOR',
    organizationType: 'AGGREGATOR' as const,
    roles: ['Operations' as const],
  },
  contractId: 'contract-1',
  requestId: 'request-1',
};

const LAST_ORDER: BillingOrder = {
  id: 'order-1',
  contractId: 'contract-1',
  contractNumber: '100002',
  serviceProviderId: 'SERVICE_PROVIDER',
  aggregatorId: 'AGGREGATOR',
  usagePeriod: period('2026-11'),
  revision: 1,
  status: 'PENDING_VENDOR',
  autoReportType: 'NONE',
  serviceProviderPurchaseOrder: '',
  vendorPurchaseOrder: '',
  billingOrderPreference: 'ONLINE',
  lineSet: '1',
  held: NOTHING_HELD,
  lastModifiedTime: '2026-11-01T00:00:00.000Z',
  version: 1,
};

const numbers = async () => (await world.portal.invoices.ofAggregator('AGGREGATOR')).map(({ number }) => number).sort();

test('an approved prepayment is invoiced, and credited on the day the contract begins', async () => {
  await world.addAskedFor(PREPAID, '2026-12-01');
  expect(await decide('approve')).toMatchObject({ status: 'PENDING_VENDOR', approvedOn: '2026-11-12' });
  // The decision and the invoice.
  expect(await world.day()).toMatchObject({ documents: 1, steps: 0, mails: 2 });
  expect(await world.request()).toMatchObject({ status: 'PENDING_EFFECTIVE_DATE', invoiceNumber: 'INV-2026-000001' });
  // 120 points at 0.80, and 19 % tax.
  expect(await world.portal.invoices.get('INV-2026-000001')).toMatchObject({
    kind: 'PREPAYMENT',
    invoiceDate: '2026-11-12',
    net: '96.00',
    gross: '114.24',
  });
  expect(world.mails).toEqual([
    expect.objectContaining({ reference: 'RequestDecided#request-1#2' }),
    {
      reference: 'DOCUMENT_ISSUED#INV-2026-000001',
      to: 'AGGREGATOR@party.example',
      subject: expect.stringContaining('114.24'),
    },
  ]);
  expect(await world.balance()).toBe(0n);
  world.moveTo('2026-12-01');
  expect(await world.day()).toMatchObject({ documents: 0, steps: 1, mails: 4 });
  expect(await world.request()).toMatchObject({ status: 'COMPLETED' });
  expect(await world.contract()).toMatchObject({ status: 'ACTIVE', revision: 1, eolDate: '2027-11-30' });
  expect(await world.balance()).toBe(points('120'));
  expect(await world.portal.billingOrders.ofContract('contract-1', [period('2026-12')])).toMatchObject([
    { status: 'NOT_OPEN' },
  ]);
  expect(await world.day()).toEqual({ documents: 0, steps: 0, mails: 0, failures: [] });
});

test.each(['WITHDRAWN', 'STOPPED'] as const)('an invoice whose request is %s is credited, once', async (status) => {
  await world.addAskedFor(PREPAID, '2026-12-01');
  await decide('approve');
  await world.day();
  await world.withdraw('request-1', status);
  world.moveTo('2026-11-20');
  expect(await world.day()).toMatchObject({ documents: 1, mails: 1 });
  expect(await world.request()).toMatchObject({ status, creditNoteNumber: 'CRN-2026-000001' });
  expect(await world.portal.invoices.get('CRN-2026-000001')).toMatchObject({
    gross: '-114.24',
    invoiceDate: '2026-11-20',
  });
  world.moveTo('2026-12-02');
  expect(await world.day()).toMatchObject({ documents: 0, steps: 0 });
  expect(await numbers()).toEqual(['CRN-2026-000001', 'INV-2026-000001']);
  expect(await world.balance()).toBe(0n);
});

test('a request that comes to nothing before its invoice is there is invoiced and credited', async () => {
  await world.addAskedFor(PREPAID, '2026-12-01');
  await decide('approve');
  await world.withdraw();
  expect(await world.day()).toMatchObject({ documents: 2, mails: 3 });
  expect(await world.request()).toMatchObject({
    status: 'WITHDRAWN',
    invoiceNumber: 'INV-2026-000001',
    creditNoteNumber: 'CRN-2026-000001',
  });
});

test('forty days missed are caught up with in the order of their dates', async () => {
  const sku = skuOf('PAY-GO', '1800');
  const made = signed(sku, '2025-11-16', 12, undefined, { reviewOn: on('2026-11-08') });
  await world.addContract(made);
  await world.addRequest({ type: 'RENEW', termMonths: 6 }, '2026-11-16');
  await world.addRequest({ type: 'UPGRADE', sku: keptSku(skuOf('PAY-GO', '3600')) }, '2026-12-01', {
    id: 'request-2',
    token: 'C-100002-00012-2203-0000002',
  });
  world.moveTo('2026-12-22');
  expect((await world.day()).steps).toBeGreaterThanOrEqual(3);
  // Had expiry come before the renewal, or the upgrade before it, it would not be so.
  expect(await world.contract()).toMatchObject({ status: 'ACTIVE', eolDate: '2027-05-15', revision: 3 });
  const trail = await world.portal.audit.ofSubject('CONTRACT#contract-1');
  expect(trail.map(({ id }) => id.slice(8, 17))).toEqual(['request-1', 'request-2']);
  expect(world.mails).toEqual([]);
});

test('a PAY-GO contract goes into grace and then expires, its open requests with it', async () => {
  await world.addContract(signed(skuOf('PAY-GO', '1800'), '2025-12-01', 12, undefined, { reviewOn: on('2026-11-23') }));
  await world.addRequest({ type: 'RENEW', termMonths: 6 }, '2026-12-15', { status: 'PENDING_APPROVAL' });
  const after = async (day: string) => {
    world.moveTo(day);
    await world.day();
    return (await world.contract()).status;
  };
  expect(await after('2026-11-30')).toBe('ACTIVE');
  expect(await after('2026-12-01')).toBe('PENDING_EXPIRATION');
  expect(await after('2026-12-31')).toBe('PENDING_EXPIRATION');
  expect(await after('2027-01-01')).toBe('EXPIRED');
  expect(await world.request()).toMatchObject({ status: 'STOPPED' });
  // 7 days before the end, to both parties.
  expect(world.mails.map(({ to, subject }) => `${to} ${subject}`).sort()).toEqual([
    'AGGREGATOR@party.example Contract 100002 ends on 2026-11-30',
    'SERVICE_PROVIDER@party.example Contract 100002 ends on 2026-11-30',
  ]);
});

test('a termination acts on its day, and stops what else was asked for', async () => {
  const made = signed(skuOf('PAY-GO', '1800'), '2026-01-01', 36, undefined, { status: 'PENDING_TERMINATION' });
  await world.addContract(made);
  await world.addRequest({ type: 'TERMINATE', reason: 'Competitor Offering' }, '2026-11-20');
  const threshold = { type: 'THRESHOLD_UPDATE', threshold: points('5') } as const;
  await world.addRequest(threshold, '2026-12-01', { id: 'request-2', status: 'PENDING_APPROVAL' });
  world.moveTo('2026-11-19');
  expect((await world.day()).steps).toBe(0);
  world.moveTo('2026-11-20');
  expect((await world.day()).steps).toBe(1);
  expect(await world.contract()).toMatchObject({ status: 'TERMINATED', eolDate: '2026-11-19' });
  expect([(await world.request()).status, (await world.request('request-2')).status]).toEqual(['COMPLETED', 'STOPPED']);
});

test('a termination that is done late cancels the order of a month after the end, which carries no late usage', async () => {
  const { billingOrders, units } = world.portal;
  const made = signed(skuOf('PAY-GO', '1800'), '2026-01-01', 36, undefined, { status: 'PENDING_TERMINATION' });
  await world.addContract(made);
  await world.addRequest({ type: 'TERMINATE', reason: 'Competitor Offering' }, '2026-11-01');
  const held = { ...NOTHING_HELD, arrearsPeriods: [period('2026-09')] };
  const carrying: BillingOrder = {
    ...LAST_ORDER,
    id: 'order-2',
    usagePeriod: period('2026-12'),
    status: 'NOT_OPEN',
    held,
  };
  for (const order of [{ ...LAST_ORDER, status: 'PENDING_SP' as const }, carrying]) {
    await units.commit(billingOrders.created(order));
  }
  world.moveTo('2026-12-02');
  expect(await world.day()).toMatchObject({ steps: 1, failures: [] });
  expect(await world.contract()).toMatchObject({ status: 'TERMINATED', eolDate: '2026-10-31' });
  const orders = await billingOrders.getMany(['order-1', 'order-2']);
  expect(new Map(orders.map(({ id, status }) => [id, status]))).toEqual(
    new Map([
      ['order-1', 'CANCELLED'],
      ['order-2', 'NOT_OPEN'],
    ]),
  );
});

test.each([
  ['stopped', () => decide('stop')],
  ['withdrawn', () => withdrawRequest(world.portal, { ...BY_AGGREGATOR, now: world.clock.time })],
])('a termination that is %s in grace leaves the contract in grace at once', async (_, comesToNothing) => {
  const made = signed(skuOf('PAY-GO', '1800'), '2025-11-01', 12, undefined, {
    status: 'PENDING_TERMINATION',
    reviewOn: on('2026-12-01'),
  });
  await world.addContract(made);
  await world.addRequest({ type: 'TERMINATE', reason: 'COVID Impact' }, '2026-11-25', { status: 'PENDING_APPROVAL' });
  await comesToNothing();
  expect(await world.contract()).toMatchObject({ status: 'PENDING_EXPIRATION', reviewOn: '2026-12-01' });
  expect(await world.day()).toMatchObject({ steps: 0 });
});

test('the parties are alerted 60, 30 and 7 days before the end, once each', async () => {
  await world.addContract(signed(skuOf('CUSTOM'), '2026-01-01', 12, times(12, '10'), { reviewOn: on('2026-10-01') }));
  for (const day of [
    '2026-11-01',
    '2026-11-02',
    '2026-11-30',
    '2026-12-01',
    '2026-12-02',
    '2026-12-24',
    '2026-12-31',
  ]) {
    world.moveTo(day);
    await Promise.all([world.day(), world.day()]);
    await world.day();
  }
  const references = world.mails.map(({ reference }) =>
    reference.replace('CONTRACT_EXPIRING#contract-1#2026-12-31#', ''),
  );
  expect(references.sort()).toEqual([
    '30#AGGREGATOR',
    '30#SERVICE_PROVIDER',
    '60#AGGREGATOR',
    '60#SERVICE_PROVIDER',
    '7#AGGREGATOR',
    '7#SERVICE_PROVIDER',
  ]);
});

test('a request that can no longer take effect is stopped, and its prepayment credited', async () => {
  const ended = signed(skuOf('PRE-PAY'), '2025-11-01', 12, times(12, '10'), { status: 'EXPIRED' });
  await world.addContract(ended);
  const topUp = {
    type: 'TOPUP',
    termMonths: 12,
    burnDownSchedule: [],
    prepayment: points('10'),
    vendorPurchaseOrder: 'P',
  } as const;
  await world.addRequest(topUp, '2026-11-12', { status: 'PENDING_VENDOR', approvedOn: on('2026-11-11') });
  expect(await world.day()).toMatchObject({ documents: 2, steps: 1 });
  expect(await world.request()).toMatchObject({ status: 'STOPPED', creditNoteNumber: 'CRN-2026-000001' });
});

test('what is left of a prepayment is forfeited once the last order is billed', async () => {
  const { billingOrders, prepayments, units } = world.portal;
  const made = signed(skuOf('PRE-PAY'), '2025-12-01', 12, times(12, '10'), {
    prepaid: points('120'),
    reviewOn: on('2026-12-01'),
  });
  await world.addContract(made);
  const balance = { contractId: 'contract-1', points: points('30'), sequence: 1 };
  const source = { id: 'request-1', revision: 1 };
  const credit = { contractId: 'contract-1', sequence: 1, kind: 'CREDIT', source, points: points('30') } as const;
  await units.commit(prepayments.posted({ ...credit, balanceAfter: points('30') }, balance));
  const dayOf = async (day: string) => {
    world.moveTo(day);
    await world.day();
    return { status: (await world.contract()).status, balance: await world.balance() };
  };
  const waiting = { status: 'EXPIRED', balance: points('30') };
  // The last month has no order yet, then one that is not billed yet.
  expect(await dayOf('2026-12-01')).toEqual(waiting);
  expect(await dayOf('2026-12-05')).toEqual(waiting);
  await units.commit(billingOrders.created(LAST_ORDER));
  expect(await dayOf('2026-12-09')).toEqual(waiting);
  // Late usage waits on an order after the end.
  const late: BillingOrder = { ...LAST_ORDER, id: 'order-2', usagePeriod: period('2026-12') };
  await units.commit(billingOrders.created(late));
  await billingOrders.seal(LAST_ORDER.id, '2026-11-1');
  const closed = {
    revision: 1,
    outcome: 'NOTHING_TO_BILL',
    closedTime: '2026-12-10T03:00:00.000Z',
    lineSet: '1',
    summary: NOTHING_BILLED,
  } as const;
  await units.commit([billingOrders.closed(LAST_ORDER, closed)]);
  expect(await dayOf('2026-12-10')).toEqual(waiting);
  await billingOrders.seal(late.id, '2026-12-1');
  await units.commit([billingOrders.closed(late, closed)]);
  expect(await dayOf('2026-12-11')).toEqual({ status: 'EXPIRED', balance: 0n });
  expect(await dayOf('2026-12-12')).toEqual({ status: 'EXPIRED', balance: 0n });
  const { prepaid, reviewOn } = await world.contract();
  expect([prepaid, reviewOn]).toEqual([points('120'), undefined]);
  const entry = await prepayments.entryOf('contract-1', 'FORFEIT', { id: 'contract-1', revision: 1 });
  expect(entry).toMatchObject({ points: points('-30'), balanceAfter: 0n });
});

test('a contract that comes into effect when its first month is frozen begins with the next, and the trail says so', async () => {
  await world.addAskedFor(PREPAID, '2026-10-01', { status: 'PENDING_EFFECTIVE_DATE' });
  await world.portal.billingOrders.freeze(period('2026-10'), '2026-10-1');
  expect(await world.day()).toMatchObject({ steps: 1 });
  expect(await world.contract()).toMatchObject({ status: 'ACTIVE', bolDate: '2026-11-01', eolDate: '2027-09-30' });
  expect(await world.request()).toMatchObject({ status: 'COMPLETED', effectiveDate: '2026-11-01' });
  const orders = await world.portal.billingOrders.ofContract('contract-1', [period('2026-10'), period('2026-11')]);
  expect(orders.map(({ usagePeriod }) => usagePeriod)).toEqual(['2026-11']);
  const [entry] = await world.portal.audit.ofSubject('CONTRACT#contract-1');
  expect(entry?.reason).toBe('It was due on 2026-10-01, in a month that is frozen: it acts from 2026-11-01');
});

test('a contract whose whole term is frozen is rejected, and its prepayment credited', async () => {
  await world.addAskedFor({ ...PREPAID, termMonths: 1, minCommits: [points('10')] }, '2026-10-01', {
    status: 'PENDING_VENDOR',
    approvedOn: on('2026-09-20'),
  });
  await world.portal.billingOrders.freeze(period('2026-10'), '2026-10-1');
  expect(await world.day()).toMatchObject({ documents: 2, steps: 1 });
  expect(await world.request()).toMatchObject({ status: 'STOPPED', creditNoteNumber: 'CRN-2026-000001' });
  expect(await world.contract()).toMatchObject({ status: 'REJECTED' });
  expect(await world.day()).toMatchObject({ documents: 0, steps: 0 });
});

test('a month that is frozen while an effect in it is on its way is not changed: it acts from the next', async () => {
  await world.addContract(signed(skuOf('PAY-GO', '1800'), '2026-01-01', 36));
  await world.addRequest({ type: 'UPGRADE', sku: keptSku(skuOf('PAY-GO', '3600')) }, '2026-10-01');
  const { units, billingOrders } = world.portal;
  let frozen = false;
  const racing: Portal = {
    ...world.portal,
    units: {
      commit: async (changes) => {
        if (!frozen) await billingOrders.freeze(period('2026-10'), '2026-10-1');
        frozen = true;
        return units.commit(changes);
      },
    },
  };
  expect(await world.day(racing)).toMatchObject({ steps: 1 });
  const { revisions = [] } = (await world.portal.contracts.get('contract-1')) ?? {};
  expect(revisions.map(({ from }) => from)).toEqual(['2026-01-01', '2026-11-01']);
});

test('one contract that fails is named, and does not stop the others', async () => {
  await world.addRequest({ type: 'UPGRADE', sku: keptSku(skuOf('PAY-GO')) }, '2026-11-12', {
    contractId: 'nowhere',
    id: 'request-0',
  });
  await world.addContract(signed(skuOf('PAY-GO', '1800'), '2025-11-01', 12, undefined, { reviewOn: on('2026-11-01') }));
  const { failures, steps } = await runContractDay(world.portal);
  expect(failures.map(({ message }) => message)).toEqual(['contract nowhere: it does not exist']);
  expect(steps).toBe(1);
});
