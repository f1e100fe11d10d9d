import { type Period, period } from '../../../lambdas/domain/calendar/period.ts';
import { formatPoints, formatQuantity, formatUnitPrice } from '../../../lambdas/domain/numbers/amounts.ts';
import { prefillOrder } from '../../../lambdas/use-cases/prefill-order.ts';
import { runContractDay } from '../../../lambdas/use-cases/run-contract-day.ts';
import { runMeterDay } from '../../../lambdas/use-cases/run-meter-day.ts';
import { runProgrammeDay } from '../../../lambdas/use-cases/run-programme-day.ts';
import { withParts } from '../../support/close-portal.ts';
import { CUSTOMER, type CustomerPortal, openCustomerPortal, PROVIDER } from '../../support/customer-portal.ts';

const VENDOR = { organizationId: 'VENDOR' };
const NOVEMBER = period('2026-11');

let opened: CustomerPortal;
let customer: { id: string; customerNumber: string };
beforeEach(async () => {
  opened = await openCustomerPortal();
  const { body } = await opened.ask('createCustomer', { contractId: opened.lpcaasId }, CUSTOMER);
  customer = { id: String(body.id), customerNumber: String(body.customerNumber) };
  await opened.addCorePrices({ '2026-01': '2', '2026-12': '2.5' });
});
afterEach(() => opened.close());

const wanted = (over: object = {}) => ({
  customerId: customer.id,
  product: 'LCORE',
  uom: 'GB vRAM',
  quantity: 100,
  bol: '2026-11',
  term: 'YEAR_1',
  name: 'mine',
  payment: 'MONTHLY',
  ...over,
});
const of = () => ({ contractId: opened.lpcaasId });
const create = (over: object = {}) => opened.ask('createProductCommitment', of(), wanted(over));
const fieldsOf = ({ body }: { body: Record<string, unknown> }) =>
  ((body.errors ?? []) as { field: string }[]).map(({ field }) => field).sort();
const say = (usage: readonly object[], usagePeriod = '2026-11', sender: object = VENDOR) =>
  opened.ask('sayCustomerUse', { ...of(), usagePeriod }, { usage }, sender);

/** The jobs, and the lines of a month's order after them. */
async function lines(month: Period) {
  for (const run of [runContractDay, runProgrammeDay, runMeterDay]) {
    const { failures } = await run(opened.portal);
    if (failures[0]) throw failures[0];
  }
  const [order] = await opened.portal.billingOrders.ofContract(opened.lpcaasId, [month]);
  const all = order ? await opened.portal.billingOrders.linesOf(order.id, order.lineSet) : [];
  const text = all.map(
    ({ quantity, price, source }) =>
      `${formatQuantity(quantity)} × ${price && formatUnitPrice(price.unitPrice)}${source?.commitmentId ? ' committed' : ''}`,
  );
  return { order, lines: text.sort() };
}

test('a product commitment is made, read, listed, renamed and renewed', async () => {
  const { status, body } = await create();
  expect([status, body]).toEqual([
    200,
    {
      id: expect.any(String),
      name: 'mine',
      bol: '2026-11',
      eol: '2027-10',
      commitment: [{ beginMonth: '2026-11', endMonth: '2027-10', quantity: 100 }],
      product: { id: 'product-LCORE', code: 'LCORE', name: 'Product LCORE' },
      uom: 'GB vRAM',
      customer: { ...customer, name: CUSTOMER.name },
      payment: 'MONTHLY',
      status: 'ACTIVE',
      term: 'YEAR_1',
    },
  ]);
  const one = { ...of(), commitmentId: body.id };
  expect((await opened.ask('updateProductCommitment', one, { name: 'other' })).body).toEqual({
    ...body,
    name: 'other',
  });
  const renewed = await opened.ask('renewProductCommitment', one, {});
  expect(renewed.body).toMatchObject({
    name: 'other',
    eol: '2028-10',
    commitment: [{ endMonth: '2027-10' }, { beginMonth: '2027-11', endMonth: '2028-10', quantity: 100 }],
  });
  expect((await opened.ask('listProductCommitments', of())).body).toEqual({ content: [renewed.body], total: 1 });
  expect((await opened.ask('getProductCommitment', one)).body).toEqual(renewed.body);
});

test('everything that is wrong with a product commitment is named', async () => {
  const wrong = { customerId: 'x', product: 'CORE', quantity: 0, bol: '2026-10' };
  const ofOther = (await opened.register()).body;
  expect(fieldsOf(await create({ customerId: ofOther.id }))).toEqual(['customerId']);
  expect(fieldsOf(await create(wrong))).toEqual(['bol', 'customerId', 'product', 'quantity']);
  expect(fieldsOf(await create({ uom: 'Core', quantity: 1.1234567 }))).toEqual(['quantity']);
  expect(fieldsOf(await create({ uom: 'Core' }))).toEqual(['uom']);
  expect(fieldsOf(await create({ term: 'YEAR_2', payment: 'UPFRONT' }))).toEqual(['payment', 'term']);
  await create();
  expect(fieldsOf(await create({ bol: '2027-10' }))).toEqual(['bol']);
  const sov = await opened.ask('createProductCommitment', { contractId: opened.sovId }, wanted());
  expect(sov.body).toMatchObject({ status: 400, code: 'NOT_OF_THIS_FAMILY' });
  const theirs = await opened.ask('createProductCommitment', of(), wanted(), { organizationId: 'SP-2' });
  expect(theirs.status).toBe(404);
});

test('what is committed is on each month at the price of its first, what is used above it at the list price', async () => {
  await create();
  expect((await lines(NOVEMBER)).lines).toEqual(['100 × 2.00 committed']);
  const use = (quantity: string) => [{ customerNumber: customer.customerNumber, code: 'LCORE', quantity }];
  expect((await say(use('130'))).body).toEqual({ usage: use('130') });
  expect((await lines(NOVEMBER)).lines).toEqual(['100 × 2.00 committed', '30 × 2.00']);
  opened.clock.time = new Date('2026-12-02T00:00:00Z');
  await say(use('110'), '2026-12');
  const { order, lines: december } = await lines(period('2026-12'));
  expect(december).toEqual(['10 × 2.50', '100 × 2.00 committed']);
  expect(order && formatPoints(order.held.reported)).toBe('225');
  await say(use('70'));
  expect((await lines(NOVEMBER)).lines).toEqual(['100 × 2.00 committed']);
});

test.each([
  ['use is said', () => say([{ customerNumber: customer.customerNumber, code: 'LCORE', quantity: '150' }])],
  ['it is committed to', () => create({ quantity: 150 })],
])('who has read a month before %s does not write what it was over what it is', async (_, tell) => {
  await say([{ customerNumber: customer.customerNumber, code: 'LCORE', quantity: '130' }]);
  expect((await lines(NOVEMBER)).lines).toEqual(['130 × 2.00']);
  const { portal } = opened;
  let reads = 0;
  const slow = withParts(portal, {
    productCommitments: {
      ...portal.productCommitments,
      saidUse: async (...of) => {
        const read = await portal.productCommitments.saidUse(...of);
        // What it decides by.
        if (++reads !== 2) return read;
        expect((await tell()).status).toBe(200);
        await lines(NOVEMBER);
        return read;
      },
    },
  });
  const found = await portal.contracts.get(opened.lpcaasId);
  if (!found) throw new Error('there is no contract');
  await prefillOrder(slow, found.contract, NOVEMBER);
  const after = (await lines(NOVEMBER)).lines;
  expect(after).toHaveLength(1);
  expect(after[0]).toMatch(/^150/);
});

test('use is said by the vendor, of customers and products of the contract, until 90 days after its month', async () => {
  const entry = { customerNumber: customer.customerNumber, code: 'LCORE', quantity: '1' };
  const ofOther = (await opened.register()).body;
  const wrong = [
    { ...entry, customerNumber: String(ofOther.customerNumber) },
    { ...entry, code: 'CORE' },
    { ...entry, quantity: '-1' },
  ];
  expect(fieldsOf(await say(wrong))).toEqual(['usage[0].customerNumber', 'usage[1].code', 'usage[2].quantity']);
  expect(fieldsOf(await say([entry, entry]))).toEqual(['usage[1].code']);
  expect(fieldsOf(await say([entry], '2026-12'))).toEqual(['usagePeriod']);
  expect((await say([entry], '2026-07')).body.code).toBe('USAGE_TOO_OLD');
  const provider = await opened.ask('sayCustomerUse', { ...of(), usagePeriod: '2026-11' }, { usage: [] }, PROVIDER);
  expect(provider.status).toBe(403);
});
