import type { BilledOrder } from '../../../lambdas/domain/billing-order/billing-order.ts';
import { expectedSummary } from '../../../lambdas/domain/billing-order/summary.ts';
import { period } from '../../../lambdas/domain/calendar/period.ts';
import { points, quantity } from '../../../lambdas/domain/numbers/amounts.ts';
import { usageLine } from '../../domain/support/builders.ts';
import { skuOf } from '../../domain/support/contracts.ts';
import {
  AGGREGATOR,
  EXAMPLE_LINES,
  type OrderPortal,
  openOrderPortal,
  PAYG_1800,
  PROVIDER,
  VENDOR,
} from '../../support/order-portal.ts';

let opened: OrderPortal;

beforeAll(async () => {
  opened = await openOrderPortal();
  const rental = await opened.addContract('rental', PAYG_1800);
  await opened.addOrder(rental, 'open', { lines: EXAMPLE_LINES, serviceProviderPurchaseOrder: 'VMW1' });
  await opened.addOrder(rental, 'nothing', { month: '2026-09', status: 'PENDING_AGGREGATOR' });
  await opened.addOrder(rental, 'cancelled', { month: '2026-07', status: 'CANCELLED' });
  await opened.addOrder(rental, 'adjusted', { month: '2026-08', billed: BILLED, revision: 2 });
  const custom = await opened.addContract('custom', skuOf('CUSTOM'), {}, Array(36).fill('10'));
  await opened.addOrder(custom, 'custom', { lines: [usageLine('c', '2.5', '2.9')] });
  const velo = await opened.addContract('velo', { ...skuOf('PAY-GO', '0', 'VELO'), code: 'VELO' });
  await opened.addOrder(velo, 'velo', { lines: [usageLine('v', '100', '1', { siteName: '' })] });
  const msp = await opened.addContract('msp', { ...skuOf('PAY-GO', '0', 'MSP'), code: 'MSP-PAYG' });
  await opened.addOrder(msp, 'msp', { lines: [usageLine('m', '100', '1')] });
  const unpriced = await opened.addContract('unpriced', skuOf('PAY-GO', '7'));
  await opened.addOrder(unpriced, 'unpriced');
  const foreign = await opened.addContract('foreign', PAYG_1800, { aggregatorId: 'AGG-2', serviceProviderId: 'SP-2' });
  await opened.addOrder(foreign, 'foreign');
});
afterAll(() => opened.close());

const BILLED: BilledOrder = {
  revision: 1,
  outcome: 'INVOICED',
  invoiceNumber: 'INV-2026-000007',
  closedTime: '2026-09-10T02:00:00.000Z',
  lineSet: '1',
  summary: expectedSummary(
    { reported: points('1830'), outsideCommit: points('0') },
    {
      sku: { code: 'X', contractType: 'PAY-GO', family: 'RENTAL' },
      minimumCommit: points('1800'),
      basis: { contractRevision: 1, listPrice: 1_000_000n, sellingPrice: 875_000n, discount: 125_000n } as never,
      currency: 'USD',
    },
  ),
};
const TOTALS = { minimumCommit: 1800, reported: 1830, overage: 30, underage: 0, total: 1830 };

test('an open order says what it would be billed with; prices are for the aggregator', async () => {
  const provider = await opened.of('getProviderOrder', 'open', PROVIDER);
  expect(provider).toMatchObject({ status: 200, headers: { etag: '"v1"' } });
  expect(provider.body).toEqual({
    id: 'open',
    contract: {
      id: 'rental',
      status: 'ACTIVE',
      contractReferenceNumber: 'EMEA-rental',
      contractSKU: {
        code: 'RENTAL-1800',
        contractType: 'PAY-GO',
        productFamily: { name: 'Rental Commercial', code: 'RENTAL', type: 'RENTAL' },
      },
      currency: 'USD',
    },
    usagePeriod: '2026-10',
    autoReportType: 'NONE',
    serviceProviderPurchaseOrder: 'VMW1',
    status: 'PENDING_SP',
    summary: TOTALS,
  });
  const aggregator = await opened.of('getAggregatorOrder', 'open', AGGREGATOR);
  expect(aggregator.body).toMatchObject({ billingOrderPreference: 'ONLINE' });
  expect(aggregator.body).not.toHaveProperty('vmwarePurchaseOrder');
  // Exact literals: a double would be written as 1610.4.
  expect(aggregator.text).toContain('"listPrice":1610.40,"sellingPrice":1610.40,"discount":0');
  expect((await opened.of('getVendorOrder', 'open', VENDOR)).body).toMatchObject({
    aggregatorId: 'AGG-1',
    serviceProviderId: 'SP-1',
    contractNumber: 'number-of-rental',
    revision: 1,
    summary: TOTALS,
  });
});

test.each([
  [
    'nothing',
    {
      minimumCommit: 1800,
      reported: 0,
      overage: 0,
      underage: 1800,
      total: 1800,
      listPrice: 1584,
      sellingPrice: 1584,
      discount: 0,
    },
  ],
  [
    'custom',
    {
      minimumCommit: 10,
      reported: 7.25,
      overage: 0,
      underage: 2.75,
      total: 10,
      listPrice: 10,
      sellingPrice: 8,
      discount: 20,
    },
  ],
  ['adjusted', { ...TOTALS, listPrice: 1830, sellingPrice: 1601.25, discount: 12.5 }],
])('the totals of the order "%s" are exact', async (id, summary) => {
  expect((await opened.of('getAggregatorOrder', id, AGGREGATOR)).body.summary).toEqual(summary);
});

test('while an adjustment is open the order shows its status with what was billed last', async () => {
  expect((await opened.of('getProviderOrder', 'adjusted', PROVIDER)).body).toMatchObject({
    status: 'PENDING_SP',
    orderNumber: 'INV-2026-000007',
    closedTime: '2026-09-10T02:00:00.000Z',
    summary: TOTALS,
  });
});

test('a summary has the fields that the family has and the caller may see', async () => {
  const fields = async (id: string) => {
    const [provider, aggregator] = await Promise.all([
      opened.of('getProviderOrder', id, PROVIDER),
      opened.of('getAggregatorOrder', id, AGGREGATOR),
    ]);
    return [provider, aggregator].map(({ body }) => Object.keys((body.summary as object) ?? {}));
  };
  const totals = ['minimumCommit', 'reported', 'overage', 'underage', 'total'];
  const prices = ['listPrice', 'sellingPrice', 'discount'];
  expect(await fields('open')).toEqual([totals, [...totals, ...prices]]);
  expect(await fields('velo')).toEqual([prices, prices]);
  expect(await fields('msp')).toEqual([
    [...totals, ...prices],
    [...totals, ...prices],
  ]);
  expect(await fields('cancelled')).toEqual([[], []]);
  expect(await fields('unpriced')).toEqual([[], []]);
});

test.each([
  ['usagePeriod==2026-10', 5],
  ['usagePeriod==2026-10;status==PENDING_SP', 5],
  ['usagePeriod==2026-10,usagePeriod==2026-09', 6],
  ['usagePeriod=lt=2026-09', 2],
  ['status==CANCELLED', 1],
  ['orderNumber==INV-2026-*', 1],
  ['billingOrderPreference==EDI', 0],
  ['contract.contractReferenceNumber==EMEA-rental', 4],
  ['contract.contractSKU.code==RENTAL-1800', 4],
  ['contract.contractSKU.contractType==CUSTOM', 1],
  ['contract.contractSKU.productFamily.name=="Rental Commercial"', 8],
  ['contract.contractSKU.productFamily.code==VELO', 1],
  ['contract.contractSKU.productFamily.type=in=(MSP,VELO)', 2],
])('an aggregator filters its orders by %s: %i of 8', async (filter, total) => {
  const { status, body } = await opened.send('listAggregatorOrders', { query: { filter } }, AGGREGATOR);
  expect([status, body.total]).toEqual([200, total]);
});

test('lists have what is the caller’s, sorted and in pages, and CSV', async () => {
  const ids = async (id: 'listAggregatorOrders' | 'listProviderOrders', query: Record<string, string>, sender = {}) => {
    const { body } = await opened.send(id, { query }, sender);
    return [(body.content as { id: string }[]).map((row) => row.id), body.total];
  };
  const sort = 'usagePeriod,-contract.contractReferenceNumber';
  const all = ['cancelled', 'adjusted', 'nothing', 'velo', 'unpriced', 'open', 'msp', 'custom'];
  expect(await ids('listAggregatorOrders', { sort }, AGGREGATOR)).toEqual([all, 8]);
  expect(await ids('listProviderOrders', { sort, limit: '3', offset: '2' }, PROVIDER)).toEqual([all.slice(2, 5), 8]);
  expect(await ids('listProviderOrders', {}, { organizationId: 'SP-2' })).toEqual([['foreign'], 1]);
  const csv = await opened.send(
    'listAggregatorOrders',
    { query: { filter: 'orderNumber==*' }, headers: { accept: 'text/csv' } },
    AGGREGATOR,
  );
  expect(csv.text?.split('\r\n')[0]).toMatch(/^id,contract.id,contract.status,.*summary.minimumCommit/);
  expect(csv.text).toContain('adjusted,rental,ACTIVE,EMEA-rental');
  const wrong = await opened.send('listProviderOrders', { query: { filter: 'billingOrderPreference==EDI' } }, PROVIDER);
  expect([wrong.status, wrong.body.code]).toEqual([400, 'BAD_REQUEST']);
});

test('the vendor lists a period over all aggregators, or an aggregator, but not everything', async () => {
  const list = (query: Record<string, string>) => opened.send('listVendorOrders', { query }, VENDOR);
  expect((await list({ usagePeriod: '2026-10' })).body.total).toBe(6);
  expect((await list({ filter: 'usagePeriod==2026-10;aggregator.prmId==prm-AGG-2' })).body.total).toBe(0);
  expect((await list({ aggregatorId: 'AGG-2' })).body).toMatchObject({ total: 1, content: [{ id: 'foreign' }] });
  expect((await list({ aggregatorId: 'AGG-1', usagePeriod: '2026-07' })).body.total).toBe(1);
  expect((await list({})).body).toMatchObject({ code: 'BAD_REQUEST', errors: [{ field: 'usagePeriod' }] });
});

test('an order of others is not there', async () => {
  for (const id of [
    'getProviderOrder',
    'listProviderUsages',
    'listProviderComments',
    'estimateProviderOrder',
  ] as const) {
    expect((await opened.of(id, 'foreign', PROVIDER)).body.code).toBe('NOT_FOUND');
  }
  for (const id of ['getAggregatorOrder', 'listAggregatorUsages', 'readAggregatorOrderHistory'] as const) {
    expect((await opened.of(id, 'foreign', AGGREGATOR)).body.code).toBe('NOT_FOUND');
  }
});

test('usage lines have their points, by tiers in canonical order, and only the fields of their family', async () => {
  const contract = await opened.addContract('tiered', PAYG_1800);
  const product = { productCode: 'P-TIERED', productName: 'Tiered product' };
  await opened.addOrder(contract, 'tiered', {
    lines: [
      usageLine('on-b', '80', '3', { ...product, siteName: 'B' }),
      usageLine('on-a', '80', '3', { ...product, siteName: 'A', comment: 'As ever', inMinCommit: false }),
      usageLine('least', '2', '1', {
        siteName: 'C',
        minQuantity: quantity('5'),
        clusterUsages: [{ clusterId: 'cluster-1', quantity: quantity('2') }],
      }),
    ],
  });
  const { body, text } = await opened.of('listProviderUsages', 'tiered', PROVIDER);
  expect(body).toEqual({
    content: [
      {
        id: 'on-a',
        code: 'P-TIERED',
        category: 'Compute',
        name: 'Tiered product',
        siteName: 'A',
        quantity: 80,
        ppu: 3,
        points: 240,
        uom: 'GB vRAM',
        metadata: {
          inMinCommit: false,
          comment: 'As ever',
          readOnly: false,
          priceDetail: {
            tieredPriceDetails: [{ unitRange: '0-100', ppu: 3, quantity: 80, split: 1, points: 240 }],
          },
        },
      },
      expect.objectContaining({
        id: 'on-b',
        points: 180,
        metadata: {
          inMinCommit: true,
          readOnly: false,
          priceDetail: {
            tieredPriceDetails: [
              { unitRange: '0-100', ppu: 3, quantity: 20, split: 1, points: 60 },
              { unitRange: '100-', ppu: 2, quantity: 60, split: 1, points: 120 },
            ],
          },
        },
      }),
      expect.objectContaining({
        id: 'least',
        quantity: 2,
        points: 5,
        metadata: {
          inMinCommit: true,
          minQuantity: 5,
          readOnly: false,
          clusterUsages: [{ clusterId: 'cluster-1', quantity: 2 }],
        },
      }),
    ],
    total: 3,
  });
  expect(text).not.toContain('customer');
  const [velo] = (await opened.of('listProviderUsages', 'velo', PROVIDER)).body.content as object[];
  expect(velo).toEqual({ id: 'v', code: 'P-v', name: 'Product v', quantity: 100, metadata: {} });
  const [msp] = (await opened.of('listAggregatorUsages', 'msp', AGGREGATOR)).body.content as object[];
  expect(msp).toEqual({ id: 'm', code: 'P-m', name: 'Product m', quantity: 100, metadata: { inMinCommit: true } });
});

test('usage lines are filtered by the published selectors, sorted by number, and read-only out of the provider’s hands', async () => {
  const list = async (query: Record<string, string>) => {
    const { body } = await opened.of('listVendorUsages', 'open', VENDOR, { query });
    return (body.content as { id: string }[]).map(({ id }) => id);
  };
  expect(await list({ filter: 'code==P-a' })).toEqual(['a']);
  expect(await list({ filter: 'name==Product*;quantity=ge=400' })).toEqual(['b']);
  expect(await list({ filter: 'category==*' })).toEqual([]);
  expect(await list({ sort: '-points', limit: '1' })).toEqual(['b']);
  const { body } = await opened.of('listProviderUsages', 'velo', PROVIDER);
  expect(body.total).toBe(1);
  const contract = await opened.addContract('reviewed', PAYG_1800);
  await opened.addOrder(contract, 'reviewed', { status: 'PENDING_AGGREGATOR', lines: EXAMPLE_LINES });
  const reviewed = (await opened.of('listProviderUsages', 'reviewed', PROVIDER)).body.content as {
    metadata: { readOnly: boolean };
  }[];
  expect(reviewed.map(({ metadata }) => metadata.readOnly)).toEqual([true, true]);
});

test('a tiered product’s ranges are filled by the usage of each month apart', async () => {
  const contract = await opened.addContract('tiers', PAYG_1800);
  const tiered = { productCode: 'P-TIERED' };
  await opened.addOrder(contract, 'tiers', {
    lines: [
      usageLine('own', '150', '3', tiered),
      usageLine('late', '80', '3', { ...tiered, usagePeriod: period('2026-09') }),
    ],
  });
  const { body } = await opened.of('listProviderUsages', 'tiers', PROVIDER);
  const counted = (body.content as { id: string; points: number }[]).map(({ id, points: count }) => [id, count]);
  expect(counted).toEqual([
    ['late', 240],
    ['own', 400],
  ]);
});

test('usage details show where a line comes from, what was there before, and arrears', async () => {
  const contract = await opened.addContract('edited', PAYG_1800);
  const original = { quantity: quantity('12'), siteName: 'A', customerNumber: '' };
  await opened.addOrder(contract, 'edited', {
    lines: [
      usageLine('late', '1', '1', { usagePeriod: '2026-09' as never, siteName: '', origin: 'METER' }),
      usageLine('edited', '10', '3', {
        siteName: 'B',
        origin: 'METER',
        prefilled: quantity('12'),
        edit: { reason: 'WRONG_SITE', userId: 'somebody', time: '2026-11-02T00:00:00.000Z', original },
      }),
    ],
  });
  const { body } = await opened.of('listAggregatorUsageDetails', 'edited', AGGREGATOR, { query: { sort: 'arrears' } });
  expect(body.content).toEqual([
    expect.objectContaining({
      id: 'edited',
      arrears: false,
      origin: 'METER',
      prefilled: '12',
      edit: {
        reason: 'WRONG_SITE',
        time: '2026-11-02T00:00:00.000Z',
        original: { quantity: '12', siteName: 'A', customerNumber: '' },
      },
    }),
    expect.objectContaining({ id: 'late', arrears: true, usagePeriod: '2026-09', origin: 'METER' }),
  ]);
  const edits = await opened.of('listProviderUsageDetails', 'edited', PROVIDER, {
    query: { filter: 'edit.reason==*' },
  });
  expect(edits.body.total).toBe(1);
});
