import { addMonths, firstDay, lastDay, type Period } from '../domain/calendar/period.ts';
import { ROSTER_SHARDS } from '../domain/close/roster.ts';
import { type BeginPortal, type HeldContracts, makeMissing, rosterOf } from './begin-period.ts';
import { inParallel } from './in-parallel.ts';
import type { ContractRow } from './ports/contracts.ts';
import type { Portal } from './ports/portal.ts';

export type CheckPortal = BeginPortal & Pick<Portal, 'organizations'>;

const SHARDS_AT_ONCE = 16;
const MOST_GRACE_MONTHS = 3;
const NEVER_ACTIVE: ReadonlySet<string> = new Set(['DRAFT', 'CREATE_IN_PROCESS', 'REJECTED']);

/**
 * Compares a period that is over with the contracts there are: billable contracts = MBOs (domain.md §3). The contracts come
 * from the lists of the aggregators, which may lag by a moment, so this finds what was lost and decides nothing: an order is
 * made on the word of the contract itself. Each contract that lacked its order is a failure to be looked into, whether the
 * order could be made now or, in a frozen period, can't any more.
 *
 * @param held contracts that wait for what is due on them
 */
export async function checkOrders(
  portal: CheckPortal,
  period: Period,
  held: HeldContracts,
): Promise<{ made: number; failures: Error[] }> {
  const shards = Array.from({ length: ROSTER_SHARDS }, (_, shard) => shard);
  const rows = await inParallel(shards, SHARDS_AT_ONCE, (shard) => rosterOf(portal, period, shard));
  const there = new Set(rows.flat().map(({ contractId }) => contractId));
  const lacks = (row: ContractRow) => mayHaveOrder(row, period) && !there.has(row.id) && !held.has(row.id);
  const failures: Error[] = [];
  let made = 0;
  const aggregators = (await portal.organizations.rows()).filter(({ type }) => type === 'AGGREGATOR');
  for (const { id } of aggregators) {
    const lacking = (await portal.contracts.ofAggregator(id)).filter(lacks).map((row) => row.id);
    const result = await makeMissing(portal, period, lacking);
    const found = (contractNumber: string, said: string) =>
      new Error(`contract ${contractNumber} had no order for ${period}, which is over: ${said}`);
    made += result.made.length;
    failures.push(
      ...result.failures,
      ...result.made.map((contractNumber) => found(contractNumber, 'it has one now')),
      ...result.frozen.map((contractNumber) => found(contractNumber, 'the period is frozen, so it is not billed')),
    );
  }
  return { made, failures };
}

/** Whether a contract may have a day in a period, as far as its row tells: grace goes on for some months after its end. */
function mayHaveOrder({ status, bolDate, eolDate }: ContractRow, period: Period): boolean {
  if (NEVER_ACTIVE.has(status) || bolDate > lastDay(period)) return false;
  return eolDate === undefined || eolDate >= firstDay(addMonths(period, -MOST_GRACE_MONTHS));
}
