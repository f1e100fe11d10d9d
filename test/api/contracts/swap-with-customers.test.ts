import { type Period, period } from '../../../lambdas/domain/calendar/period.ts';
import { formatQuantity, formatUnitPrice } from '../../../lambdas/domain/numbers/amounts.ts';
import type { RouteId } from '../../../lambdas/manifest/routes.ts';
import { runContractDay } from '../../../lambdas/use-cases/run-contract-day.ts';
import { runMeterDay } from '../../../lambdas/use-cases/run-meter-day.ts';
import { runProgrammeDay } from '../../../lambdas/use-cases/run-programme-day.ts';
import { CUSTOMER, type CustomerPortal, openCustomerPortal, PROVIDER } from '../../support/customer-portal.ts';

const FROM = { organizationId: 'AGG-1' };
const TO = { organizationId: 'AGG-2' };
const VENDOR = { organizationId: 'VENDOR' };

let opened: CustomerPortal;
beforeEach(async () => {
  opened = await openCustomerPortal();
});
afterEach(() => opened.close());

const on = (id: RouteId, params: object, body?: object, sender: object = PROVIDER) =>
  opened.send(id, { params, ...(body && { body }) } as never, sender);

/** The jobs, on each 1st up to a day. */
async function day(...days: string[]): Promise<void> {
  for (const at of days) {
    opened.clock.time = new Date(`${at}T00:05:00.000Z`);
    for (const run of [runContractDay, runProgrammeDay, runMeterDay]) {
      const { failures } = await run(opened.portal);
      if (failures[0]) throw failures[0];
    }
  }
}

/** Asked for, accepted and approved: from 1 January 2027 on it is another contract, at AGG-2. */
async function swapped(contractId: string): Promise<string> {
  const aggregatorPrmId = (await opened.portal.organizations.get('AGG-2'))?.prmId;
  const asked = await on('askForSwap', { contractId }, { aggregatorPrmId, effectiveDate: '2027-01-01' });
  const taken = String(asked.body.newContractId);
  const accepted = {
    aggregatorContact: 'agg@other.example',
    billToAccountId: 'account-of-AGG-2',
    vmwarePurchaseOrder: 'PO-200',
    billingOrderPreference: 'EDI',
  };
  expect((await on('takeOverContract', { contractId: taken }, accepted, TO)).status).toBe(200);
  const [request] = await opened.portal.contractRequests.ofContract(taken);
  const approved = await on('approveRequest', { requestId: request?.id ?? '' }, { comment: 'So be it' }, VENDOR);
  expect(approved.body.status).toBe('PENDING_EFFECTIVE_DATE');
  await day('2026-12-01', '2027-01-01');
  return taken;
}

async function orderOf(contractId: string, of: Period) {
  const orders = await opened.portal.billingOrders.ofContract(contractId, [of]);
  return orders.find(({ status }) => status !== 'CANCELLED');
}
const summaryOf = async (contractId: string, of: string, sender: object) => {
  const order = await orderOf(contractId, period(of));
  if (!order) return undefined;
  return (await on('getAggregatorOrder', { orderId: order.id }, undefined, sender)).body.summary;
};

const MONTHS = { '2026-11': 100, '2026-12': 100, '2027-01': 100, '2027-02': 100 };

test('end customers of Sovereign Cloud, and what they have committed to, go along with the contract', async () => {
  const { body: customer } = await opened.register();
  const customerId = String(customer.id);
  await opened.ask('updateCustomerLabels', { customerId }, { labels: ['tenant-a'] });
  const commitment = { customerId, commitment: 400, bol: '2026-11', eol: '2027-02', minCommits: MONTHS, name: 'mine' };
  const { body: made } = await opened.ask('createCustomerCommitment', {}, commitment);
  const later = { customerId, commitment: 9, bol: '2027-06', eol: '2027-06', minCommits: { '2027-06': 9 } };
  const { body: unbilled } = await opened.ask('createCustomerCommitment', {}, { ...later, name: 'later' });
  const taken = await swapped(opened.sovId);

  const list = async (id: RouteId) => (await on(id, { contractId: taken })).body.content;
  expect(await list('listCustomers')).toMatchObject([{ id: customerId, name: CUSTOMER.name }]);
  const commitments = (await list('listCustomerCommitments')) as { id: string }[];
  expect(commitments).toHaveLength(2);
  expect(commitments).toContainEqual(expect.objectContaining({ id: made.id, status: 'ACTIVE', minCommits: MONTHS }));
  expect((await on('getCustomerLabels', { contractId: taken, customerId })).body).toEqual({ labels: ['tenant-a'] });
  const siso = { contractId: taken, customerId };
  expect((await on('updateCustomerSiso', siso, { reseller: 'R - 1' })).body).toMatchObject({ reseller: 'R - 1' });
  const { body: another } = await on('registerEndCustomer', { contractId: taken }, { ...CUSTOMER, name: 'B' });
  expect((await on('registerEndCustomer', { contractId: opened.sovId }, CUSTOMER)).body.code).toBe('CONTRACT_STATUS');
  expect(
    (await on('updateCustomerLabels', { contractId: taken, customerId: another.id }, { labels: ['tenant-a'] })).status,
  ).toBe(400);

  // Nothing falls due there: each month is charged once, by what it was committed to.
  expect(await summaryOf(opened.sovId, '2026-12', FROM)).toMatchObject({ reported: 100 });
  expect(await summaryOf(opened.sovId, '2027-01', FROM)).toBeUndefined();
  expect(await summaryOf(taken, '2026-12', TO)).toBeUndefined();
  expect(await summaryOf(taken, '2027-01', TO)).toMatchObject({ reported: 100 });
  const again = { ...commitment, commitment: 7, bol: '2027-02', minCommits: { '2027-02': 7 } };
  const overlapping = await on('createCustomerCommitment', { contractId: taken }, again);
  expect(overlapping.body.errors).toMatchObject([{ field: 'bol' }]);

  // The vendor decides of it where it was made.
  const cancelled = { contractId: taken, commitmentId: unbilled.id };
  expect((await on('cancelCustomerCommitment', cancelled, { reason: 'Lost' })).status).toBeLessThan(300);
  const [waits] = await opened.portal.customerCommitments.toDecide();
  const asked = { contractId: waits?.contractId, commitmentId: waits?.id };
  expect((await on('approveCommitmentCancellation', asked, {}, VENDOR)).body.status).toBe('APPROVED');

  await day('2027-02-01');
  const one = { contractId: taken, commitmentId: made.id };
  expect((await on('getCustomerCommitment', one)).body.status).toBe('ACTIVE');
  const { months } = (await on('getCommitmentReportingHistory', one)).body;
  const lacks = { minimumCommit: '100', reported: '0', underage: '100' };
  expect(months).toMatchObject(Object.keys(MONTHS).map((usagePeriod) => ({ usagePeriod, ...lacks })));
  await day('2027-03-01');
  expect((await on('getCustomerCommitment', one)).body.status).toBe('COMPLETED');
});

test('what is left of commitments falls due when the contract ends at the other aggregator', async () => {
  const { body: customer } = await opened.register();
  const commitment = { customerId: customer.id, commitment: 400, bol: '2026-11', eol: '2027-02', minCommits: MONTHS };
  const { body: made } = await opened.ask('createCustomerCommitment', {}, { ...commitment, name: 'mine' });
  const taken = await swapped(opened.sovId);
  const deactivated = await on('deactivateContract', { contractId: taken }, { reason: 'Bankrupt' }, VENDOR);
  expect(deactivated.status).toBe(200);
  expect(await summaryOf(taken, '2027-01', TO)).toMatchObject({ reported: 200 });
  await day('2027-01-02');
  expect((await on('getCustomerCommitment', { contractId: taken, commitmentId: made.id })).body.status).toBe(
    'COMPLETED',
  );
});

test('what is committed to on LPCAAS goes along, at the price of its first month', async () => {
  await opened.addCorePrices({ '2026-01': '2', '2027-01': '2.5' });
  const of = { contractId: opened.lpcaasId };
  const { body: customer } = await opened.ask('createCustomer', of, CUSTOMER);
  const asked = { customerId: customer.id, product: 'LCORE', uom: 'GB vRAM', quantity: 100, bol: '2026-11' };
  const commitment = { ...asked, term: 'YEAR_1', name: 'mine', payment: 'MONTHLY' };
  const { body: made } = await opened.ask('createProductCommitment', of, commitment);
  const taken = await swapped(opened.lpcaasId);
  const usage = [{ customerNumber: customer.customerNumber, code: 'LCORE', quantity: '130' }];
  const said = await on('sayCustomerUse', { contractId: taken, usagePeriod: '2027-01' }, { usage }, VENDOR);
  expect(said.status).toBe(200);
  await day('2027-01-02');
  const lines = async (contractId: string, month: string) => {
    const order = await orderOf(contractId, period(month));
    const all = order ? await opened.portal.billingOrders.linesOf(order.id, order.lineSet) : [];
    return all
      .map(({ quantity, price }) => `${formatQuantity(quantity)} × ${price && formatUnitPrice(price.unitPrice)}`)
      .sort();
  };
  expect(await lines(opened.lpcaasId, '2026-12')).toEqual(['100 × 2.00']);
  expect(await lines(opened.lpcaasId, '2027-01')).toEqual([]);
  expect(await lines(taken, '2027-01')).toEqual(['100 × 2.00', '30 × 2.50']);
  const renewed = await on('renewProductCommitment', { contractId: taken, commitmentId: made.id }, {});
  expect(renewed.body).toMatchObject({ id: made.id, eol: '2028-10' });
});
