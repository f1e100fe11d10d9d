import { CanonicalInvoiceSchema } from '../../lambdas/documents/canonical-invoice.ts';
import { type BillingOrder, FIRST_LINE_SET } from '../../lambdas/domain/billing-order/billing-order.ts';
import { NOTHING_HELD } from '../../lambdas/domain/billing-order/held-usage.ts';
import { period } from '../../lambdas/domain/calendar/period.ts';
import type { Contract } from '../../lambdas/domain/contract/contract.ts';
import { type MinorUnits, points } from '../../lambdas/domain/numbers/amounts.ts';
import { bringContractsUp } from '../../lambdas/use-cases/bring-contracts-up.ts';
import { invoiceKey } from '../../lambdas/use-cases/documents.ts';
import { orderId } from '../../lambdas/use-cases/new-order.ts';
import { DUE_SHARDS } from '../../lambdas/use-cases/ports/contracts.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { pricesOf, signed, skuOf, times } from '../domain/support/contracts.ts';
import { executeRun, OCTOBER, withParts } from '../support/close-portal.ts';
import { type ContractWorld, keptSku, on, openContractWorld, PREPAID } from '../support/contract-world.ts';
import { dyingAt } from '../support/dying-portal.ts';

/** The job has been down for the whole of October, which is closed on 10 November. */
const medium = skuOf('PAY-GO', '1800');
const large = skuOf('PAY-GO', '3600');

let world: ContractWorld;

async function openWorld(): Promise<void> {
  world = await openContractWorld('2026-11-10');
  world.clock.time = new Date('2026-11-10T02:00:00.000Z');
  const lists = pricesOf({ [medium.code]: '0.88', [large.code]: '0.80' });
  await world.portal.units.commit(lists.map((list) => world.portal.catalogue.priceListCreated(list)));
}
beforeEach(openWorld);
afterEach(() => world.close());

const numberOf = (n: number): string => String(100_000 + n);

/** A contract, PAY-GO since January unless told, with an order of October that nothing was reported in. */
async function addRunning(
  n: number,
  more: Partial<Contract> = {},
  { contract, revisions } = signed(medium, '2026-01-01', 36),
): Promise<void> {
  const named = { id: `contract-${n}`, contractNumber: numberOf(n) };
  await world.addContract({ contract: { ...contract, ...named, ...more }, revisions });
  const order: BillingOrder = {
    id: `order-${n}`,
    contractId: named.id,
    contractNumber: named.contractNumber,
    serviceProviderId: 'SERVICE_PROVIDER',
    aggregatorId: 'AGGREGATOR',
    usagePeriod: OCTOBER,
    revision: 1,
    status: 'PENDING_VENDOR',
    autoReportType: 'NONE',
    serviceProviderPurchaseOrder: '',
    vendorPurchaseOrder: '',
    billingOrderPreference: 'ONLINE',
    lineSet: FIRST_LINE_SET,
    held: NOTHING_HELD,
    lastModifiedTime: '2026-10-01T00:00:00.000Z',
    version: 1,
  };
  await world.portal.units.commit(world.portal.billingOrders.created(order));
}

const of = (n: number) => ({ id: `request-${n}`, contractId: `contract-${n}`, contractNumber: numberOf(n) });
const upgrade = (n: number, effectiveDate: string) =>
  world.addRequest({ type: 'UPGRADE', sku: keptSku(large) }, effectiveDate, of(n));

/** Approved in time, but not even invoiced: the prepayment of contract 2, which begins on 17 October. */
async function addPrepaid(): Promise<void> {
  const asked = { ...PREPAID, minCommits: Array.from({ length: 13 }, () => points('9')), prepayment: points('117') };
  await world.addAskedFor(asked, '2026-10-17', { status: 'PENDING_VENDOR', approvedOn: on('2026-10-12') });
}

/** A close of October, or its next run, through the state machine; answers its report. */
async function close(mode: 'CLOSE' | 'REDRIVE', portal?: Portal) {
  const run = await world.start(mode);
  await executeRun(world, run, portal);
  return (await world.portal.closes.run(OCTOBER, run.name))?.report;
}

/** What October was billed at, by contract. */
async function billed() {
  const { invoices } = await world.stored();
  const orders = invoices.filter(({ kind, usagePeriod }) => kind === 'ORDER' && usagePeriod === OCTOBER);
  return Object.fromEntries(orders.map(({ contractNumber, skuCode, net }) => [contractNumber, `${skuCode} ${net}`]));
}

const failing = async (): Promise<never> => {
  throw new Error('out of order');
};

/** A portal that can't find out how the months of a contract stand. */
function failingOn(contractId: string): Portal {
  const { contractMonths } = world.portal;
  const states: Portal['contractMonths']['states'] = (id, periods) =>
    id === contractId ? failing() : contractMonths.states(id, periods);
  return withParts(world.portal, { contractMonths: { ...contractMonths, states } });
}

test('what should have taken effect in the month is in effect before it is frozen; what comes after waits', async () => {
  await addPrepaid();
  await addRunning(3);
  await upgrade(3, '2026-10-01');
  await addRunning(4, { status: 'PENDING_TERMINATION' });
  await world.addRequest({ type: 'TERMINATE', reason: 'COVID Impact' }, '2026-10-21', of(4));
  await addRunning(5);
  await upgrade(5, '2026-11-02');
  expect(await close('CLOSE')).toMatchObject({ invoices: 4, failed: [] });
  expect(await billed()).toEqual({
    100002: 'RENTAL-PRE-PAY-0 0.00',
    100003: 'RENTAL-PAY-GO-3600 2880.00',
    100004: 'RENTAL-PAY-GO-1800 1021.94',
    100005: 'RENTAL-PAY-GO-1800 1584.00',
  });
  expect(await world.balance()).toBe(points('108'));
  expect((await world.request('request-5')).status).toBe('PENDING_EFFECTIVE_DATE');
});

describe('an early end that was settled', () => {
  const custom = skuOf('CUSTOM');
  /** A CUSTOM contract without a minimum in October, whose end on the 20th was settled at 500.00. */
  async function addSettled(effectiveDate = '2026-10-21'): Promise<void> {
    await addRunning(3, { status: 'PENDING_TERMINATION' }, signed(custom, '2026-01-01', 12, times(12, '0')));
    const settlement = { amount: 500_00n as MinorUnits, currency: 'USD' };
    await world.addRequest({ type: 'TERMINATE', reason: 'COVID Impact' }, effectiveDate, { ...of(3), settlement });
  }
  const settlements = async () => {
    const { invoices } = await world.stored();
    const texts = invoices.map((invoice) =>
      new TextDecoder().decode(world.documents.get(`${invoiceKey(invoice)}.json`)),
    );
    return texts.flatMap((text) => {
      const { lines, usagePeriod, net, gross } = CanonicalInvoiceSchema.parse(JSON.parse(text));
      return lines.flatMap(({ kind, amount }) => (kind === 'SETTLEMENT' ? [{ usagePeriod, amount, net, gross }] : []));
    });
  };
  const INVOICED = { amount: '500.00', net: '500.00', gross: '595.00' };

  test.each(['2026-10-21', '2026-11-01'])(
    'on %s is billed once with its last month, which nothing was used in',
    async (day) => {
      await addSettled(day);
      expect(await close('CLOSE')).toMatchObject({
        invoices: 1,
        failed: [],
        totals: [{ points: '0', amount: '595.00' }],
      });
      expect(await settlements()).toEqual([{ usagePeriod: '2026-10', ...INVOICED }]);
    },
  );

  test('is billed once by the run after the one that could not rate its order', async () => {
    await addSettled();
    const { billingOrders } = world.portal;
    const report = await close(
      'CLOSE',
      withParts(world.portal, { billingOrders: { ...billingOrders, linesOf: failing } }),
    );
    expect(report?.failed).toHaveLength(1);
    expect(await close('REDRIVE')).toMatchObject({ invoices: 1, failed: [] });
    expect(await settlements()).toEqual([{ usagePeriod: '2026-10', ...INVOICED }]);
  });

  test('that acts when its last month is frozen is billed with the first that is not, on an order of its own', async () => {
    await addSettled();
    await world.portal.billingOrders.freeze(OCTOBER, '2026-10-1');
    await world.day();
    expect(await world.contract('contract-3')).toMatchObject({ status: 'TERMINATED', eolDate: '2026-10-31' });
    world.clock.time = new Date('2026-12-10T02:00:00.000Z');
    const run = await world.start('CLOSE', period('2026-11'));
    await executeRun(world, run);
    expect(await settlements()).toEqual([{ usagePeriod: '2026-11', ...INVOICED }]);
  });

  test.each(['WITHDRAWN', 'STOPPED'] as const)('is dropped when the end is %s', async (status) => {
    await addSettled();
    await world.withdraw('request-3', status);
    expect(await close('CLOSE')).toMatchObject({ invoices: 0, nothingToBill: 1 });
    expect((await world.contract('contract-3')).settlement).toBe(undefined);
  });
});

test('a contract on which something fails is set aside with its cause, and billed right by the next run', async () => {
  await addRunning(3);
  await upgrade(3, '2026-10-01');
  await addRunning(4);
  const report = await close('CLOSE', failingOn('contract-3'));
  expect(report).toMatchObject({
    invoices: 1,
    failed: [{ orderId: 'order-3', contractNumber: '100003', code: 'CONTRACT_SET_ASIDE' }],
  });
  expect(report?.failed[0]?.reason).toContain('out of order');
  expect(await close('REDRIVE', failingOn('contract-3'))).toMatchObject({
    invoices: 0,
    failed: [{ orderId: 'order-3' }],
  });
  // Frozen for all others, the month may still change for it.
  expect(await world.day()).toMatchObject({ steps: 1 });
  expect(await world.request('request-3')).toMatchObject({ status: 'COMPLETED', effectiveDate: '2026-10-01' });
  expect(await close('REDRIVE')).toMatchObject({ invoices: 1, failed: [] });
  expect(await billed()).toEqual({ 100003: 'RENTAL-PAY-GO-3600 2880.00', 100004: 'RENTAL-PAY-GO-1800 1584.00' });
  expect(await world.portal.closes.get(OCTOBER)).toMatchObject({ state: 'COMPLETE', currentRun: 3 });
  // Billed, the month is as frozen for it as for all others.
  const states = await world.portal.contractMonths.states('contract-3', [OCTOBER]);
  expect(states.get(OCTOBER)).toBe('FROZEN');
});

test('a contract that could not begin is told of with the order that it will have', async () => {
  await addPrepaid();
  await addRunning(4);
  const { numbers } = world.portal;
  const report = await close('CLOSE', withParts(world.portal, { numbers: { ...numbers, reserveOne: failing } }));
  const id = orderId('contract-1', OCTOBER);
  expect(report).toMatchObject({ orders: 2, invoices: 1, failed: [{ orderId: id, contractNumber: '100002' }] });
  expect(await close('REDRIVE')).toMatchObject({ invoices: 1, failed: [] });
  expect(await billed()).toMatchObject({ 100002: 'RENTAL-PRE-PAY-0 0.00' });
  expect(await world.contract()).toMatchObject({ status: 'ACTIVE', bolDate: '2026-10-17' });
  expect(await world.portal.billingOrders.getMany([id])).toMatchObject([{ status: 'CLOSED' }]);
});

test('a close takes along a contract that the close of the month before has set aside', async () => {
  await addRunning(3);
  await upgrade(3, '2026-10-01');
  await close('CLOSE', failingOn('contract-3'));
  world.clock.time = new Date('2026-12-10T02:00:00.000Z');
  const run = await world.start('CLOSE', period('2026-11'));
  await executeRun(world, run);
  expect(await billed()).toEqual({ 100003: 'RENTAL-PAY-GO-3600 2880.00' });
});

test('what is due but not found before the freeze acts from the next month, and the month is billed as it was', async () => {
  await addRunning(3);
  await upgrade(3, '2026-10-01');
  const none = async function* () {};
  const { contracts, contractRequests } = world.portal;
  const blind = withParts(world.portal, {
    contracts: { ...contracts, due: none },
    contractRequests: { ...contractRequests, due: none },
  });
  expect(await close('CLOSE', blind)).toMatchObject({ failed: [] });
  expect(await billed()).toEqual({ 100003: 'RENTAL-PAY-GO-1800 1584.00' });
  await world.day();
  expect(await world.request('request-3')).toMatchObject({ status: 'COMPLETED', effectiveDate: '2026-11-01' });
});

test('every shard of what is due is brought up by one iteration of the machine', async () => {
  const machine = await import('../../statemachines/billing-close.asl.json', { with: { type: 'json' } });
  const { Items } = machine.default.States['Bring contracts up to date'];
  expect(Items).toEqual(Array.from({ length: DUE_SHARDS }, (_, shard) => shard));
});

test.each(['BEFORE', 'AFTER'] as const)(
  'a close that dies %s any of its writes on contracts is finished by the next: one invoice, one effect, one order',
  async (moment) => {
    for (let n = 0; ; n++) {
      if (n > 0) await world.close();
      if (n > 0) await openWorld();
      await addPrepaid();
      const run = await world.start('CLOSE');
      const { mortal, life } = dyingAt(world, n, moment);
      const bring = async (portal: Portal) => {
        for (let shard = 0; shard < DUE_SHARDS; shard++) await bringContractsUp(portal, run, shard);
      };
      await bring(mortal).catch(() => undefined);
      if (!life.dead) {
        // Draft, numbering, number, three forms, invoice; effect.
        expect(n).toBe(8);
        return;
      }
      await bring(world.portal);
      expect(await world.contract()).toMatchObject({ status: 'ACTIVE', bolDate: '2026-10-17' });
      const { invoices, orders, prepaymentEntries } = await world.stored();
      expect([n, invoices.length, orders.length, prepaymentEntries.length]).toEqual([n, 1, 2, 1]);
      const states = await world.portal.contractMonths.states('contract-1', [OCTOBER]);
      expect(states.get(OCTOBER)).toBe('OPEN');
    }
  },
);
