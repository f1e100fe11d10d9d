import { moveOrder } from '../domain/billing-order/move.ts';
import { addMonths, type Period } from '../domain/calendar/period.ts';
import { rosterShard } from '../domain/close/roster.ts';
import { hasBillingOrder } from '../domain/contract/order-months.ts';
import { committed } from './committed.ts';
import { TerminalError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import { newOrder, orderCreated } from './new-order.ts';
import { orderChanged } from './order-changed.ts';
import type { RosterRow } from './ports/billing-orders.ts';
import type { Portal } from './ports/portal.ts';

export type BeginPortal = Pick<
  Portal,
  'clock' | 'units' | 'audit' | 'outbox' | 'contracts' | 'billingOrders' | 'programmeDays'
>;

/** Contracts whose effects could not be caught up with, by id, with the reason. */
export type HeldContracts = ReadonlyMap<string, string>;

/** What beginning a period came to; what failed stops nothing else. */
export type Begun = { opened: number; made: number; failures: Error[] };

// Creations share a shard's head, so they go one after the other; openings share nothing.
const OPENED_AT_ONCE = 4;
// A period that was closed while nobody made its orders hides what goes on after it; a year of such months is enough.
const MOST_FROZEN = 12;

/**
 * Begins a period in one shard of the roster: the period before is over, so its orders are opened, and every contract of its
 * roster with a day in this period gets its order of it (domain.md §3). What activation, renewal and other effects make by
 * themselves meets this without gap or double: an order that is there is left alone, and once a period is over an effect that
 * takes it for the running one is refused and decided anew. Done again, or twice at once, it does nothing twice.
 *
 * @param held contracts whose effects could not be caught up with, with the reason: they wait, and the shard with them
 * @param final whether the shard is marked as begun when nothing fails, so that nobody looks at it again: only where the
 *   period before has begun in it
 */
export async function beginShard(
  portal: BeginPortal,
  period: Period,
  shard: number,
  { held, final }: { held: HeldContracts; final: boolean },
): Promise<Begun> {
  const before = addMonths(period, -1);
  const failures: Error[] = [];
  if ((await portal.programmeDays.head(period, shard)).begun) return { opened: 0, made: 0, failures };
  const { frozen } = await portal.programmeDays.over(before, shard, portal.clock());
  const roster = await rosterOf(portal, before, shard);
  const behind = frozen ? await behindFrozen(portal, before, shard) : [];
  const opened = await openOrders(portal, roster, failures);
  const made = await makeOrders(portal, period, shard, [...roster, ...behind], held, failures);
  if (final && failures.length === 0) await portal.programmeDays.begun(period, shard, portal.clock());
  return { opened, made, failures };
}

export async function rosterOf(
  portal: Pick<Portal, 'billingOrders'>,
  period: Period,
  shard: number,
): Promise<RosterRow[]> {
  return Array.fromAsync(portal.billingOrders.roster(period, shard));
}

async function openOrders(portal: BeginPortal, roster: readonly RosterRow[], failures: Error[]): Promise<number> {
  const orders = await portal.billingOrders.getMany(roster.map(({ orderId }) => orderId));
  const waiting = orders.filter(({ status }) => status === 'NOT_OPEN');
  const counts = await inParallel(waiting, OPENED_AT_ONCE, async ({ id, contractNumber, usagePeriod }) => {
    try {
      return await openOrder(portal, id);
    } catch (error) {
      failures.push(failureOf(`order of contract ${contractNumber} for ${usagePeriod}`, error));
      return 0;
    }
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Opens an order, unless it has moved on meanwhile; answers how many were opened. */
function openOrder(portal: BeginPortal, orderId: string): Promise<number> {
  return committed(portal, `order ${orderId}`, async () => {
    const [order] = await portal.billingOrders.getMany([orderId]);
    if (!order) throw new TerminalError('it does not exist');
    const moved = moveOrder(order, 'open', 'SYSTEM');
    if (!moved.ok) return { changes: [], result: 0 };
    const { serviceProviderId: organizationId, usagePeriod } = order;
    const reason = `${usagePeriod} has ended`;
    const said = { actor: 'SYSTEM', organizationId, now: portal.clock(), action: 'open', reason };
    return { changes: orderChanged(portal, order, { ...order, status: moved.to }, said), result: 1 };
  });
}

async function makeOrders(
  portal: BeginPortal,
  period: Period,
  shard: number,
  before: readonly RosterRow[],
  held: HeldContracts,
  failures: Error[],
): Promise<number> {
  if (before.length === 0) return 0;
  const there = new Set((await rosterOf(portal, period, shard)).map(({ contractId }) => contractId));
  const candidates = new Set(before.map(({ contractId }) => contractId));
  const missing = [...candidates].filter((contractId) => !there.has(contractId));
  for (const contractId of missing) {
    const reason = held.get(contractId);
    if (reason !== undefined) failures.push(new Error(`order of contract ${contractId} for ${period}: ${reason}`));
  }
  const { made, failures: failed } = await makeMissing(
    portal,
    period,
    missing.filter((contractId) => !held.has(contractId)),
  );
  failures.push(...failed);
  return made.length;
}

/** Contracts known from before a frozen period: they may lack its order for good, and go on all the same. */
async function behindFrozen(portal: BeginPortal, period: Period, shard: number): Promise<RosterRow[]> {
  const rows: RosterRow[] = [];
  for (let back = 1; back <= MOST_FROZEN; back++) {
    const earlier = addMonths(period, -back);
    rows.push(...(await rosterOf(portal, earlier, shard)));
    if (!(await portal.programmeDays.head(earlier, shard)).frozen) break;
  }
  return rows;
}

/** Numbers of the contracts whose order was made, or can't be made any more. */
type MadeOrders = { made: string[]; frozen: string[]; failures: Error[] };

/**
 * Makes the orders of a period that contracts lack, where they have a day in it. In a frozen period that is impossible for
 * good: the check of the period tells of it (check-orders.ts), here it is passed over.
 */
export async function makeMissing(
  portal: BeginPortal,
  period: Period,
  contractIds: readonly string[],
): Promise<MadeOrders> {
  const made: string[] = [];
  const frozen: string[] = [];
  const failures: Error[] = [];
  for (const { contract } of await portal.contracts.getMany(contractIds)) {
    if (!hasBillingOrder(contract, period)) continue;
    const { id, contractNumber } = contract;
    const what = `order of contract ${contractNumber} for ${period}`;
    try {
      const result = await portal.units.commit(
        orderCreated(portal, newOrder(contract, period, portal.clock()), portal.clock()),
      );
      if (result.ok) made.push(contractNumber);
      else if ((await portal.billingOrders.ofContract(id, [period])).length > 0) continue;
      else if (await isFrozen(portal, id, period)) frozen.push(contractNumber);
      else
        failures.push(
          new Error(`${what}: ${result.refused.map(({ describes }) => describes).join(', ')} did not hold`),
        );
    } catch (error) {
      failures.push(failureOf(what, error));
    }
  }
  return { made, frozen, failures };
}

const isFrozen = async (portal: BeginPortal, contractId: string, period: Period): Promise<boolean> =>
  (await portal.programmeDays.head(period, rosterShard(contractId))).frozen;

export function failureOf(what: string, error: unknown): Error {
  return new Error(`${what}: ${(error as Error).message}`, { cause: error });
}
