import { dateOf, type PlainDate } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { dueStep } from '../domain/customer-commitment/status.ts';
import { commitmentChanged } from './commitment-changed.ts';
import { committed } from './committed.ts';
import { contractOf } from './contract-of.ts';
import { hasEnded } from './ended-contract.ts';
import { inParallel } from './in-parallel.ts';
import { keptCommitments, presentContract } from './of-customers.ts';
import type { Change } from './ports/changes.ts';
import { DUE_SHARDS } from './ports/contracts.ts';
import type { Portal } from './ports/portal.ts';

export type MoveCommitmentsPortal = Pick<
  Portal,
  'clock' | 'units' | 'audit' | 'outbox' | 'contracts' | 'customerCommitments'
>;

const AT_ONCE = 8;

/**
 * Moves customer commitments on whose months have begun or are over, or whose contract has ended, one after the other as often as something is due
 * (domain.md §4 "End-customer commitment"). What a month is charged by doesn't wait for it.
 *
 * @param attempt does a piece of work and keeps what fails
 * @returns how many steps were done
 */
export async function moveDueCommitments(
  portal: MoveCommitmentsPortal,
  today: PlainDate,
  attempt: (what: string, work: () => Promise<void>) => Promise<void>,
): Promise<number> {
  let steps = 0;
  const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => shard);
  const due = await Promise.all(shards.map((shard) => Array.fromAsync(portal.customerCommitments.due(shard, today))));
  await inParallel(due.flat(), AT_ONCE, ({ contractId, id }) =>
    attempt(`commitment ${id ?? `of contract ${contractId}`}`, async () => {
      const all = id === undefined ? await commitmentsOf(portal, contractId) : [{ contractId, id }];
      for (const each of all) while (await moved(portal, each, today)) steps++;
      if (id === undefined) await portal.units.commit([portal.customerCommitments.endDone(contractId)]);
    }),
  );
  return steps;
}

const commitmentsOf = async (portal: MoveCommitmentsPortal, contractId: string) =>
  keptCommitments(portal, await contractOf(portal, contractId));

function moved(
  portal: MoveCommitmentsPortal,
  { contractId, id }: { contractId: string; id: string },
  today: PlainDate,
): Promise<boolean> {
  return committed(portal, 'The commitment', async () => {
    const [before, contract] = await Promise.all([
      portal.customerCommitments.get(contractId, id),
      contractOf(portal, contractId).then((contract) => presentContract(portal, contract)),
    ]);
    const step = before && dueStep(before, hasEnded(contract), today);
    if (!before || !step) return { changes: [], result: false };
    const { serviceProviderId: organizationId } = before;
    const move = { actor: 'SYSTEM', organizationId, now: portal.clock(), action: `${step.verb}CustomerCommitment` };
    return { changes: commitmentChanged(portal, before, { ...before, status: step.to }, move), result: true };
  });
}

/** That a contract's commitments end with it, to be committed with its end. */
export function commitmentsEnd(
  portal: Pick<Portal, 'customerCommitments'>,
  { id, hasCommitments }: Pick<Contract, 'id' | 'hasCommitments'>,
  now: Date,
): Change[] {
  return hasCommitments ? [portal.customerCommitments.contractEnded(id, dateOf(now))] : [];
}
