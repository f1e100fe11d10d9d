import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import type { Period } from '../domain/calendar/period.ts';
import type { OrderableSku } from '../domain/catalogue/catalogue.ts';
import { checkTiers } from '../domain/catalogue/check-tiers.ts';
import type { ProductFamily } from '../domain/catalogue/family.ts';
import type { PriceList } from '../domain/catalogue/price-list.ts';
import type { Product } from '../domain/catalogue/product.ts';
import type { UsageRecord } from '../domain/cloud-usage/usage-record.ts';
import type { Contract, ContractRevision } from '../domain/contract/contract.ts';
import type { UsageSite } from '../domain/contract/usage-site.ts';
import type { ContractRequest } from '../domain/contract-request/request.ts';
import type { AwsAccount, CostReport } from '../domain/cost-report/cost-report.ts';
import type { ContractCustomer, Customer } from '../domain/customer/customer.ts';
import type { CustomerCommitment } from '../domain/customer-commitment/customer-commitment.ts';
import type { Deal } from '../domain/deal/deal.ts';
import type { Points } from '../domain/numbers/amounts.ts';
import type { BillToAccount, Organization, User } from '../domain/organization/organization.ts';
import { postToLedger } from '../domain/prepayment/ledger.ts';
import type { ProductCommitment } from '../domain/product-commitment/product-commitment.ts';
import type { RebateSheet } from '../domain/rebate/rebate-sheet.ts';
import type { ServiceDelivery } from '../domain/service-delivery/service-delivery.ts';
import type { Subscription } from '../domain/subscription/subscription.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import type { VeloOrder } from '../domain/velo-order/velo-order.ts';
import { PortalError } from './errors.ts';
import { importCatalogue } from './import-catalogue.ts';
import { inParallel } from './in-parallel.ts';
import type { ApiToken } from './ports/access.ts';
import type { Change } from './ports/changes.ts';
import type { Documents } from './ports/objects.ts';
import type { Portal } from './ports/portal.ts';
import type { SaidUse } from './ports/product-commitments.ts';
import { storedBatch } from './usage-record-batches.ts';

/** A contract as it is brought in, with the prepayment it starts with. */
export type ImportedContract = {
  contract: Contract;
  revisions: readonly ContractRevision[];
  /** PRE-PAY: points credited, and the id of the contract request they were paid with. */
  prepayment?: { points: Points; requestId: string };
};

/** An order with the usage that is reported so far; `held` of the order must be what the lines add up to. */
export type ImportedOrder = { order: BillingOrder; lines: readonly UsageLine[] };

/** Usage records of a contract's subscriptions, by month. */
export type ImportedRecords = {
  contractId: string;
  months: readonly { period: Period; records: readonly UsageRecord[] }[];
};
/** An end customer, and what the contracts it is of keep of it. */
export type ImportedCustomer = { customer: Customer; kept: readonly ContractCustomer[] };

/** A programme, or a part of one, from another system. */
export type Programme = {
  organizations?: readonly Organization[];
  billToAccounts?: readonly BillToAccount[];
  users?: readonly User[];
  apiTokens?: readonly ApiToken[];
  families?: readonly ProductFamily[];
  skus?: readonly OrderableSku[];
  products?: readonly Product[];
  priceLists?: readonly PriceList[];
  contracts?: Iterable<ImportedContract>;
  usageSites?: readonly UsageSite[];
  contractRequests?: readonly ContractRequest[];
  /** What usage of orders of cloud services follows from: their lines are to say the same. */
  subscriptions?: Iterable<Subscription>;
  usageRecords?: Iterable<ImportedRecords>;
  deals?: readonly Deal[];
  rebateSheets?: readonly RebateSheet[];
  customers?: Iterable<ImportedCustomer>;
  customerCommitments?: Iterable<CustomerCommitment>;
  productCommitments?: Iterable<ProductCommitment>;
  /** What orders of LPCaaS follow from, beside commitments: their lines are to say the same. */
  customerUse?: Iterable<SaidUse>;
  /** What usage of orders follows from: their lines are to say the same. */
  serviceDeliveries?: Iterable<ServiceDelivery>;
  veloOrders?: Iterable<VeloOrder>;
  orders?: Iterable<ImportedOrder> | AsyncIterable<ImportedOrder>;
  /** AWS Resell: accounts of contracts, and what AWS has said of their months. */
  awsAccounts?: readonly AwsAccount[];
  costReports?: readonly CostReport[];
};

export type ImportPortal = Pick<
  Portal,
  | 'units'
  | 'organizations'
  | 'catalogue'
  | 'users'
  | 'apiTokens'
  | 'contracts'
  | 'usageSites'
  | 'contractRequests'
  | 'deals'
  | 'rebateSheets'
  | 'prepayments'
  | 'billingOrders'
  | 'subscriptions'
  | 'usageRecords'
  | 'customers'
  | 'customerCommitments'
  | 'productCommitments'
  | 'serviceDeliveries'
  | 'veloOrders'
  | 'costReports'
> & { documents: Pick<Documents, 'putOnce'> };

const AT_ONCE = 8;
// Says nothing: when records came elsewhere isn't known.
const IMPORTED = '2000-01-01T00:00:00.000Z';

/**
 * Brings in a programme. What is there already stays as it is, so that an import that was interrupted can be run again.
 *
 * @throws PortalError BAD_REQUEST naming every product whose tiers are wrong; nothing is brought in then
 */
export async function importProgramme(portal: ImportPortal, programme: Programme): Promise<void> {
  refuseFaults(programme);
  await importCatalogue(portal, programme);
  await inParallel(commitsOf(portal, programme), AT_ONCE, (changes) => portal.units.commit(changes));
  for (const records of programme.usageRecords ?? []) await importRecords(portal, records);
  await importOrders(portal, programme.orders ?? []);
}

function refuseFaults(programme: Programme): void {
  const errors = (programme.products ?? []).flatMap(({ code, tiers }) =>
    (tiers ? checkTiers(tiers) : []).map((message) => ({ field: `products.${code}.tiers`, message })),
  );
  const [first] = errors;
  if (!first) return;
  const said = `The programme has ${errors.length} faults, first ${first.field}: ${first.message}`;
  throw new PortalError('BAD_REQUEST', said, errors);
}

/** What belongs together is stored together; made one by one, as a programme may have more contracts than fit in memory. */
function* commitsOf(portal: ImportPortal, programme: Programme): Generator<readonly Change[]> {
  const { organizations, catalogue, users, apiTokens } = portal;
  for (const organization of programme.organizations ?? []) yield organizations.created(organization);
  for (const account of programme.billToAccounts ?? []) yield [organizations.billToCreated(account)];
  for (const user of programme.users ?? []) yield users.created(user);
  for (const token of programme.apiTokens ?? []) yield [apiTokens.created(token)];
  for (const list of programme.priceLists ?? []) yield [catalogue.priceListCreated(list)];
  for (const contract of programme.contracts ?? []) yield contractChanges(portal, contract);
  for (const site of programme.usageSites ?? []) yield [portal.usageSites.created(site)];
  for (const subscription of programme.subscriptions ?? []) yield [portal.subscriptions.created(subscription)];
  for (const { customer, kept } of programme.customers ?? []) {
    yield [...portal.customers.created(customer), ...kept.map((each) => portal.customers.added(each))];
  }
  for (const each of programme.customerCommitments ?? []) yield [portal.customerCommitments.created(each)];
  for (const each of programme.productCommitments ?? []) yield [portal.productCommitments.created(each)];
  for (const said of programme.customerUse ?? []) yield [portal.productCommitments.useSaid(said)];
  for (const delivery of programme.serviceDeliveries ?? []) yield portal.serviceDeliveries.created(delivery);
  for (const order of programme.veloOrders ?? []) yield portal.veloOrders.created(order);
  for (const account of programme.awsAccounts ?? []) yield portal.costReports.accountBound(account, undefined);
  for (const report of programme.costReports ?? []) yield [portal.costReports.taken(report)];
  for (const request of programme.contractRequests ?? []) yield [portal.contractRequests.created(request)];
  for (const deal of programme.deals ?? []) yield [portal.deals.created(deal)];
  for (const sheet of programme.rebateSheets ?? []) yield [portal.rebateSheets.changed(sheet)];
}

function contractChanges(portal: ImportPortal, { contract, revisions, prepayment }: ImportedContract): Change[] {
  const changes = portal.contracts.created(contract, revisions);
  if (!prepayment) return changes;
  const empty = { contractId: contract.id, points: 0n as Points, sequence: 0 };
  const source = { id: prepayment.requestId, revision: 1 };
  const posted = postToLedger(empty, { kind: 'CREDIT', source, points: prepayment.points });
  return posted.ok ? [...changes, ...portal.prepayments.posted(posted.entry, posted.balance)] : changes;
}

/** Batches first: they are registered all or none. */
async function importRecords(portal: ImportPortal, { contractId, months }: ImportedRecords): Promise<void> {
  const batches = await Promise.all(
    months.map(({ period, records }) => storedBatch(portal, { contractId, period, records, time: IMPORTED })),
  );
  await portal.units.commit(batches.map((batch) => portal.usageRecords.registered(contractId, batch)));
}

/** Lines first: an order is there with all of its usage or not at all. */
async function importOrders(portal: ImportPortal, orders: NonNullable<Programme['orders']>): Promise<void> {
  let waiting: ImportedOrder[] = [];
  const flush = async () => {
    await inParallel(waiting, AT_ONCE, async ({ order, lines }) => {
      await portal.billingOrders.putLines(order.id, order.lineSet, lines);
      await portal.units.commit(portal.billingOrders.created(order));
    });
    waiting = [];
  };
  for await (const imported of orders) {
    waiting.push(imported);
    if (waiting.length === 10 * AT_ONCE) await flush();
  }
  await flush();
}
