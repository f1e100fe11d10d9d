import { createHash } from 'node:crypto';
import * as z from 'zod';
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
import * as commitments from '../../lambdas/stores/items/commitments.ts';
import * as costReports from '../../lambdas/stores/items/cost-reports.ts';
import * as customers from '../../lambdas/stores/items/customers.ts';
import * as deals from '../../lambdas/stores/items/deals.ts';
import * as documentExports from '../../lambdas/stores/items/document-exports.ts';
import * as feedHeads from '../../lambdas/stores/items/feed-heads.ts';
import * as mailChoices from '../../lambdas/stores/items/mail-choices.ts';
import * as meteredOrders from '../../lambdas/stores/items/metered-orders.ts';
import * as notices from '../../lambdas/stores/items/notices.ts';
import * as oneOffOrders from '../../lambdas/stores/items/one-off-orders.ts';
import * as payments from '../../lambdas/stores/items/payments.ts';
import * as serviceDeliveries from '../../lambdas/stores/items/service-deliveries.ts';
import * as subscriptions from '../../lambdas/stores/items/subscriptions.ts';
import * as usageFiles from '../../lambdas/stores/items/usage-files.ts';
import * as usageMeters from '../../lambdas/stores/items/usage-meters.ts';
import * as veloOrders from '../../lambdas/stores/items/velo-orders.ts';
import * as webhooks from '../../lambdas/stores/items/webhooks.ts';
import * as commonItems from '../../lambdas/stores/items.ts';
import * as mapping from '../../lambdas/stores/mapping.ts';
import { stored } from '../../lambdas/stores/stored.ts';
import type { OrderComment } from '../../lambdas/use-cases/ports/order-comments.ts';

// Those of single tracks, exports, usage meters, one-off orders and webhooks stand apart: most functions don't carry them.
const items = {
  ...commonItems,
  ...commitments,
  ...costReports,
  ...customers,
  ...deals,
  ...documentExports,
  ...feedHeads,
  ...mailChoices,
  ...meteredOrders,
  ...notices,
  ...oneOffOrders,
  ...payments,
  ...serviceDeliveries,
  ...subscriptions,
  ...usageFiles,
  ...usageMeters,
  ...veloOrders,
  ...webhooks,
};

/**
 * The shape of every stored item, by the version it is stored under. A shape that changes gets a new schemaVersion and an
 * upcaster from the one before, and only then another hash here; before the first release, while nobody has stored any, the
 * hash alone.
 */
const SHAPES: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  1: {
    ApiTokenItem: '6c09398e029d60d7',
    AsideContractItem: 'f9ce5a9e80246d75',
    ApprovalRuleItem: '5fa68e3f3514fd6c',
    AuditItem: 'f974f315b45beb96',
    AwsAccountGuardItem: '79d7b7ddfdc2af45',
    AwsAccountItem: 'b24ad522bb24567f',
    BillToAccountItem: '96acdffa73d192bc',
    BillingOrderItem: '3084266bd4c26285',
    CatalogueHeadItem: 'e58d6a5e00268c3b',
    CloseRunItem: '304cccd8b98b2065',
    ContractCustomerItem: 'e3dfb947e9aa5cb6',
    ContractItem: '49b98b467f2d503b',
    ContractRequestItem: '0d9f08630186a110',
    ContractRevisionItem: '6dca97760b79082c',
    CustomerCommitmentItem: '310fa28f76f65432',
    CustomerUseItem: 'b4c3d70cd283a1ef',
    CustomerItem: 'c3437b985b097e84',
    DealItem: 'a79aba8c454e10cc',
    CostReportFileItem: '9f118d58305219e8',
    CostReportItem: '0bbbff0169147ff0',
    DeliveryItem: '102fc28f858e1f48',
    DocumentExportItem: '46175d34d9836bd3',
    ExportUnderwayItem: '85d708fc6f8d2000',
    FeedHeadItem: '2eecf9315d96e931',
    IdempotencyItem: '6adf21ae41f269ef',
    InvoiceItem: '1e27db20c314714c',
    LastClaimedItem: '0665c2688bebd90b',
    LicenseKeysItem: '3985565c072d679f',
    InvoicePaidItem: 'a728cd61dea58ee1',
    NoticeItem: '1af06f1b93eeef58',
    OneOffOrderItem: 'b9d8be6f6fd1d43f',
    OrderCommentItem: '575e0e729e1f1332',
    OrderableSkuItem: '645f5a54b3c7dabb',
    OrganizationItem: 'ff881413b10e4a0e',
    OutboxItem: 'da546128e07e3ecf',
    PartyDocumentItem: 'b47e4343fe140c56',
    PaymentEntryItem: '9e8e861f5cc7ac37',
    PaymentItem: '30f92e50a8c58b03',
    PeriodCloseItem: '272d211ec75c6248',
    PrepaymentBalanceItem: 'f8d8c900a770dd80',
    PrepaymentEntryItem: 'a4eed8ebe010853a',
    PriceListItem: '6156e63df022df73',
    ProductFamilyItem: '25b933cb4ac096da',
    ProductItem: '9b32446481ae24c7',
    RebateSheetItem: 'b5788b60ca48e929',
    ProductCommitmentItem: 'd367f02483dc564a',
    ReceivableItem: 'aec0fac4c13145f3',
    ReservationItem: 'a161f453e248a527',
    ReviewSettingsItem: 'e5857c4ac47d5b2f',
    RunPlaceItem: '2a81aad282ca8ca5',
    ServiceContractsItem: '0856d29b432ea59e',
    SkuItem: 'efc955ec2fa5a088',
    SubscriptionItem: 'ed787d9b5939825c',
    UsageFileItem: 'cb0009d8d3e41031',
    UsageLineItem: '4788db35b159b3c1',
    UsageRecordBatchItem: 'f79db5f41de22921',
    UsageSiteItem: '89f84dace9b9591b',
    SignInCodeItem: '996804bc4eaf6b8d',
    UserAddressItem: 'dfad87c6e409e415',
    AutomaticReportingItem: 'b572bcd029254ed8',
    ContractMeterItem: '068c8bc47fabfa7a',
    MailChoiceItem: 'c31071eea297d133',
    MeterInstanceItem: 'b99dbf4468da80e0',
    MeteredMonthDueItem: 'e8e8070f569502d8',
    MeteredMonthItem: '4f7d6f332eec8e27',
    MeteredOrderItem: 'ec2477f6eabd1d76',
    MeteredOrderPartItem: '68d4cc0d1f1a4a2c',
    ReadingsBatchItem: 'b38a3a9fa9f7d922',
    ReadingsHeadItem: '18e4b7a315939391',
    UsageMeterItem: 'caf55e2215cf14cf',
    UsageReportItem: '619226b89979ba93',
    DeliveryNumberItem: '3a7e5d794fe37b0a',
    ServiceDeliveryItem: 'a5ed244b33a07b9b',
    VeloOrderItem: '936b66faa0cf2d20',
    VeloOrderPlaceItem: 'd5a2502a73b6d88a',
    WebhookItem: 'e317496136b3fb1b',
    WorkGroupItem: '55578e8e240eee3a',
    UserItem: '0362dfa73092ccc7',
  },
};

/** A JSON Schema as text that does not depend on the order of its members, nor of its lists (required, enum, anyOf). */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}

const hashOf = (schema: z.ZodType): string =>
  createHash('sha256')
    .update(canonical(z.toJSONSchema(schema)))
    .digest('hex')
    .slice(0, 16);

const currentVersion = stored('ANY', { pk: 'pk', sk: 'sk' }, {}).schemaVersion as number;
const hashes = Object.fromEntries(Object.entries(items).map(([name, schema]) => [name, hashOf(schema)]));

test('no shape of a stored item has changed without a new schemaVersion', () => {
  expect(hashes).toEqual(SHAPES[currentVersion]);
});

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
