import { type Advice, adviseCommit, type ReportedMonth } from '../domain/charging/advise-commit.ts';
import type { Contract } from '../domain/contract/contract.ts';
import type { Caller } from './caller.ts';
import type { Portal } from './ports/portal.ts';
import { ownContract } from './read-contracts.ts';
import { type ReportedPortal, reportedMonths } from './reported-months.ts';

/** What the last months would have cost on each SKU that a contract could move to, and what was reported in them. */
export type ContractAdvice = Advice & { contract: Contract; months: readonly ReportedMonth[] };

/** @throws PortalError NOT_FOUND */
export async function adviseContract(
  portal: ReportedPortal & Pick<Portal, 'contracts' | 'catalogue'>,
  caller: Caller,
  contractId: string,
  now: Date,
): Promise<ContractAdvice> {
  const { contract, revisions } = await ownContract(portal, caller, 'readContractTerms', contractId);
  const [months, { skus }, priceLists] = await Promise.all([
    reportedMonths(portal, contractId, now),
    portal.catalogue.current(),
    portal.catalogue.priceLists(),
  ]);
  return { ...adviseCommit({ contract, revisions, months, skus, priceLists }), contract, months };
}
