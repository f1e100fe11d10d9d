import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import type { OrderableSku } from '../domain/catalogue/catalogue.ts';
import { checkTiers } from '../domain/catalogue/check-tiers.ts';
import type { ProductFamily } from '../domain/catalogue/family.ts';
import type { PriceList } from '../domain/catalogue/price-list.ts';
import type { Product } from '../domain/catalogue/product.ts';
import type { Contract, ContractRevision } from '../domain/contract/contract.ts';
import type { ContractRequest } from '../domain/contract-request/request.ts';
import type { AwsAccount, CostReport } from '../domain/cost-report/cost-report.ts';
import type { Points } from '../domain/numbers/amounts.ts';
import type { BillToAccount, Organization, User } from '../domain/organization/organization.ts';
import { postToLedger } from '../domain/prepayment/ledger.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import { PortalError } from './errors.ts';
import { importCatalogue } from './import-catalogue.ts';
import { inParallel } from './in-parallel.ts';
import type { ApiToken } from './ports/access.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';

/** A contract as it is brought in, with the prepayment it starts with. */
export type ImportedContract = {
  contract: Contract;
  revisions: readonly ContractRevision[];
  /** PRE-PAY: points credited, and the id of the contract request they were paid with. */
  prepayment?: { points: Points; requestId: string };
};

/** An order with the usage that is reported so far; `held` of the order must be what the lines add up to. */
export type ImportedOrder = { order: BillingOrder; lines: readonly UsageLine[] };

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
  contractRequests?: readonly ContractRequest[];
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
  | 'contractRequests'
  | 'prepayments'
  | 'billingOrders'
  | 'costReports'
>;

const AT_ONCE = 8;

/**
 * Brings in a programme. What is there already stays as it is, so that an import that was interrupted can be run again.
 *
 * @throws PortalError BAD_REQUEST naming every product whose tiers are wrong; nothing is brought in then
 */
export async function importProgramme(portal: ImportPortal, programme: Programme): Promise<void> {
  refuseFaults(programme);
  await importCatalogue(portal, programme);
  await inParallel(commitsOf(portal, programme), AT_ONCE, (changes) => portal.units.commit(changes));
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
  for (const account of programme.awsAccounts ?? []) yield portal.costReports.accountBound(account, undefined);
  for (const report of programme.costReports ?? []) yield [portal.costReports.taken(report)];
  for (const request of programme.contractRequests ?? []) yield [portal.contractRequests.created(request)];
}

function contractChanges(portal: ImportPortal, { contract, revisions, prepayment }: ImportedContract): Change[] {
  const changes = portal.contracts.created(contract, revisions);
  if (!prepayment) return changes;
  const empty = { contractId: contract.id, points: 0n as Points, sequence: 0 };
  const source = { id: prepayment.requestId, revision: 1 };
  const posted = postToLedger(empty, { kind: 'CREDIT', source, points: prepayment.points });
  return posted.ok ? [...changes, ...portal.prepayments.posted(posted.entry, posted.balance)] : changes;
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
