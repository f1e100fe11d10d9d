import { gzipSync } from 'node:zlib';
import type { Contract } from '../../lambdas/domain/contract/contract.ts';
import { prefillOrder } from '../../lambdas/use-cases/prefill-order.ts';
import { refusalOf } from '../support/api-client.ts';
import { withParts } from '../support/close-portal.ts';
import { type Sender, skuId } from '../support/contract-portal.ts';
import { cur, focus } from '../support/cost-files.ts';
import { AWS, DEDICATED, NOVEMBER, OCTOBER, openResellPortal, VENDOR } from '../support/resell-portal.ts';

let portal: Awaited<ReturnType<typeof openResellPortal>>;
beforeEach(async () => {
  portal = await openResellPortal();
});
afterEach(() => portal.close());

const ACCOUNT = '123456789012';
const ROWS = [
  { service: 'AmazonEC2', cost: '7.5039' },
  { service: 'AmazonS3', cost: '0.0070' },
  { cost: '1.4249', category: 'Tax' },
];
const LINES = ['AmazonEC2 7.5 B-1', 'AmazonS3 0.01 B-1', 'TAX 1.43 B-1'];

test('a report fills the order, which the system submits and approves once AWS has billed the month', async () => {
  expect((await portal.upload(ROWS)).body).toMatchObject({ code: 'AWS_ACCOUNT_NEEDED' });
  expect((await portal.bind(ACCOUNT)).body).toEqual({ accountId: ACCOUNT });
  const taken = await portal.upload(ROWS.map((row) => ({ ...row, bill: '' })));
  expect(taken.body).toMatchObject({ total: '8.94', rows: 3, final: false, bills: [], format: 'CUR2' });
  expect(await portal.applied()).toEqual(['AmazonEC2 7.5', 'AmazonS3 0.01', 'TAX 1.43']);
  expect((await portal.order()).status).toBe('PENDING_SP');

  expect((await portal.upload(ROWS)).body).toMatchObject({ total: '8.94', final: true, bills: ['B-1'] });
  expect(await portal.applied()).toEqual(LINES);
  const { id, status, autoReportType } = await portal.order();
  expect({ status, autoReportType }).toEqual({ status: 'PENDING_VENDOR', autoReportType: 'AUTOMATED' });
  const { body } = await portal.send('readVendorOrderHistory', { params: { orderId: id } }, VENDOR);
  const story = (body.content as Record<string, string>[]).map(({ action, from, to, reason }) => [
    action,
    from,
    to,
    reason,
  ]);
  expect(story.filter(([, from]) => from !== undefined)).toEqual([
    ['approveAsBilled', 'PENDING_AGGREGATOR', 'PENDING_VENDOR', undefined],
    ['submitAsBilled', 'PENDING_SP', 'PENDING_AGGREGATOR', 'AWS has billed it: B-1'],
  ]);
});

test('the same file again changes nothing; another one takes its place', async () => {
  await portal.bind(ACCOUNT);
  const rows = ROWS.map((row) => ({ ...row, bill: '' }));
  await portal.upload(rows);
  expect(await portal.applied()).toHaveLength(3);
  const { version } = await portal.order();
  expect(
    (await portal.upload(rows, OCTOBER, { body: gzipSync(cur(rows)), headers: { 'content-encoding': 'gzip' } })).status,
  ).toBe(200);
  await portal.applied();
  expect((await portal.order()).version).toBe(version);
  await portal.upload([{ service: 'AmazonEC2', cost: '9', bill: '' }], OCTOBER, {
    body: focus([{ service: 'AmazonEC2', cost: '9', bill: '' }]),
  });
  expect(await portal.applied()).toEqual(['AmazonEC2 9']);
});

test('who has read a report before another came does not write what it says over what the other does', async () => {
  await portal.bind(ACCOUNT);
  const unbilled = (cost: string) => [{ service: 'AmazonEC2', cost, bill: '' }];
  await portal.upload(unbilled('5'));
  await portal.applied();
  let reads = 0;
  const slow = withParts(portal.portal, {
    costReports: {
      ...portal.portal.costReports,
      get: async (...of) => {
        const read = await portal.portal.costReports.get(...of);
        // What it decides by.
        if (++reads !== 2) return read;
        expect((await portal.upload(unbilled('9'))).status).toBe(200);
        expect(await portal.applied()).toEqual(['AmazonEC2 9']);
        return read;
      },
    },
  });
  const found = await portal.portal.contracts.get(portal.contractId);
  await prefillOrder(slow, found?.contract as Contract, OCTOBER);
  expect(await portal.applied()).toEqual(['AmazonEC2 9']);
});

test('a report of something else is refused whole, and every fault named', async () => {
  await portal.bind(ACCOUNT);
  await portal.upload(ROWS.map((row) => ({ ...row, bill: '' })));
  const wrong = await portal.upload([
    ROWS[0] as object,
    { currency: 'EUR' },
    { account: '999999999999' },
    { from: '2026-09-01T00:00:00Z' },
  ]);
  expect(wrong.status).toBe(400);
  expect((wrong.body.errors as { field: string }[]).map(({ field }) => field)).toEqual([
    'line 3, column line_item_currency_code',
    'line 4, column bill_payer_account_id',
    'line 5, column bill_billing_period_start_date',
  ]);
  for (const sent of [
    { body: 'a,b\n1,2\n' },
    { body: Buffer.from([0x1f, 0x8b, 1, 2]), headers: { 'content-encoding': 'gzip' } },
  ]) {
    expect((await portal.upload([], OCTOBER, sent)).body).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
  }
  expect((await portal.upload([], OCTOBER, { body: Buffer.alloc(4_000_001, 65) })).status).toBe(413);
  expect(await portal.applied()).toEqual(['AmazonEC2 7.5', 'AmazonS3 0.01', 'TAX 1.43']);
});

test('a report too large for the API is uploaded past it, and taken as any other, once', async () => {
  expect(await portal.uploadFile(Buffer.from(cur(ROWS)))).toMatchObject({ code: 'AWS_ACCOUNT_NEEDED' });
  await portal.bind(ACCOUNT);
  const service = 'A'.repeat(90);
  const many = Array.from({ length: 30_000 }, () => ({ service, cost: '0.0001' }));
  const text = Buffer.from(cur([...ROWS, ...many]));
  expect(text.length).toBeGreaterThan(4_000_000);
  const params = { contractId: portal.contractId, usagePeriod: OCTOBER };
  const reportOf = async () => (await portal.send('getVendorCostReport', { params }, VENDOR)).body;
  expect(await portal.uploadFile(text)).toMatchObject({ status: 'TAKEN', errors: [], size: text.length });
  const taken = await reportOf();
  expect(taken).toMatchObject({ total: '11.94', rows: 30_003, final: true });
  expect(await portal.applied()).toEqual([`${service} 3 B-1`, ...LINES]);
  portal.clock.time = new Date('2026-11-03T10:00:00.000Z');
  expect(await portal.uploadFile(gzipSync(text))).toMatchObject({ status: 'TAKEN' });
  expect(await reportOf()).toEqual(taken);
});

test('an uploaded report of something else is refused whole, and says what is wrong with it', async () => {
  await portal.bind(ACCOUNT);
  await portal.uploadFile(Buffer.from(cur([{ cost: '7', bill: '' }])));
  const faulty = Buffer.from(cur([ROWS[0] as object, { currency: 'EUR' }, { account: '999999999999' }]));
  expect(await portal.uploadFile(faulty)).toMatchObject({
    status: 'REFUSED',
    reason: expect.stringContaining('line 3, column line_item_currency_code: is not USD'),
    errors: [{ field: 'line 3, column line_item_currency_code' }, { field: 'line 4, column bill_payer_account_id' }],
  });
  const cutOff = gzipSync(cur(ROWS)).subarray(0, 60);
  expect(await portal.uploadFile(cutOff)).toMatchObject({ status: 'REFUSED', errors: [{ field: 'line 1' }] });
  expect(await portal.applied()).toEqual(['AmazonEC2 7']);
});

test('nobody but the vendor announces a report, and it is of its contract and month', async () => {
  await portal.bind(ACCOUNT);
  const params = { contractId: portal.contractId, usagePeriod: OCTOBER };
  const announce = (sender: Sender, over: object = {}, body: object = { size: 10 }) =>
    portal.send('announceCostReport', { params: { ...params, ...over }, body }, sender);
  expect((await announce(AWS)).status).toBe(403);
  expect((await announce({ organizationId: 'VENDOR', roles: ['Read Only'] })).status).toBe(403);
  expect((await announce(VENDOR, { usagePeriod: '2026-12' })).body.code).toBe('BAD_REQUEST');
  expect((await announce(VENDOR, {}, { size: 200_000_001 })).status).toBe(400);
  const { body, headers } = await announce(VENDOR);
  expect(headers.location).toContain(`/costReports/${portal.contractId}/2026-10/files/${body.id}`);
  const get = (over: object) =>
    portal.send('getCostReportFile', { params: { ...params, fileId: String(body.id), ...over } }, VENDOR);
  expect((await get({})).body).toMatchObject({ status: 'AWAITING_UPLOAD', size: 10 });
  expect((await get({ usagePeriod: '2026-11' })).status).toBe(404);
  expect((await get({ fileId: 'cost-other' })).status).toBe(404);
});

test('months that the contract has no order of are refused, and those that are too old', async () => {
  await portal.bind(ACCOUNT);
  const codeOf = async (usagePeriod: string) => (await portal.upload(ROWS, usagePeriod as never)).body.code;
  expect([await codeOf('2026-12'), await codeOf('2025-12'), await codeOf('2026-07')]).toEqual([
    'BAD_REQUEST',
    'BAD_REQUEST',
    'USAGE_TOO_OLD',
  ]);
});

test('an account belongs to one contract of AWS Resell, and may be changed', async () => {
  expect((await portal.bind('12345')).status).toBe(400);
  expect((await portal.bind(ACCOUNT)).headers.etag).toBe('"v1"');
  const other = await portal.create(
    { contractSKUId: skuId('AWS'), serviceProviderId: 'SP-AWS', billToAccountId: 'account-of-AWS' },
    AWS,
  );
  const otherId = String(other.location?.split('/').at(-1));
  expect((await portal.bind(ACCOUNT, VENDOR, otherId)).body.code).toBe('AWS_ACCOUNT_TAKEN');
  expect((await portal.bind('222222222222')).headers.etag).toBe('"v2"');
  expect((await portal.bind(ACCOUNT, VENDOR, otherId)).status).toBe(200);
  const rental = await portal.create();
  const rentalId = String(rental.location?.split('/').at(-1));
  expect((await portal.bind('333333333333', VENDOR, rentalId)).body.code).toBe('CONTRACT_STATUS');
});

test.each<[string, object, Sender, string]>([
  [
    'AWS, with a regular organization',
    { serviceProviderId: 'SP-1' },
    AWS,
    'serviceProviderId must be an organization dedicated to AWS Resell',
  ],
  [
    'another aggregator',
    { billToAccountId: 'account-of-AGG-1' },
    { organizationId: 'AGG-1' },
    'contractSKUId must not be of AWS Resell: only AWS holds such contracts',
  ],
  [
    'AWS, of another family',
    { contractSKUId: skuId('RENTAL-1800'), serviceProviderId: 'SP-1' },
    AWS,
    'contractSKUId must be of AWS Resell: AWS holds no other contracts',
  ],
])('a contract of AWS Resell is of AWS and an organization of its own; refused: %s', async (_, over, sender, why) => {
  const asked = { contractSKUId: skuId('AWS'), serviceProviderId: 'SP-AWS', billToAccountId: 'account-of-AWS' };
  const refused = await refusalOf(portal.create({ ...asked, ...over }, sender));
  expect(refused).toMatchObject({ status: 400, message: `The request is not valid: ${why}` });
});

test('parties read their reports, others know of none, and nobody but the vendor sends them', async () => {
  await portal.bind(ACCOUNT);
  await portal.upload(ROWS);
  const params = { contractId: portal.contractId, usagePeriod: OCTOBER };
  const got = await portal.send('getProviderCostReport', { params }, DEDICATED);
  expect(got.body.services).toEqual([
    { code: 'AmazonEC2', name: 'AmazonEC2', amount: '7.50', bills: ['B-1'] },
    { code: 'AmazonS3', name: 'AmazonS3', amount: '0.01', bills: ['B-1'] },
    { code: 'TAX', name: 'Tax', amount: '1.43', bills: ['B-1'] },
  ]);
  const list = { params: { contractId: portal.contractId } };
  expect((await portal.send('listAggregatorCostReports', list, AWS)).body.total).toBe(1);
  expect((await portal.send('listVendorCostReports', list, VENDOR)).body.total).toBe(1);
  expect((await portal.send('getAggregatorCostReport', { params }, { organizationId: 'AGG-1' })).status).toBe(404);
  expect((await portal.send('getProviderCostReport', { params }, { organizationId: 'SP-1' })).status).toBe(404);
  expect(
    (
      await portal.send(
        'takeCostReport',
        { params, body: cur(ROWS) },
        { organizationId: 'VENDOR', roles: ['Read Only'] },
      )
    ).status,
  ).toBe(403);
  expect((await portal.send('takeCostReport', { params, body: cur(ROWS) }, AWS)).status).toBe(403);
});

test('nobody writes usage of it, submits it or sends it back by hand, and nobody is asked to', async () => {
  await portal.bind(ACCOUNT);
  const { id: orderId } = await portal.order();
  const line = { code: 'AmazonEC2', quantity: '1' };
  const written = await portal.send('addUsage', { params: { orderId }, body: line }, DEDICATED);
  expect(written.body.code).toBe('USAGE_NOT_EDITABLE');
  const submitted = await portal.send(
    'submitOrder',
    { params: { orderId }, body: { serviceProviderPurchaseOrder: 'X' } },
    DEDICATED,
  );
  expect(submitted.body.code).toBe('TRANSITION_NOT_ALLOWED');
  expect((await portal.send('listProviderTasks', {}, DEDICATED)).body.total).toBe(0);
  await portal.upload(ROWS);
  await portal.applied();
  const rejected = await portal.send('rejectOrder', { params: { orderId }, body: { comment: 'No' } }, VENDOR);
  expect(rejected.body.code).toBe('TRANSITION_NOT_ALLOWED');
});

test('a close closes it with the reference of AWS, without a number, outside the receivables', async () => {
  await portal.bind(ACCOUNT);
  await portal.upload(ROWS);
  await portal.applied();
  portal.clock.time = new Date('2026-11-10T02:00:00.000Z');
  await portal.openOrder(NOVEMBER);
  expect(await portal.runClose(OCTOBER, { dryRun: true })).toMatchObject({
    invoices: 0,
    external: 1,
    nothingToBill: 0,
    failed: [],
  });
  const report = await portal.runClose(OCTOBER);
  expect(report).toMatchObject({
    orders: 1,
    invoices: 0,
    external: 1,
    nothingToBill: 0,
    failed: [],
    totals: [],
    undelivered: [],
  });
  const order = await portal.order();
  expect(order).toMatchObject({ status: 'CLOSED', billed: { outcome: 'EXTERNAL', bills: ['B-1'] } });
  expect(order.billed).not.toHaveProperty('invoiceNumber');
  expect((await portal.send('getAggregatorAccount', {}, AWS)).body.balances).toEqual([]);

  const bill = (await portal.send('getProviderMonthlyBill', { params: { period: OCTOBER } }, DEDICATED)).body;
  expect(bill).toMatchObject({ totalPoints: '0', totalAmounts: [{ currency: 'USD', amount: '8.94' }] });
  const [contract = {}] = bill.contracts as Record<string, unknown>[];
  expect(contract).toMatchObject({ bills: ['B-1'], currency: 'USD', total: '8.94' });
  expect(contract).not.toHaveProperty('number');
  expect(
    (contract.lines as { productCode: string; points: string }[]).map(({ productCode, points }) => [
      productCode,
      points,
    ]),
  ).toEqual([
    ['AmazonEC2', '7.5'],
    ['AmazonS3', '0.01'],
    ['TAX', '1.43'],
  ]);
  expect((await portal.send('listAggregatorMonthlyStatements', {}, AWS)).body.total).toBe(0);
  const own = { params: { orderId: order.id } };
  expect((await portal.send('getProviderOrder', own, DEDICATED)).body).toMatchObject({ status: 'CLOSED' });
  expect((await portal.send('listProviderUsages', own, DEDICATED)).body.total).toBe(3);
});

test('a report that comes after is arrears of its month, up or down, with its own reference', async () => {
  await portal.bind(ACCOUNT);
  await portal.upload(ROWS);
  await portal.applied();
  await portal.openOrder(NOVEMBER);
  await portal.upload([
    { service: 'AmazonEC2', cost: '5.50', bill: 'B-2' },
    { service: 'AmazonRDS', cost: '3', bill: 'B-2' },
  ]);
  expect(await portal.applied()).toEqual(LINES);
  const late = [
    '2026-10 AmazonEC2 -2 B-2',
    '2026-10 AmazonRDS 3 B-2',
    '2026-10 AmazonS3 -0.01 B-1',
    '2026-10 TAX -1.43 B-1',
  ];
  expect(await portal.applied(NOVEMBER)).toEqual(late);
  portal.clock.time = new Date('2026-11-10T02:00:00.000Z');
  await portal.runClose(OCTOBER);
  portal.clock.time = new Date('2026-12-10T02:00:00.000Z');
  const { failed, external } = await portal.runClose(NOVEMBER);
  expect({ failed, external }).toEqual({ failed: [], external: 1 });
  const bill = (await portal.send('getProviderMonthlyBill', { params: { period: NOVEMBER } }, DEDICATED)).body;
  // 8.94 on October's bill and -0.44 here: the 8.50 that AWS says now.
  expect(bill.totalAmounts).toEqual([{ currency: 'USD', amount: '-0.44' }]);
});

test('without a report the cutoff closes the month with nothing, and the contract is not delinquent', async () => {
  portal.clock.time = new Date('2026-11-10T02:00:00.000Z');
  await portal.openOrder(NOVEMBER);
  const { external, nothingToBill } = await portal.runClose(OCTOBER);
  expect({ external, nothingToBill }).toEqual({ external: 0, nothingToBill: 1 });
  expect((await portal.portal.contracts.get(portal.contractId))?.contract.delinquent).toBe(false);
  await portal.bind(ACCOUNT);
  await portal.upload(ROWS);
  await portal.applied();
  expect(await portal.applied(NOVEMBER)).toEqual(LINES.map((line) => `2026-10 ${line}`));
});
