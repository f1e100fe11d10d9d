import { dateOf } from '../domain/calendar/period.ts';
import { type AdjustPortal, lapseAdjustment } from './adjust-order.ts';
import { type BringUpPortal, type BroughtUp, bringContractUp } from './bring-contract-up.ts';
import { dueContracts } from './due-contracts.ts';
import { inParallel } from './in-parallel.ts';
import { type MoveCommitmentsPortal, moveDueCommitments } from './move-due-commitments.ts';
import { DUE_SHARDS } from './ports/contracts.ts';
import { type TellPortal, tellParties } from './tell-parties.ts';
import { type TellCommitmentsPortal, tellProductCommitments } from './tell-product-commitments.ts';

export type ContractDayPortal = AdjustPortal &
  BringUpPortal &
  MoveCommitmentsPortal &
  TellCommitmentsPortal &
  TellPortal;

/** Steps done, documents issued and mails sent; what failed is left for the next time, each with its cause. */
export type ContractDayResult = BroughtUp & { mails: number };

const AT_ONCE = 8;

/**
 * Does everything that is due on contracts up to now, however long nobody has looked: prepayments are invoiced or credited,
 * requests take effect on their dates, contracts are alerted on, expire and forfeit what is left, and their parties are told
 * (domain.md §3, §4, §5). Commitments of end customers begin and are completed after that. One contract's failure doesn't stop the others. Run again, or twice at once, it does nothing twice:
 * what to do is found in indexes and decided by what is stored.
 */
export async function runContractDay(portal: ContractDayPortal): Promise<ContractDayResult> {
  const today = dateOf(portal.clock());
  const result: ContractDayResult = { steps: 0, documents: 0, mails: 0, failures: [] };
  const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => shard);
  const due = await Promise.all(shards.map((shard) => dueContracts(portal, shard, today)));
  const contractIds = new Set(due.flatMap((ids) => [...ids]));
  await inParallel(contractIds, AT_ONCE, async (contractId) => {
    const { steps, documents, failures } = await bringContractUp(portal, contractId, { until: today, today });
    result.steps += steps;
    result.documents += documents;
    result.failures.push(...failures);
  });
  async function attempt(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      result.failures.push(new Error(`${what}: ${(error as Error).message}`, { cause: error }));
    }
  }
  result.steps += await moveDueCommitments(portal, today, attempt);
  result.steps += await tellProductCommitments(portal, today, attempt);
  await inParallel(await portal.billingOrders.lapsing(today), AT_ONCE, (orderId) =>
    attempt(`adjustment of order ${orderId}`, async () => {
      if (await lapseAdjustment(portal, orderId, portal.clock())) result.steps++;
    }),
  );
  await inParallel(await portal.notices.waiting(), AT_ONCE, (notice) =>
    attempt(`notice ${notice.id}`, async () => {
      const sent = await tellParties(portal, notice);
      result.mails += sent;
    }),
  );
  return result;
}
