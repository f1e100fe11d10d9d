import type { PlainDate } from '../domain/calendar/period.ts';
import type { Portal } from './ports/portal.ts';

/**
 * Ids of a shard's contracts that something is due on up to a day, or that owe a document, each once. From indexes that may
 * lag behind by a moment: what there is to do is decided by what is stored of the contract.
 */
export async function dueContracts(
  portal: Pick<Portal, 'contracts' | 'contractRequests'>,
  shard: number,
  until: PlainDate,
): Promise<Set<string>> {
  const { contracts, contractRequests } = portal;
  const ids = new Set<string>();
  for (const found of [
    contracts.due(shard, until),
    contractRequests.due(shard, until),
    contractRequests.owingDocuments(shard),
  ]) {
    for await (const { contractId } of found) ids.add(contractId);
  }
  return ids;
}
