import type { UsageLine } from '../usage/usage-line.ts';

/** A contract that an item of a work group names; without sites, all of it. */
export type ScopedContract = { contractId: string; siteIds?: readonly string[] };

/**
 * What members of a work group see. Where an item names both contracts (or service providers) and end customers, both
 * have to fit; of the two ways to name contracts either does.
 */
export type WorkGroupItem = {
  contracts?: readonly ScopedContract[];
  /** Partner numbers of service providers all of whose contracts are meant; of aggregators' work groups. */
  serviceProviders?: readonly string[];
  /** Numbers of end customers; of service providers' work groups. */
  customers?: readonly string[];
};

/** Users who see a part of what is their organization's: access is given by any of its items (docs/decisions/0018). */
export type WorkGroup = {
  id: string;
  organizationId: string;
  name: string;
  items: readonly WorkGroupItem[];
  version: number;
};

/** An item with the contracts found that its service providers have; absent where it is for all contracts. */
type ViewItem = { contracts?: ReadonlyMap<string, readonly string[] | undefined>; customers?: readonly string[] };

/** What a caller sees of its organization; of the group All, there is none: everything. */
export type View = { groupId: string; items: readonly ViewItem[] };

/**
 * What members of a group see now.
 * @param contractsOf ids of the contracts of a service provider that is named by its partner number
 */
export function viewOf(group: WorkGroup, contractsOf: (prmId: string) => readonly string[]): View {
  return { groupId: group.id, items: group.items.map((item) => viewItem(item, contractsOf)) };
}

function viewItem(
  { contracts, serviceProviders, customers }: WorkGroupItem,
  contractsOf: (prmId: string) => readonly string[],
): ViewItem {
  const named = (contracts ?? []).map(({ contractId, siteIds }) => [contractId, siteIds] as const);
  const held = (serviceProviders ?? []).flatMap((prmId) => contractsOf(prmId).map((id) => [id, undefined] as const));
  const isScoped = contracts !== undefined || serviceProviders !== undefined;
  return { ...(isScoped && { contracts: new Map([...named, ...held]) }), ...(customers && { customers }) };
}

/** Whether any part of a contract is in a view. */
export function seesContract(view: View | undefined, contractId: string): boolean {
  return view === undefined || view.items.some(({ contracts }) => contracts?.has(contractId) ?? true);
}

/** Whether all of a contract is in a view: each of its sites and end customers. */
export function seesWholeContract(view: View | undefined, contractId: string): boolean {
  if (view === undefined) return true;
  return view.items.some(
    ({ contracts, customers }) =>
      customers === undefined && (contracts === undefined || (contracts.has(contractId) && !contracts.get(contractId))),
  );
}

/** Whether a usage line of a contract is in a view. */
export function seesLine(
  view: View | undefined,
  contractId: string,
  { siteId = '', customerNumber }: Pick<UsageLine, 'siteId' | 'customerNumber'>,
): boolean {
  if (view === undefined) return true;
  return view.items.some(({ contracts, customers }) => {
    if (customers && !customers.includes(customerNumber)) return false;
    if (contracts === undefined) return true;
    return contracts.has(contractId) && (contracts.get(contractId)?.includes(siteId) ?? true);
  });
}

/** Whether a usage site of a contract is in a view. */
export function seesSite(view: View | undefined, contractId: string, siteId: string): boolean {
  if (view === undefined) return true;
  return view.items.some(({ contracts }) => {
    if (contracts === undefined) return true;
    return contracts.has(contractId) && (contracts.get(contractId)?.includes(siteId) ?? true);
  });
}
