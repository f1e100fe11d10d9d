import type * as z from 'zod';
import type { BillingOrder } from '../../lambdas/domain/billing-order/billing-order.ts';
import type { OrderSummary } from '../../lambdas/domain/billing-order/summary.ts';
import { period, plainDate } from '../../lambdas/domain/calendar/period.ts';
import type { OrderableSku } from '../../lambdas/domain/catalogue/catalogue.ts';
import type { PriceList } from '../../lambdas/domain/catalogue/price-list.ts';
import type { Product } from '../../lambdas/domain/catalogue/product.ts';
import type { Contract, ContractRevision } from '../../lambdas/domain/contract/contract.ts';
import {
  type MinorUnits,
  percent,
  points,
  pointsPerUnit,
  quantity,
  split,
  unitPrice,
} from '../../lambdas/domain/numbers/amounts.ts';
import type { PrepaymentBalance, PrepaymentEntry } from '../../lambdas/domain/prepayment/ledger.ts';
import type { UsageLine } from '../../lambdas/domain/usage/usage-line.ts';
import * as catalogueMapping from '../../lambdas/stores/catalogue-mapping.ts';
import * as items from '../../lambdas/stores/items.ts';
import * as mapping from '../../lambdas/stores/mapping.ts';
import type { OrderComment } from '../../lambdas/use-cases/ports/order-comments.ts';

/** Expects a value to come back as it was stored: through JSON, as the database keeps no undefined members. */
function expectBack<Schema extends z.ZodType, Value>(
  schema: Schema,
  to: (value: Value) => z.infer<Schema>,
  from: (item: z.infer<Schema>) => Value,
  value: Value,
): void {
  expect(from(schema.parse(JSON.parse(JSON.stringify(to(value)))))).toStrictEqual(value);
}

const order: BillingOrder = {
  id: 'O-1',
  contractId: 'C-1',
  contractNumber: '40000001',
  serviceProviderId: 'SP-1',
  aggregatorId: 'AGG-1',
  usagePeriod: period('2026-10'),
  revision: 1,
  status: 'PENDING_SP',
  autoReportType: 'FIXED',
  serviceProviderPurchaseOrder: '',
  vendorPurchaseOrder: 'PO-7',
  billingOrderPreference: 'EDI',
  lineSet: '1',
  held: {
    lines: 3,
    quantity: quantity('1234567890.000001'),
    reported: points('0.0000000001'),
    outsideCommit: points('0'),
    arrearsPeriods: [period('2026-08')],
  },
  lastModifiedTime: '2026-11-09T10:00:00.000Z',
  version: 4,
};
const summary: OrderSummary = {
  minimumCommit: points('1800'),
  reported: points('1830.00000000000001'),
  overage: points('30.00000000000001'),
  underage: points('0'),
  total: points('1830.00000000000001'),
  listPrice: 183_000n as MinorUnits,
  sellingPrice: -161_040n as MinorUnits,
  discount: percent('12.3456'),
};
const billed = { revision: 1, lineSet: '1', closedTime: '2026-11-10T02:00:00.000Z', summary };

test.each<[string, BillingOrder]>([
  ['an open order', order],
  ['an order being billed', { ...order, sealedBy: '2026-10-1' }],
  ['an order of nothing', { ...order, zeroReported: true, firstClosedTime: '2026-11-10T02:00:00.000Z' }],
  [
    'a reviewed order',
    {
      ...order,
      variance: {
        reported: points('2400.00000000000001'),
        months: 6,
        from: period('2026-04'),
        to: period('2026-09'),
        sum: points('8820'),
        limit: percent('63.2653'),
        flagged: true,
      },
      ruleReview: { approvedBy: { id: 'rule-1', name: 'Untouched' }, reasons: ['Another: it is in USD'] },
    },
  ],
  ['an invoiced order', { ...order, billed: { ...billed, outcome: 'INVOICED', invoiceNumber: 'INV-2026-000001' } }],
  ['an order with nothing to bill', { ...order, billed: { ...billed, outcome: 'NOTHING_TO_BILL' } }],
])('%s comes back as it was stored', (_name, value) =>
  expectBack(items.BillingOrderItem, mapping.toOrderItem, mapping.fromOrderItem, value),
);

const line: UsageLine = {
  id: 'L-1',
  usagePeriod: period('2026-10'),
  siteName: 'Zürich',
  productCode: 'VCF-CORE',
  productName: 'Core',
  customerNumber: '',
  uom: 'core',
  quantity: quantity('-0.000001'),
  pointsPerUnit: pointsPerUnit('0.0125'),
  inMinCommit: true,
};

test.each<[string, UsageLine]>([
  ['a line', line],
  ['a line with a least quantity', { ...line, minQuantity: quantity('16'), inMinCommit: false }],
  [
    'a line that a person has corrected',
    {
      ...line,
      siteId: 'S-1',
      origin: 'METER',
      prefilled: quantity('7.5'),
      edit: {
        reason: 'WRONG_SITE',
        userId: 'U-1',
        time: '2026-11-04T10:00:00.000Z',
        original: { quantity: quantity('7.5'), siteName: 'Bern', customerNumber: '' },
      },
      comment: 'Moved',
      clusterUsages: [{ clusterId: 'c-1', quantity: quantity('7.5') }],
    },
  ],
  [
    'a line of a money family',
    {
      ...line,
      origin: 'FEED',
      price: { unitPrice: unitPrice('0.000123'), discount: percent('15'), currency: 'USD', from: 'SOURCE' },
      source: { subscriptionId: 'SUB-1', proformaNumber: 'P-1' },
    },
  ],
  [
    'a line that was added to an adjustment',
    { ...line, edit: { reason: 'LATE_USAGE', userId: 'U-1', time: '2026-11-04T10:00:00.000Z' } },
  ],
])('%s comes back as it was stored', (_name, value) =>
  expectBack(items.UsageLineItem, mapping.toLineItem, mapping.fromLineItem, value),
);

const contact = { email: 'ada@person.example', firstName: 'Ada', lastName: '' };
const contract: Contract = {
  id: 'C-1',
  contractNumber: '40000001',
  businessNumber: '1',
  contractReferenceNumber: 'AMER1RENTAL',
  serviceProviderId: 'SP-1',
  aggregatorId: 'AGG-1',
  status: 'ACTIVE',
  region: 'AMER',
  currency: 'JPY',
  contacts: { serviceProvider: contact, aggregator: contact, system: contact },
  bolDate: plainDate('2026-05-01'),
  termFrom: plainDate('2026-05-01'),
  graceTermMonths: 0,
  revision: 2,
  listing: {
    serviceProviderPrmId: '300001',
    aggregatorPrmId: '200001',
    billToAccountNumber: '10001',
    skuCode: 'VSPP3-1800-C',
    contractType: 'PAY-GO',
    familyType: 'RENTAL',
    familyCode: 'RENTAL',
    familyName: 'Rental Commercial',
  },
  billToAccountId: 'B-1',
  billingOrderPreference: 'ONLINE',
  vendorPurchaseOrder: 'PO-7',
  fillPurchaseOrderInMbo: true,
  tags: [],
  delinquent: false,
  requests: 0,
  version: 1,
  lastModifiedTime: '2026-05-01T00:00:00.000Z',
};

test.each<[string, Contract]>([
  ['an open-ended contract', contract],
  [
    'a prepaid contract with an end',
    {
      ...contract,
      eolDate: plainDate('2027-04-30'),
      termMonths: 12,
      triggerPoint: points('5500.00000000000001'),
      prepaid: points('6000'),
      delinquent: true,
    },
  ],
  [
    'a contract with everything',
    {
      ...contract,
      contacts: { ...contract.contacts, license: contact },
      spf: 'SPF1',
      entitlementAccount: '111111',
      threshold: points('900.5'),
      tags: ['gold', 'größer'],
      reviewOn: plainDate('2026-12-31'),
      settlement: { amount: 5n as MinorUnits, currency: 'JPY', period: period('2026-12') },
    },
  ],
])('%s comes back as it was stored', (_name, value) =>
  expectBack(items.ContractItem, mapping.toContractItem, mapping.fromContractItem, value),
);

test('a comment is stored as it was made', () => {
  const comment: OrderComment = {
    id: 'C-1',
    orderId: 'O-1',
    organizationId: 'AGG-1',
    userId: 'U-1',
    firstName: 'Ada',
    lastName: '',
    email: 'ada@person.example',
    createdTime: '2026-11-04T10:00:00.000Z',
    content: 'Two\nlines',
  };
  expectBack(
    items.OrderCommentItem,
    (same) => same,
    (same) => same,
    comment,
  );
});

const revision: ContractRevision = {
  contractId: 'C-1',
  revision: 1,
  from: plainDate('2026-05-01'),
  sku: { code: 'VSPP3-1800-C', contractType: 'PAY-GO', family: 'RENTAL', minimumPoints: points('1800') },
};
const locked = { listPrice: unitPrice('0.123456'), discount: percent('12.3456'), priceListVersion: 'USD-2026-05' };

test.each<[string, ContractRevision]>([
  ['a revision at the price list', revision],
  ['a revision with a locked price', { ...revision, minCommits: [points('500'), points('0')], locked }],
  [
    'a revision with a locked overage price and an end',
    {
      ...revision,
      until: plainDate('2026-12-31'),
      minCommits: [points('500.5')],
      locked: { ...locked, overagePrice: unitPrice('1.1') },
    },
  ],
])('%s comes back as it was stored', (_name, value) =>
  expectBack(items.ContractRevisionItem, mapping.toRevisionItem, mapping.fromRevisionItem, value),
);

const orderable: OrderableSku = {
  ...revision.sku,
  id: 'e4d8668b-3c1f-4a52-8d09-0ba60000002f',
  bolDate: period('2026-01'),
  termMonths: 12,
  discount: percent('0'),
  commitType: 'MONTHLY',
  commitValue: 0,
};

const product: Product = {
  id: '892ae1d0-6d4e-4f0a-a8e2-f04b00000005',
  code: 'VCF-CORE',
  name: 'Core',
  category: 'Compute',
  family: 'RENTAL',
  uom: 'core',
  pointsPerUnit: pointsPerUnit('7.5'),
};

test.each<[string, Product]>([
  ['a product', product],
  [
    'a product with tiers',
    {
      ...product,
      minQuantity: quantity('16'),
      tiers: [
        { from: quantity('0'), to: quantity('100.5'), pointsPerUnit: pointsPerUnit('7.5'), split: split('1') },
        { from: quantity('100.5'), pointsPerUnit: pointsPerUnit('0.0001'), split: split('0.3333') },
      ],
    },
  ],
])('%s comes back as it was stored', (_name, value) =>
  expectBack(items.ProductItem, catalogueMapping.toProductItem, catalogueMapping.fromProductItem, value),
);

test.each<[string, OrderableSku]>([
  ['a SKU', orderable],
  ['a SKU with an end', { ...orderable, eolDate: period('2030-10'), discount: percent('12.5') }],
])('%s comes back as it was stored', (_name, value) =>
  expectBack(items.OrderableSkuItem, catalogueMapping.toOrderableSkuItem, catalogueMapping.fromOrderableSkuItem, value),
);

test('a price list comes back as it was stored', () => {
  const value: PriceList = {
    currency: 'USD',
    version: 'USD-2026-01',
    validFrom: period('2026-01'),
    prices: {
      'VSPP3-1800-C': { listPrice: unitPrice('0.88') },
      'VSPP3-3600-C': { listPrice: unitPrice('0.000001'), overagePrice: unitPrice('132.5') },
    },
    productPrices: { 'HOST-I3': unitPrice('6.25') },
  };
  expectBack(items.PriceListItem, catalogueMapping.toPriceListItem, catalogueMapping.fromPriceListItem, value);
});

test('a prepayment entry and its balance come back as they were stored', () => {
  const entry: PrepaymentEntry = {
    contractId: 'C-1',
    sequence: 2,
    kind: 'DRAW',
    source: { id: 'O-1', revision: 1 },
    points: points('-499.99999999999999'),
    balanceAfter: points('5500.00000000000001'),
  };
  const balance: PrepaymentBalance = { contractId: 'C-1', points: entry.balanceAfter, sequence: 2 };
  expectBack(items.PrepaymentEntryItem, mapping.toEntryItem, mapping.fromEntryItem, entry);
  expectBack(items.PrepaymentBalanceItem, mapping.toBalanceItem, mapping.fromBalanceItem, balance);
});
