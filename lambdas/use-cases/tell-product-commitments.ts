import { type PlainDate, periodOf } from '../domain/calendar/period.ts';
import { dueMonth } from '../domain/product-commitment/product-commitment.ts';
import { committed } from './committed.ts';
import { inParallel } from './in-parallel.ts';
import { DUE_SHARDS } from './ports/contracts.ts';
import type { Portal } from './ports/portal.ts';
import { productCommitmentChanged } from './product-commitment-changed.ts';

export type TellCommitmentsPortal = Pick<
  Portal,
  'clock' | 'units' | 'audit' | 'outbox' | 'productCommitments' | 'meteredMonths'
>;

const AT_ONCE = 8;

/**
 * Has orders of months that have begun told of the product commitments they charge, and completes those that are over; months
 * in which nobody has looked are caught up with.
 *
 * @param attempt does a piece of work and keeps what fails
 * @returns how many steps were done
 */
export async function tellProductCommitments(
  portal: TellCommitmentsPortal,
  today: PlainDate,
  attempt: (what: string, work: () => Promise<void>) => Promise<void>,
): Promise<number> {
  let steps = 0;
  const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => shard);
  const due = await Promise.all(shards.map((shard) => Array.fromAsync(portal.productCommitments.due(shard, today))));
  await inParallel(due.flat(), AT_ONCE, ({ contractId, id }) =>
    attempt(`commitment ${id}`, async () => {
      while (await told(portal, contractId, id, today)) steps++;
    }),
  );
  return steps;
}

function told(portal: TellCommitmentsPortal, contractId: string, id: string, today: PlainDate): Promise<boolean> {
  return committed(portal, 'The commitment', async () => {
    const before = await portal.productCommitments.get(contractId, id);
    const due = before && dueMonth(before, periodOf(today));
    if (!before || !due) return { changes: [], result: false };
    const { serviceProviderId: organizationId } = before;
    const action = due.told === undefined ? 'completeProductCommitment' : 'chargeProductCommitment';
    const move = { actor: 'SYSTEM', organizationId, now: portal.clock(), action };
    const months = due.told === undefined ? [] : [due.told];
    return { changes: productCommitmentChanged(portal, before, due.after, move, months), result: true };
  });
}
