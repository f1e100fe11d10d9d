import { dateOf, type Period, periodOf } from '../domain/calendar/period.ts';
import { isPointsFamily } from '../domain/catalogue/family.ts';
import type { PriceList } from '../domain/catalogue/price-list.ts';
import { listedPrice } from '../domain/catalogue/price-list.ts';
import type { Contract, ContractRevision } from '../domain/contract/contract.ts';
import { discounted, type UnitPrice } from '../domain/numbers/amounts.ts';
import type { BillToAccount, Organization } from '../domain/organization/organization.ts';
import type { ActionName } from '../manifest/actions.ts';
import type { Caller } from './caller.ts';
import { AGGREGATOR_CONTRACT_LIST, PROVIDER_CONTRACT_LIST } from './lists/contract-list.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import type { ContractWithRevisions } from './ports/contracts.ts';
import type { Portal } from './ports/portal.ts';
import { seenBy } from './scope.ts';

export type ReadContractsPortal = Pick<Portal, 'contracts' | 'organizations' | 'catalogue'>;

/** A contract as its service provider may see it. */
export type ProviderContract = { contract: Contract; aggregator: Organization };

/** A contract as its aggregator sees it. */
export type AggregatorContract = {
  contract: Contract;
  /** The terms in force; absent while it isn't active. */
  revision?: ContractRevision;
  serviceProvider: Organization;
  billToAccount?: BillToAccount;
  /** What a point costs this month: points families only. */
  sellingPrice?: UnitPrice;
};

/**
 * The contract of that id with its revisions, if the caller may know of it.
 * @throws PortalError NOT_FOUND
 */
export async function ownContract(
  portal: Pick<Portal, 'contracts'>,
  caller: Caller,
  action: ActionName,
  contractId: string,
): Promise<ContractWithRevisions> {
  const found = await portal.contracts.get(contractId);
  const contract = seenBy(caller, action, found?.contract, noContract(contractId));
  return { contract, revisions: found?.revisions ?? [] };
}

/** What a caller is told who may not know of a contract. */
export const noContract = (contractId: string): string => `There is no contract ${contractId}`;

/** Contracts that the caller's organization holds. @throws PortalError BAD_REQUEST */
export async function listAggregatorContracts(
  portal: ReadContractsPortal,
  { organizationId }: Caller,
  query: ListQuery,
  now: Date,
): Promise<Page<AggregatorContract>> {
  const page = compileList(AGGREGATOR_CONTRACT_LIST, query);
  const { content, total } = page(await portal.contracts.ofAggregator(organizationId));
  const found = await inOrder(portal, content);
  const own = found.filter(({ contract }) => contract.aggregatorId === organizationId);
  return { content: await withCommercialParts(portal, own, organizationId, now), total };
}

/** Contracts that the caller's organization uses. @throws PortalError BAD_REQUEST */
export async function listProviderContracts(
  portal: ReadContractsPortal,
  { organizationId }: Caller,
  query: ListQuery,
): Promise<Page<ProviderContract>> {
  const page = compileList(PROVIDER_CONTRACT_LIST, query);
  const { content, total } = page(await portal.contracts.ofServiceProvider(organizationId));
  const found = await inOrder(portal, content);
  const own = found.filter(({ contract }) => contract.serviceProviderId === organizationId);
  return { content: await withAggregators(portal, own), total };
}

/** @throws PortalError NOT_FOUND */
export async function findAggregatorContract(
  portal: ReadContractsPortal,
  caller: Caller,
  contractId: string,
  now: Date,
): Promise<AggregatorContract> {
  const found = await ownContract(portal, caller, 'readContracts', contractId);
  const [detailed] = await withCommercialParts(portal, [found], caller.organizationId, now);
  return detailed as AggregatorContract;
}

/** @throws PortalError NOT_FOUND */
export async function findProviderContract(
  portal: ReadContractsPortal,
  caller: Caller,
  contractId: string,
): Promise<ProviderContract> {
  const found = await ownContract(portal, caller, 'readContracts', contractId);
  const [detailed] = await withAggregators(portal, [found]);
  return detailed as ProviderContract;
}

async function inOrder(portal: ReadContractsPortal, rows: readonly { id: string }[]): Promise<ContractWithRevisions[]> {
  const found = await portal.contracts.getMany(rows.map(({ id }) => id));
  const byId = new Map(found.map((each) => [each.contract.id, each]));
  return rows.flatMap(({ id }) => byId.get(id) ?? []);
}

async function withAggregators(
  portal: ReadContractsPortal,
  found: readonly ContractWithRevisions[],
): Promise<ProviderContract[]> {
  const partyOf = await partiesOf(
    portal,
    found.map(({ contract }) => contract.aggregatorId),
  );
  return found.map(({ contract }) => ({ contract, aggregator: partyOf(contract.aggregatorId) }));
}

async function withCommercialParts(
  portal: ReadContractsPortal,
  found: readonly ContractWithRevisions[],
  aggregatorId: string,
  now: Date,
): Promise<AggregatorContract[]> {
  if (found.length === 0) return [];
  const [partyOf, accounts, priceLists] = await Promise.all([
    partiesOf(
      portal,
      found.map(({ contract }) => contract.serviceProviderId),
    ),
    portal.organizations.billToAccounts(aggregatorId),
    portal.catalogue.priceLists(),
  ]);
  const month = periodOf(dateOf(now));
  return found.map(({ contract, revisions }) => {
    const revision = revisions.find((each) => each.revision === contract.revision);
    const billToAccount = accounts.find(({ id }) => id === contract.billToAccountId);
    const sellingPrice = revision && priceOfPoint(contract, revision, priceLists, month);
    return {
      contract,
      serviceProvider: partyOf(contract.serviceProviderId),
      ...(revision && { revision }),
      ...(billToAccount && { billToAccount }),
      ...(sellingPrice !== undefined && { sellingPrice }),
    };
  });
}

/** What a point costs in a month, discount included; undefined where nothing is charged by points. */
function priceOfPoint(
  { currency }: Contract,
  { sku, locked }: ContractRevision,
  priceLists: readonly PriceList[],
  month: Period,
): UnitPrice | undefined {
  if (!isPointsFamily(sku.family)) return undefined;
  if (locked) return discounted(locked.listPrice, locked.discount);
  return listedPrice(priceLists, sku, currency, month)?.listPrice;
}

async function partiesOf(portal: ReadContractsPortal, ids: readonly string[]): Promise<(id: string) => Organization> {
  const parties = new Map((await portal.organizations.getMany([...new Set(ids)])).map((each) => [each.id, each]));
  return (id) => {
    const party = parties.get(id);
    if (!party) throw new Error(`organization ${id} of a contract does not exist`);
    return party;
  };
}
