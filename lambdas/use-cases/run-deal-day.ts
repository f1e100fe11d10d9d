import { dateOf, type PlainDate } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { type Deal, dueOnDeal, movedDeal } from '../domain/deal/deal.ts';
import { type DealPortal, dealChanged } from './deal-changed.ts';
import { inParallel } from './in-parallel.ts';
import type { Portal } from './ports/portal.ts';

export type DealDayPortal = DealPortal & Pick<Portal, 'clock' | 'units' | 'contracts'>;

/** Deals closed; what failed is left for the next time, each with its cause. */
export type DealDayResult = { closed: number; failures: Error[] };

const AT_ONCE = 8;

const SAID = {
  leaveAggregator: { action: 'closeSwappedDeal', reason: 'The contract has gone to another aggregator' },
  endWithContract: { action: 'closeDealOfEndedContract', reason: 'The contract has ended' },
  expire: { action: 'expireDeal', reason: 'Its days are over' },
} as const;

/**
 * Closes open deals whose days are over or whose contract has ended, however long nobody has looked (domain.md §4 "Deal").
 * One deal's failure doesn't stop the others. Run again, or twice at once, it does nothing twice: open deals are found in an
 * index, what to do is decided by what is stored, and a deal that was changed meanwhile is left for the next time.
 */
export async function runDealDay(portal: DealDayPortal): Promise<DealDayResult> {
  const result: DealDayResult = { closed: 0, failures: [] };
  const now = portal.clock();
  const today = dateOf(now);
  const deals = await portal.deals.getMany(await portal.deals.open());
  const contracts = await portal.contracts.getMany([...new Set(deals.map(({ contractId }) => contractId))]);
  const byId = new Map(contracts.map(({ contract }) => [contract.id, contract]));
  await inParallel(deals, AT_ONCE, async (deal) => {
    try {
      if (await closeDue(portal, deal, byId.get(deal.contractId), { now, today })) result.closed++;
    } catch (error) {
      result.failures.push(new Error(`deal ${deal.id}: ${(error as Error).message}`, { cause: error }));
    }
  });
  return result;
}

async function closeDue(
  portal: DealDayPortal,
  deal: Deal,
  contract: Contract | undefined,
  { now, today }: { now: Date; today: PlainDate },
): Promise<boolean> {
  if (!contract) throw new Error(`its contract ${deal.contractId} does not exist`);
  const verb = dueOnDeal(deal, contract, today);
  if (!verb) return false;
  const moved = movedDeal(deal, verb, 'SYSTEM', today);
  if (!moved.ok) throw new Error(`it is ${moved.from}: ${verb} is not possible then`);
  const { aggregatorId } = deal;
  const move = { actor: 'SYSTEM', organizationId: aggregatorId, now, ...SAID[verb], told: [aggregatorId] };
  return (await portal.units.commit(dealChanged(portal, deal, moved.deal, move))).ok;
}
