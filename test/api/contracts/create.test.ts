import { period } from '../../../lambdas/domain/calendar/period.ts';
import { runContractDay } from '../../../lambdas/use-cases/run-contract-day.ts';
import {
  type ContractPortal,
  contractIdOf,
  NEGOTIATED,
  openContractPortal,
  skuId,
  WANTED,
} from '../../support/contract-portal.ts';

let portal: ContractPortal;
beforeEach(async () => {
  portal = await openContractPortal();
});
afterEach(() => portal.close());

const contractOf = (contractId: string) => portal.as().getAggregatorContract({ params: { contractId } });
const orderOf = async (contractId: string, ...months: string[]) =>
  (await portal.portal.billingOrders.ofContract(contractId, months.map(period))).map(
    ({ usagePeriod, status }) => `${usagePeriod} ${status}`,
  );

test('a PAY-GO contract that begins today or has begun is active at once, with its billing orders', async () => {
  const created = await portal.create({
    bolDate: '2026-10-21',
    comment: 'First of Sp Corp',
    fillPurchaseOrderInMBO: true,
  });
  expect(created).toMatchObject({
    status: 200,
    body: {
      status: 'COMPLETED',
      requestType: 'CREATE',
      effectiveDate: '2026-10-21',
      createdTime: '2026-11-10T02:00:00.000Z',
      token: 'C-50000001-prm-AGG-1-2611-0000001',
      requestContractSKU: { code: 'RENTAL-1800', contractType: 'PAY-GO', productFamily: { code: 'RENTAL' } },
    },
  });
  const id = contractIdOf(created);
  const got = await contractOf(id);
  expect(got).toMatchObject({ status: 200, etag: '"v1"' });
  expect(got.body).toEqual({
    id,
    aggregatorContact: { email: 'agg@agg.example', firstName: '', lastName: '' },
    serviceProviderContact: { email: 'sp@sp.example', firstName: '', lastName: '' },
    systemContact: { email: 'ven@ven.example', firstName: '', lastName: '' },
    licenseContact: { email: 'licence@sp.example', firstName: '', lastName: '' },
    bolDate: '2026-10-21',
    eolDate: '2027-10-20',
    status: 'ACTIVE',
    contractReferenceNumber: 'EMEA500001RENTAL',
    contractSKU: {
      code: 'RENTAL-1800',
      contractType: 'PAY-GO',
      productFamily: { name: 'RENTAL family', code: 'RENTAL', type: 'RENTAL' },
    },
    contractNumber: '50000001',
    region: 'EMEA',
    term: 12,
    graceTerm: 1,
    currency: 'USD',
    serviceProvider: { name: 'Ångström SP-1', prmId: 'prm-SP-1' },
    contractId: '500001',
    discount: 0,
    vmwarePurchaseOrder: 'PO-100000',
    billingOrderPreference: 'ONLINE',
    billToAccount: { accountNumber: '10001', location: 'location-100010' },
    sellingPricePerPoint: 0.88,
    fillPurchaseOrderInMBO: true,
  });
  expect((await portal.ask('getAggregatorContract', id)).text).toContain('"sellingPricePerPoint":0.88,');
  expect((await orderOf(id, '2026-10', '2026-11', '2026-12')).sort()).toEqual([
    '2026-10 PENDING_SP',
    '2026-11 NOT_OPEN',
  ]);
  const [order] = await portal.portal.billingOrders.ofContract(id, [period('2026-11')]);
  expect(order).toMatchObject({ vendorPurchaseOrder: 'PO-100000', autoReportType: 'NONE', held: { lines: 0 } });
});

test('a contract that begins later waits for its day, and a negotiated one for approval', async () => {
  const later = await portal.create({ bolDate: '2026-12-01' });
  expect(later.body).toMatchObject({ status: 'PENDING_EFFECTIVE_DATE' });
  const waiting = await contractOf(contractIdOf(later));
  expect(waiting.body).toMatchObject({ status: 'CREATE_IN_PROCESS', bolDate: '2026-12-01' });
  expect(waiting.body).not.toHaveProperty('discount');
  expect(await orderOf(contractIdOf(later), '2026-12')).toEqual([]);
  const custom = { contractSKUId: skuId('RENTAL-CUSTOM'), ...NEGOTIATED };
  expect((await portal.create(custom)).body).toMatchObject({ status: 'PENDING_APPROVAL' });
  const prepaid = { contractSKUId: skuId('RENTAL-PREPAY'), ...NEGOTIATED, prepayment: 120, triggerPoint: 30 };
  expect((await portal.create(prepaid)).body).toMatchObject({ status: 'PENDING_APPROVAL' });
});

test('the service provider is mailed that its contract is active, once it is', async () => {
  const told = async () =>
    (await portal.portal.notices.waiting()).filter(({ kind }) => kind === 'CONTRACT_ACTIVE').map(({ id }) => id);
  const id = contractIdOf(await portal.create({ bolDate: '2026-12-01' }));
  expect(await told()).toEqual([]);
  portal.clock.time = new Date('2026-12-01T00:10:00Z');
  portal.mails.length = 0;
  expect((await runContractDay(portal.portal)).failures).toEqual([]);
  const mails = portal.mails.filter(({ subject }) => subject.endsWith('is active'));
  expect(mails.map(({ subject, to }) => [subject, to.map(({ address }) => address)])).toEqual([
    ['Contract 50000001 is active', ['mail@SP-1.example']],
  ]);
  expect([(await contractOf(id)).body.status, await told()]).toEqual(['ACTIVE', []]);
});

test('names of contacts come from the users who have the addresses', async () => {
  await portal.addUser({
    id: 'james',
    organizationId: 'SP-1',
    roles: ['Operations'],
    email: 'james@sp.example',
    firstName: 'James',
  });
  await portal.addUser({ id: 'other', organizationId: 'SP-2', roles: ['Operations'], email: 'agg@agg.example' });
  const created = await portal.create({ serviceProviderContact: 'James@SP.example' });
  const { body } = await contractOf(contractIdOf(created));
  expect(body.serviceProviderContact).toEqual({ email: 'James@SP.example', firstName: 'James', lastName: 'Person' });
  expect(body.aggregatorContact).toEqual({ email: 'agg@agg.example', firstName: '', lastName: '' });
});

const NEEDED = Object.keys(WANTED) as (keyof typeof WANTED)[];
const wrong = async (over: object) => {
  const { status, body } = await portal.send('createContract', { body: { ...WANTED, ...over } });
  const errors = (body.errors ?? []) as { field: string; message: string }[];
  return { status, code: body.code, fields: errors.map(({ field }) => field) };
};

test.each(NEEDED)('%s is needed: missing, null, of a wrong type or empty it is named', async (field) => {
  for (const value of [undefined, null, 17, [], {}, '']) {
    const { status, code, fields } = await wrong({ [field]: value });
    expect({ field, value, status, code }).toEqual({ field, value, status: 400, code: 'BAD_REQUEST' });
    expect(fields).toContain(field);
  }
});

test('what is too long, no day, no currency or no address is named', async () => {
  const cases: [string, unknown][] = [
    ['vmwarePurchaseOrder', 'x'.repeat(101)],
    ['vmwarePurchaseOrder', 'PO\u0000'],
    ['vmwarePurchaseOrder', 'PO \u202egnp.exe'],
    ['entitlementAccount', 'x'.repeat(101)],
    ['serviceProviderContact', 'nobody'],
    ['serviceProviderContact', `a@${'b'.repeat(100_000)}.example`],
    ['aggregatorContact', `a@b.${'c'.repeat(5_000)}`],
    ['bolDate', '2026-02-30'],
    ['bolDate', '2027-02-29'],
    ['bolDate', '01.11.2026'],
    ['bolDate', '2026-11-01T00:00:00Z'],
    ['bolDate', '0000-01-01'],
    ['currency', 'XXX'],
    ['currency', 'usd'],
    ['currency', 'JPY'],
    ['billingOrderPreference', 'FAX'],
    ['contractSKUId', 'nothing'],
    ['contractSKUId', '../../etc'],
    ['serviceProviderId', 'AGG-2'],
    ['serviceProviderId', 'nobody'],
    ['billToAccountId', 'account-of-AGG-2'],
    ['fillPurchaseOrderInMBO', 'yes'],
    ['comment', 'x'.repeat(2_001)],
    ['comment', 'bell \u0007'],
  ];
  for (const [field, value] of cases) {
    const { status, fields } = await wrong({ [field]: value });
    expect({ field, value, status, fields }).toEqual({ field, value, status: 400, fields: [field] });
  }
});

test('a start in a frozen period, and one long ago, is refused', async () => {
  expect(await wrong({ bolDate: '2025-06-01' })).toMatchObject({ status: 400, fields: ['bolDate'] });
  const { closes, units } = portal.portal;
  const run = { name: '2026-10-1', period: period('2026-10'), run: 1, status: 'RUNNING', dryRun: false } as never;
  expect(await units.commit(closes.claimed(run, undefined, undefined))).toEqual({ ok: true });
  expect(await wrong({ bolDate: '2026-10-31' })).toMatchObject({ status: 400, fields: ['bolDate'] });
  expect((await portal.create({ bolDate: '2026-11-01' })).status).toBe(200);
});

test('other scripts, right-to-left text and emoji are text as any other', async () => {
  const created = await portal.create({ vmwarePurchaseOrder: 'הזמנה-١٢٣ 注文 🚀', comment: 'नमस्ते\nשלום 👩‍🚀' });
  expect(created.status).toBe(200);
  const id = contractIdOf(created);
  expect((await contractOf(id)).body.vmwarePurchaseOrder).toBe('הזמנה-١٢٣ 注文 🚀');
  const { body } = await portal.as().readAggregatorTimeline({ params: { contractId: id } });
  expect(body.content).toMatchObject([{ action: 'createContract', reason: 'नमस्ते\nשלום 👩‍🚀', requestType: 'CREATE' }]);
});

test('what a type does not need is ignored, and so are fields that are not known', async () => {
  const over = { minCommits: [1, 2], prepayment: -5, discount: 900, spf: '', threshold: 0, colour: 'red' };
  expect((await portal.send('createContract', { body: { ...WANTED, ...over } })).status).toBe(200);
  const { licenseContact: _none, ...rest } = WANTED;
  const velo = { ...rest, contractSKUId: skuId('VELO'), licenseContact: 'nonsense' };
  expect((await portal.as().createContract({ body: velo })).status).toBe(200);
});

test('CUSTOM and PRE-PAY name each of their fields that is missing or wrong', async () => {
  const contractSKUId = skuId('RENTAL-PREPAY');
  const all = await wrong({ contractSKUId });
  expect(all.fields).toEqual(['term', 'minCommits', 'prepayment', 'discount', 'spf']);
  const good = { contractSKUId, ...NEGOTIATED, prepayment: 120 };
  const cases: [string, object][] = [
    ['term', { term: 0 }],
    ['term', { term: 12.5 }],
    ['term', { term: 121 }],
    ['minCommits', { minCommits: NEGOTIATED.minCommits.slice(1) }],
    ['minCommits', { bolDate: '2026-11-15' }],
    ['minCommits[2]', { minCommits: NEGOTIATED.minCommits.with(2, -1) }],
    ['minCommits[3]', { minCommits: NEGOTIATED.minCommits.with(3, 1.1234567) }],
    ['minCommits[4]', { minCommits: (NEGOTIATED.minCommits as unknown[]).with(4, '10') }],
    ['prepayment', { prepayment: 119.99 }],
    ['prepayment', { prepayment: 0 }],
    ['triggerPoint', { triggerPoint: -1 }],
    ['discount', { discount: 100.1 }],
    ['discount', { discount: '20' }],
    ['spf', { spf: ' ' }],
  ];
  for (const [field, over] of cases) {
    const { status, fields } = await wrong({ ...good, ...over });
    expect({ field, over, status, fields }).toEqual({ field, over, status: 400, fields: [field] });
  }
});

test('a term from 29 February ends on the day before its last', async () => {
  portal.clock.time = new Date('2028-02-29T12:00:00Z');
  const created = await portal.create({ bolDate: '2028-02-29' });
  const { body } = await contractOf(contractIdOf(created));
  expect(body).toMatchObject({ bolDate: '2028-02-29', eolDate: '2029-02-27', status: 'ACTIVE' });
});

test('amounts of yen have no decimals, and prices stay as they are', async () => {
  const yen = { currency: 'JPY', billToAccountId: 'account-jpy' };
  const payGo = await portal.create(yen);
  const got = await portal.ask('getAggregatorContract', contractIdOf(payGo));
  expect(got.text).toContain('"sellingPricePerPoint":95.00');
  const msp = { ...yen, contractSKUId: skuId('MSP-CUSTOM'), ...NEGOTIATED, threshold: 900 };
  expect(await wrong({ ...msp, minCommits: NEGOTIATED.minCommits.with(0, 10.5) })).toMatchObject({
    fields: ['minCommits[0]'],
  });
  expect(await wrong({ ...msp, threshold: 0.5 })).toMatchObject({ fields: ['threshold'] });
  expect((await portal.create(msp)).status).toBe(200);
});

test('AWS Resell is for dedicated organizations', async () => {
  const { fields } = await wrong({ contractSKUId: skuId('AWS') });
  expect(fields).toEqual(['contractSKUId', 'serviceProviderId']);
});

test('the same Idempotency-Key makes one contract', async () => {
  const { createContract, listAggregatorContracts } = portal.as();
  const wanted = { body: WANTED, idempotencyKey: 'k-1' };
  const [first, second] = [await createContract(wanted), await createContract(wanted)];
  expect(second).toMatchObject({ status: 200, location: first.location });
  expect((await listAggregatorContracts()).body.total).toBe(1);
});

test('two who create at once get two contracts', async () => {
  const [a, b] = await Promise.all([portal.create(), portal.create()]);
  expect([a.status, b.status]).toEqual([200, 200]);
  expect(contractIdOf(a)).not.toBe(contractIdOf(b));
});
