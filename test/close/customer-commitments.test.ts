import { CanonicalInvoiceSchema } from '../../lambdas/documents/canonical-invoice.ts';
import { type BillingOrder, FIRST_LINE_SET } from '../../lambdas/domain/billing-order/billing-order.ts';
import { heldUsage, NOTHING_HELD } from '../../lambdas/domain/billing-order/held-usage.ts';
import { type Period, period } from '../../lambdas/domain/calendar/period.ts';
import type { Contract } from '../../lambdas/domain/contract/contract.ts';
import type { CustomerCommitment } from '../../lambdas/domain/customer-commitment/customer-commitment.ts';
import { type Points, points, sum } from '../../lambdas/domain/numbers/amounts.ts';
import type { UsageLine } from '../../lambdas/domain/usage/usage-line.ts';
import { invoiceKey } from '../../lambdas/use-cases/documents.ts';
import { usageLine } from '../domain/support/builders.ts';
import { pricesOf, signed, skuOf, times } from '../domain/support/contracts.ts';
import { executeRun, OCTOBER } from '../support/close-portal.ts';
import { type ContractWorld, openContractWorld } from '../support/contract-world.ts';

const sovereign = skuOf('CUSTOM', '0', 'SOV');

let world: ContractWorld;
beforeEach(async () => {
  world = await openContractWorld('2026-11-10');
  world.clock.time = new Date('2026-11-10T02:00:00.000Z');
  const lists = pricesOf({ [sovereign.code]: '2.00' });
  await world.portal.units.commit(lists.map((list) => world.portal.catalogue.priceListCreated(list)));
});
afterEach(() => world.close());

/** A contract of Sovereign Cloud with a minimum of 50 from January to December, its October approved. */
async function addContract(lines: readonly UsageLine[], more: Partial<Contract> = {}): Promise<void> {
  const { contract, revisions } = signed(sovereign, '2026-01-01', 12, times(12, '50'));
  const named = { id: 'contract-1', contractNumber: '100001', hasCommitments: true };
  await world.addContract({ contract: { ...contract, ...named, ...more }, revisions });
  const order: BillingOrder = {
    id: 'order-1',
    contractId: 'contract-1',
    contractNumber: '100001',
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
    held: lines.length === 0 ? NOTHING_HELD : heldUsage(OCTOBER, lines, new Map()),
    lastModifiedTime: '2026-10-01T00:00:00.000Z',
    version: 1,
  };
  await world.portal.billingOrders.putLines(order.id, order.lineSet, lines);
  await world.portal.units.commit(world.portal.billingOrders.created(order));
}

async function commits(id: string, customerNumber: string, entries: Record<string, string>, more: object = {}) {
  const minCommits = Object.fromEntries(Object.entries(entries).map(([of, least]) => [of, points(least)]));
  const months = Object.keys(entries).sort() as Period[];
  const commitment: CustomerCommitment = {
    id,
    contractId: 'contract-1',
    contractNumber: '100001',
    serviceProviderId: 'SERVICE_PROVIDER',
    aggregatorId: 'AGGREGATOR',
    customerId: `customer-${customerNumber}`,
    customerNumber,
    name: id,
    from: months[0] as Period,
    until: months.at(-1) as Period,
    commitment: sum(Object.values(minCommits)),
    minCommits: minCommits as Record<Period, Points>,
    status: 'ACTIVE',
    createdTime: '2026-09-01T00:00:00.000Z',
    lastModifiedTime: '2026-09-01T00:00:00.000Z',
    version: 1,
    ...more,
  };
  await world.portal.units.commit([world.portal.customerCommitments.created(commitment)]);
}

/** The lines of the contract's invoice of October as "kind customer points", and its commit summary. */
async function closed() {
  const run = await world.start('CLOSE');
  await executeRun(world, run);
  const { invoices } = await world.stored();
  const [document] = invoices.map((invoice) =>
    CanonicalInvoiceSchema.parse(
      JSON.parse(new TextDecoder().decode(world.documents.get(`${invoiceKey(invoice)}.json`))),
    ),
  );
  const lines = document?.lines.map((line) => `${line.kind} ${line.customerNumber} ${line.points}`);
  return { lines, commit: document?.commit, net: document?.net };
}

const used = (id: string, amount: string, customerNumber: string) => usageLine(id, amount, '1', { customerNumber });

test('a customer that uses less than it has committed to is billed the rest, and only the committed month', async () => {
  await addContract([used('1', '60', '4711'), used('2', '5', '')]);
  await commits('a', '4711', { '2026-10': '100', '2026-11': '7' });
  await commits('b', '4712', { '2026-10': '500' }, { status: 'CANCELLED' });
  await commits('c', '4713', { '2026-11': '500' }, { status: 'PENDING_EFFECTIVE_PERIOD' });
  const { lines, commit, net } = await closed();
  expect(lines).toEqual(['USAGE 4711 60', 'USAGE  5', 'CUSTOMER_UNDERAGE 4711 40']);
  expect(commit).toMatchObject({ minimumCommit: '50', reported: '105', overage: '55', total: '105' });
  // At the locked price of 0.80.
  expect(net).toBe('84.00');
});

test('commitments that an early end leaves fall due with the last month', async () => {
  await addContract([used('1', '160', '4711')], { status: 'PENDING_TERMINATION' });
  await commits('a', '4711', { '2026-10': '100', '2026-11': '100', '2026-12': '100' });
  await commits('b', '4712', { '2026-12': '30' }, { status: 'PENDING_EFFECTIVE_PERIOD' });
  const terminated = { id: 'request-1', contractId: 'contract-1', contractNumber: '100001' };
  await world.addRequest({ type: 'TERMINATE', reason: 'COVID Impact' }, '2026-11-01', terminated);
  const { lines, commit } = await closed();
  expect(lines).toEqual(['USAGE 4711 160', 'CUSTOMER_OUTSTANDING 4711 200', 'CUSTOMER_OUTSTANDING 4712 30']);
  expect(commit).toMatchObject({ reported: '390', overage: '340' });
  const orders = await world.portal.billingOrders.ofContract('contract-1', [OCTOBER, period('2026-11')]);
  expect(orders.map(({ billed }) => billed?.summary.reported)).toEqual([points('390')]);
});
