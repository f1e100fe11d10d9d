import type { Period } from '../domain/calendar/period.ts';
import type { BillToAccount, Organization } from '../domain/organization/organization.ts';
import { sha256, workBytes } from './bytes.ts';
import { TerminalError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import type { ContractWithRevisions } from './ports/contracts.ts';
import type { Portal } from './ports/portal.ts';
import { type PlannedContract, type PlanParties, runFiles } from './run-files.ts';

// A batch of the Rate step reads the parties of its contracts: a file for all would be read whole by each.
const CONTRACTS_PER_FILE = 250;
const WRITES_AT_ONCE = 8;

/**
 * The parties of contracts as documents print them.
 * @throws TerminalError when the programme has no vendor
 */
export async function partiesOf(
  portal: Pick<Portal, 'organizations'>,
  found: readonly ContractWithRevisions[],
): Promise<PlanParties> {
  const aggregatorIds = [...new Set(found.map(({ contract }) => contract.aggregatorId))].sort();
  const providerIds = [...new Set(found.map(({ contract }) => contract.serviceProviderId))].sort();
  const [vendor, aggregators, providers, accounts] = await Promise.all([
    portal.organizations.vendor(),
    portal.organizations.getMany(aggregatorIds),
    portal.organizations.getMany(providerIds),
    Promise.all(aggregatorIds.map((id) => portal.organizations.billToAccounts(id))),
  ]);
  if (!vendor) throw new TerminalError('the programme has no vendor organization: create it before closing a period');
  return {
    vendor: partyOf(vendor),
    aggregators: byId(aggregators, partyOf),
    serviceProviders: byId(providers, partyOf),
    billTo: byId(accounts.flat(), billToOf),
  };
}

function byId<Entry extends { id: string }, Value>(entries: readonly Entry[], of: (entry: Entry) => Value) {
  const sorted = [...entries].sort((a, b) => (a.id < b.id ? -1 : 1));
  return Object.fromEntries(sorted.map((entry) => [entry.id, of(entry)]));
}

function partyOf({ prmId, ...organization }: Organization) {
  return printedAs(prmId, organization);
}

function billToOf({ accountNumber, taxRate, ...account }: BillToAccount) {
  return { ...printedAs(accountNumber, account), taxRate };
}

function printedAs(
  number: string,
  { name, address, countryRegion, taxId }: Pick<Organization, 'name' | 'address' | 'countryRegion' | 'taxId'>,
) {
  return { name, number, address: [...address], countryRegion, ...(taxId === undefined ? {} : { taxId }) };
}

/**
 * Stores the parties of planned contracts as they are now, in files of some contracts each.
 * @returns the contracts, whose orders name the file that holds their parties
 */
export async function storeParties(
  portal: Pick<Portal, 'workFiles'>,
  period: Period,
  contracts: readonly PlannedContract[],
  parties: PlanParties,
): Promise<PlannedContract[]> {
  const files = Array.from({ length: Math.ceil(contracts.length / CONTRACTS_PER_FILE) }, (_, file) =>
    contracts.slice(file * CONTRACTS_PER_FILE, (file + 1) * CONTRACTS_PER_FILE),
  );
  return (await inParallel(files, WRITES_AT_ONCE, (file) => withParties(portal, period, file, parties))).flat();
}

async function withParties(
  portal: Pick<Portal, 'workFiles'>,
  period: Period,
  contracts: readonly PlannedContract[],
  all: PlanParties,
): Promise<PlannedContract[]> {
  const named = (of: (contract: PlannedContract) => string) => new Set(contracts.map(of));
  const bytes = workBytes({
    vendor: all.vendor,
    aggregators: only(
      all.aggregators,
      named((contract) => contract.aggregatorId),
    ),
    serviceProviders: only(
      all.serviceProviders,
      named((contract) => contract.serviceProviderId),
    ),
    billTo: only(
      all.billTo,
      named((contract) => contract.billToAccountId),
    ),
  } satisfies PlanParties);
  const key = runFiles.planParties(period, sha256(bytes));
  await portal.workFiles.putOnce(key, bytes, 'application/json');
  return contracts.map((contract) => ({
    ...contract,
    orders: contract.orders.map((order) => ({ ...order, parties: key })),
  }));
}

function only<Value>(values: Readonly<Record<string, Value>>, ids: ReadonlySet<string>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).filter(([id]) => ids.has(id)));
}
