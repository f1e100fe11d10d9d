import { createHash } from 'node:crypto';
import * as z from 'zod';
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
import { stored } from '../../lambdas/stores/stored.ts';

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
