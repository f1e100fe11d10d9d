import { dateOf, type PlainDate } from '../domain/calendar/period.ts';
import { type AdjustPortal, lapseAdjustment } from './adjust-order.ts';
import { type CatchUpPortal, catchUpContract } from './catch-up-contract.ts';
import { inParallel } from './in-parallel.ts';
import { issueOwedDocuments, type OwedDocumentPortal } from './issue-owed-document.ts';
import { DUE_SHARDS, type OwingRequest } from './ports/contracts.ts';
import { type TellPortal, tellParties } from './tell-parties.ts';

export type ContractDayPortal = AdjustPortal & CatchUpPortal & OwedDocumentPortal & TellPortal;

/** Steps done, documents issued and mails sent; what failed is left for the next time, each with its cause. */
export type ContractDayResult = { steps: number; documents: number; mails: number; failures: Error[] };

const CONTRACTS_AT_ONCE = 8;

/**
 * Does everything that is due on contracts up to now, however long nobody has looked: prepayments are invoiced or credited,
 * requests take effect on their dates, contracts are alerted on, expire and forfeit what is left, and their parties are told
 * (domain.md §3, §4, §5). One contract's failure doesn't stop the others. Run again, or twice at once, it does nothing twice:
 * what to do is found in indexes and decided by what is stored.
 */
export async function runContractDay(portal: ContractDayPortal): Promise<ContractDayResult> {
  const today = dateOf(portal.clock());
  const failures: Error[] = [];
  /** What each came to; a failure is named and kept. */
  async function each<Item>(
    items: readonly Item[],
    nameOf: (item: Item) => string,
    work: (item: Item) => Promise<number>,
  ) {
    const counts = await inParallel(items, CONTRACTS_AT_ONCE, async (item) => {
      try {
        return await work(item);
      } catch (error) {
        failures.push(new Error(`${nameOf(item)}: ${(error as Error).message}`, { cause: error }));
        return 0;
      }
    });
    return counts.reduce((sum, count) => sum + count, 0);
  }
  const issueOwed = async () =>
    each(
      await owingRequests(portal),
      ({ requestId }) => `documents of request ${requestId}`,
      async (request) => (await issueOwedDocuments(portal, request)).length,
    );

  const invoices = await issueOwed();
  const steps = await each(
    await dueContracts(portal, today),
    (contractId) => `contract ${contractId}`,
    (contractId) => catchUpContract(portal, contractId, today),
  );
  const lapsed = await each(
    await portal.billingOrders.lapsing(today),
    (orderId) => `adjustment of order ${orderId}`,
    async (orderId) => ((await lapseAdjustment(portal, orderId, portal.clock())) ? 1 : 0),
  );
  // A request that was stopped just now has its invoice credited.
  const creditNotes = await issueOwed();
  const mails = await each(
    await portal.notices.waiting(),
    ({ id }) => `notice ${id}`,
    (notice) => tellParties(portal, notice),
  );
  return { steps: steps + lapsed, documents: invoices + creditNotes, mails, failures };
}

const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => shard);

async function owingRequests(portal: ContractDayPortal): Promise<OwingRequest[]> {
  return (
    await Promise.all(shards.map((shard) => Array.fromAsync(portal.contractRequests.owingDocuments(shard))))
  ).flat();
}

/** Contracts that something is due on, each once. */
async function dueContracts(portal: ContractDayPortal, today: PlainDate): Promise<string[]> {
  const due = await Promise.all(
    shards.flatMap((shard) => [
      Array.fromAsync(portal.contracts.due(shard, today)),
      Array.fromAsync(portal.contractRequests.due(shard, today)),
    ]),
  );
  return [...new Set(due.flat().map(({ contractId }) => contractId))];
}
