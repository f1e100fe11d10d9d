import type { Period } from '../domain/calendar/period.ts';
import { rosterShard } from '../domain/close/roster.ts';
import type { Key } from './table.ts';

/**
 * Keys of the main table. docs/data-model.md lists the access patterns they serve; a key that isn't made here isn't in
 * the table.
 */
const two = (shard: number): string => String(shard).padStart(2, '0');

/** Shards that an owner's entries in an index are spread over. */
export const OWNER_SHARDS = 8;

/** The shard of an owner's index partition that an id falls in. */
export function ownerShard(id: string): number {
  return rosterShard(id) % OWNER_SHARDS;
}

export const keys = {
  organization: (id: string): Key => ({ pk: `ORGANIZATION#${id}`, sk: 'ORGANIZATION' }),
  vendor: (): Key => ({ pk: 'VENDOR', sk: 'VENDOR' }),
  billToAccount: (aggregatorId: string, id: string): Key => ({
    pk: `ORGANIZATION#${aggregatorId}`,
    sk: `BILL-TO#${id}`,
  }),
  reviewSettings: (aggregatorId: string): Key => ({ pk: `ORGANIZATION#${aggregatorId}`, sk: 'REVIEW#SETTINGS' }),
  approvalRule: (aggregatorId: string, id: string): Key => ({
    pk: `ORGANIZATION#${aggregatorId}`,
    sk: `REVIEW#RULE#${id}`,
  }),
  workGroup: (organizationId: string, id: string): Key => ({
    pk: `ORGANIZATION#${organizationId}`,
    sk: `WORK-GROUP#${id}`,
  }),
  webhook: (organizationId: string, id: string): Key => ({ pk: `ORGANIZATION#${organizationId}`, sk: `WEBHOOK#${id}` }),
  webhookHealth: (id: string): Key => ({ pk: `WEBHOOK#${id}`, sk: 'HEALTH' }),
  delivery: (webhookId: string, eventId: string): Key => ({ pk: `WEBHOOK#${webhookId}`, sk: `DELIVERY#${eventId}` }),
  mailChoice: (organizationId: string, userId: string): Key => ({
    pk: `ORGANIZATION#${organizationId}`,
    sk: `MAIL-CHOICE#${userId}`,
  }),
  partnerNumber: (prmId: string): Key => ({ pk: `PRM#${prmId}`, sk: 'ORGANIZATION' }),
  administrators: (organizationId: string): Key => ({ pk: `ORGANIZATION#${organizationId}`, sk: 'ADMINISTRATORS' }),
  userAddress: (addressHash: string, organizationId: string): Key => ({
    pk: `ADDRESS#${addressHash}`,
    sk: `ORGANIZATION#${organizationId}`,
  }),
  signInCode: (addressHash: string): Key => ({ pk: `ADDRESS#${addressHash}`, sk: 'CODE' }),
  user: (id: string): Key => ({ pk: `USER#${id}`, sk: 'USER' }),
  apiToken: (id: string): Key => ({ pk: `TOKEN#${id}`, sk: 'TOKEN' }),
  catalogueHead: (): Key => ({ pk: 'CATALOGUE', sk: 'HEAD' }),
  catalogueVersion: (load: string): string => `CATALOGUE#${load}`,
  productFamily: (load: string, code: string): Key => ({ pk: `CATALOGUE#${load}`, sk: `FAMILY#${code}` }),
  product: (load: string, code: string): Key => ({ pk: `CATALOGUE#${load}`, sk: `PRODUCT#${code}` }),
  sku: (load: string, code: string): Key => ({ pk: `CATALOGUE#${load}`, sk: `SKU#${code}` }),
  priceList: (currency: string, version: string): Key => ({ pk: 'CATALOGUE', sk: `PRICE-LIST#${currency}#${version}` }),
  contract: (id: string): Key => ({ pk: `CONTRACT#${id}`, sk: 'CONTRACT' }),
  contractRevision: (id: string, revision: number): Key => ({
    pk: `CONTRACT#${id}`,
    sk: `REVISION#${String(revision).padStart(4, '0')}`,
  }),
  contractNumber: (number: string): Key => ({ pk: `CONTRACT-NUMBER#${number}`, sk: 'CONTRACT-NUMBER' }),
  contractRequest: (contractId: string, id: string): Key => ({ pk: `CONTRACT#${contractId}`, sk: `REQUEST#${id}` }),
  arrears: (contractId: string, of: Period, orderId: string): Key => ({
    pk: `CONTRACT#${contractId}`,
    sk: `ARREARS#${of}#${orderId}`,
  }),
  oneOffOrder: (contractId: string, place: number): Key => ({
    pk: `CONTRACT#${contractId}`,
    sk: `ONE-OFF-ORDER#${String(place).padStart(6, '0')}`,
  }),
  subscription: (contractId: string, place: number): Key => ({
    pk: `CONTRACT#${contractId}`,
    sk: `SUBSCRIPTION#${String(place).padStart(6, '0')}`,
  }),
  serviceContracts: (serviceProviderId: string): Key => ({
    pk: `ORGANIZATION#${serviceProviderId}`,
    sk: 'SERVICE-CONTRACTS',
  }),
  feedHead: (contractId: string): Key => ({ pk: `CONTRACT#${contractId}`, sk: 'FEED' }),
  usageRecords: (contractId: string): string => `USAGE-RECORDS#${contractId}`,
  usageRecordBatch: (contractId: string, period: Period, hash: string): Key => ({
    pk: `USAGE-RECORDS#${contractId}`,
    sk: `BATCH#${period}#${hash}`,
  }),
  deal: (id: string): Key => ({ pk: `DEAL#${id}`, sk: 'DEAL' }),
  rebateSheet: (quarter: string): Key => ({ pk: 'REBATE-SHEETS', sk: `QUARTER#${quarter}` }),
  customer: (id: string): Key => ({ pk: `CUSTOMER#${id}`, sk: 'CUSTOMER' }),
  customerNumber: (number: string): Key => ({ pk: `CUSTOMER-NUMBER#${number}`, sk: 'CUSTOMER' }),
  contractCustomer: (contractId: string, customerId: string): Key => ({
    pk: `CONTRACT#${contractId}`,
    sk: `CUSTOMER#${customerId}`,
  }),
  productCommitment: (contractId: string, id: string): Key => ({
    pk: `CONTRACT#${contractId}`,
    sk: `PRODUCT-COMMITMENT#${id}`,
  }),
  customerUse: (contractId: string, period: Period): Key => ({
    pk: `CONTRACT#${contractId}`,
    sk: `USED#${period}`,
  }),
  commitmentsEnd: (contractId: string): Key => ({ pk: `CONTRACT#${contractId}`, sk: 'COMMITMENTS-END' }),
  customerCommitment: (contractId: string, id: string): Key => ({
    pk: `CONTRACT#${contractId}`,
    sk: `CUSTOMER-COMMITMENT#${id}`,
  }),
  serviceDelivery: (contractId: string, of: Period, number: string): Key => ({
    pk: `CONTRACT#${contractId}`,
    sk: `DELIVERY#${of}#${number}`,
  }),
  veloOrder: (contractId: string, id: string): Key => ({ pk: `CONTRACT#${contractId}`, sk: `VELO-ORDER#${id}` }),
  veloOrderPlace: (id: string): Key => ({ pk: `VELO-ORDER#${id}`, sk: 'VELO-ORDER' }),
  deliveryNumber: (number: string): Key => ({ pk: `DELIVERY-NUMBER#${number}`, sk: 'DELIVERY-NUMBER' }),
  licenseKeys: (orderId: string): Key => ({ pk: `LICENSE-KEYS#${orderId}`, sk: 'LICENSE-KEYS' }),
  usageSite: (contractId: string, id: string): Key => ({ pk: `CONTRACT#${contractId}`, sk: `SITE#${id}` }),
  usageMeter: (id: string): Key => ({ pk: `METER#${id}`, sk: 'METER' }),
  contractMeter: (contractId: string, meterId: string): Key => ({
    pk: `CONTRACT#${contractId}`,
    sk: `METER#${meterId}`,
  }),
  automaticReporting: (serviceProviderId: string): Key => ({
    pk: `ORGANIZATION#${serviceProviderId}`,
    sk: 'AUTOMATIC-REPORTING',
  }),
  meterInstance: (serviceProviderId: string, instanceId: string): Key => ({
    pk: `ORGANIZATION#${serviceProviderId}`,
    sk: `INSTANCE#${instanceId}`,
  }),
  readingsHead: (meterId: string, period: Period): Key => ({ pk: `READINGS#${meterId}#${period}`, sk: 'HEAD' }),
  readingsBatch: (meterId: string, period: Period, hash: string): Key => ({
    pk: `READINGS#${meterId}#${period}`,
    sk: `BATCH#${hash}`,
  }),
  meteredMonth: ({ contractId, period }: { contractId: string; period: Period }): Key => ({
    pk: `METERED#${contractId}#${period}`,
    sk: 'OUTCOME',
  }),
  meteredMonthDue: (
    { contractId, period }: { contractId: string; period: Period },
    cause: { kind: string; id: string },
  ): Key => ({ pk: `METERED#${contractId}#${period}`, sk: `DUE#${cause.kind}#${cause.id}` }),
  meteredOrder: (orderId: string): Key => ({ pk: `ORDER#${orderId}`, sk: 'METERED' }),
  meteredOrderPart: (orderId: string, part: number): Key => ({
    pk: `ORDER#${orderId}`,
    sk: `METERED#${String(part).padStart(3, '0')}`,
  }),
  usageReport: (serviceProviderId: string, period: Period): Key => ({
    pk: `USAGE-REPORTS#${serviceProviderId}`,
    sk: period,
  }),
  awsAccount: (contractId: string): Key => ({ pk: `CONTRACT#${contractId}`, sk: 'AWS-ACCOUNT' }),
  awsAccountGuard: (accountId: string): Key => ({ pk: `AWS-ACCOUNT#${accountId}`, sk: 'CONTRACT' }),
  costReport: (contractId: string, of: Period): Key => ({ pk: `CONTRACT#${contractId}`, sk: `COST-REPORT#${of}` }),
  costReportFile: (id: string): Key => ({ pk: `FILE#${id}`, sk: 'COST-REPORT' }),
  prepaymentBalance: (contractId: string): Key => ({ pk: `CONTRACT#${contractId}`, sk: 'BALANCE' }),
  prepaymentEntry: (contractId: string, sequence: number): Key => ({
    pk: `PREPAYMENT#${contractId}`,
    sk: `ENTRY#${String(sequence).padStart(8, '0')}`,
  }),
  prepaymentSource: (contractId: string, kind: string, source: { id: string; revision: number }): Key => ({
    pk: `PREPAYMENT#${contractId}`,
    sk: `SOURCE#${kind}#${source.id}#${source.revision}`,
  }),
  order: (id: string): Key => ({ pk: `ORDER#${id}`, sk: 'ORDER' }),
  /** Orders that the next close bills whatever their period. */
  waiting: (orderId: string): Key => ({ pk: `WAITING#${ownerShard(orderId)}`, sk: `ORDER#${orderId}` }),
  usageLine: (orderId: string, lineSet: string, lineId: string): Key => ({
    pk: `ORDER#${orderId}`,
    sk: `LINE#${lineSet}#${lineId}`,
  }),
  orderComment: (orderId: string, time: string, id: string): Key => ({
    pk: `ORDER#${orderId}`,
    sk: `COMMENT#${time}#${id}`,
  }),
  rosterHead: (period: Period, shard: number): Key => ({ pk: `PERIOD#${period}#${two(shard)}`, sk: 'HEAD' }),
  rosterRow: (period: Period, contractId: string): Key => ({
    pk: `PERIOD#${period}#${two(rosterShard(contractId))}`,
    sk: `CONTRACT#${contractId}`,
  }),
  asideContract: (period: Period, contractId: string): Key => ({
    pk: `PERIOD#${period}#${two(rosterShard(contractId))}`,
    sk: `ASIDE#${contractId}`,
  }),
  programmeDay: (): Key => ({ pk: 'PROGRAMME-DAY', sk: 'BEGUN' }),
  programmeDaySteps: (period: Period): Key => ({ pk: 'PROGRAMME-DAY', sk: `PERIOD#${period}` }),
  invoice: (number: string): Key => ({ pk: `INVOICE#${number}`, sk: 'INVOICE' }),
  invoicePaid: (number: string): Key => ({ pk: `INVOICE#${number}`, sk: 'PAID' }),
  payment: (number: string, reference: string): Key => ({ pk: `INVOICE#${number}`, sk: `PAYMENT#${reference}` }),
  paymentEntry: (number: string, kind: string, reference: string): Key => ({
    pk: `RECEIVABLES#${number}`,
    sk: `${kind}#${reference}`,
  }),
  receivables: (period: Period, shard: number): string => `RECEIVABLES#${period}#${two(shard)}`,
  seriesCounter: (series: string): Key => ({ pk: `SERIES#${series}`, sk: 'COUNTER' }),
  reservation: (series: string, run: string): Key => ({ pk: `SERIES#${series}`, sk: `RUN#${run}` }),
  openReservation: (series: string, run: string): Key => ({ pk: 'RESERVATIONS', sk: `${series}#${run}` }),
  periodClose: (period: Period): Key => ({ pk: 'CLOSES', sk: period }),
  closeRun: (period: Period, name: string): Key => ({ pk: `CLOSE#${period}`, sk: `RUN#${name}` }),
  runPlace: (period: Period, name: string): Key => ({ pk: `CLOSE#${period}`, sk: `PLACE#${name}` }),
  lastClaimed: (): Key => ({ pk: 'LAST-CLAIMED', sk: 'LAST-CLAIMED' }),
  dryRunCounter: (period: Period): Key => ({ pk: `CLOSE#${period}`, sk: 'DRY-RUNS' }),
  partyDocument: (recipientId: string, period: string, run: string): Key => ({
    pk: `SETTLED#${recipientId}`,
    sk: `${period}#${run}`,
  }),
  documentExport: (organizationId: string, id: string): Key => ({
    pk: `ORGANIZATION#${organizationId}`,
    sk: `EXPORT#${id}`,
  }),
  exportUnderway: (organizationId: string, userId: string): Key => ({
    pk: `ORGANIZATION#${organizationId}`,
    sk: `EXPORT-OF#${userId}`,
  }),
  usageFile: (id: string): Key => ({ pk: `FILE#${id}`, sk: 'FILE' }),
  audit: (subject: string, id: string): Key => ({ pk: `AUDIT#${subject}`, sk: id }),
  idempotency: (callerId: string, key: string): Key => ({ pk: `IDEMPOTENCY#${callerId}#${key}`, sk: 'IDEMPOTENCY' }),
  event: (id: string): Key => ({ pk: `EVENT#${id}`, sk: 'EVENT' }),
  notice: (id: string): Key => ({ pk: `NOTICE#${id}`, sk: 'NOTICE' }),
  notification: (run: string, kind: string, recipientId: string): Key => ({
    pk: `NOTIFICATION#${run}`,
    sk: `${kind}#${recipientId}`,
  }),
};
