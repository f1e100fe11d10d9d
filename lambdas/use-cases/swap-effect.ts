import { addDays, type Period, type PlainDate, periodOf, periodsFromTo } from '../domain/calendar/period.ts';
import { contractAfter } from '../domain/contract-request/contract-after.ts';
import type { ContractRequest } from '../domain/contract-request/request.ts';
import { isOpen } from '../domain/contract-request/status.ts';
import { applySwap, type SwapResult, type SwapSide } from '../domain/contract-request/swap.ts';
import { contractMoved } from './contract-moved.ts';
import { type EffectPortal, effectChanges } from './effect-changes.ts';
import { TerminalError } from './errors.ts';
import type { Change } from './ports/changes.ts';
import type { MonthState } from './ports/contract-months.ts';
import { openRequestsStopped } from './stop-requests.ts';
import { givenStays, isGivingUp } from './swap-decided.ts';

/** One of the two contracts, with all its requests and how its months stand. */
type Side = SwapSide & { requests: readonly ContractRequest[]; months: ReadonlyMap<Period, MonthState> };

/**
 * What is due when a contract goes from one aggregator to another, as changes of one transaction: the end there and the
 * beginning here, both or neither. Asked of either of the two.
 *
 * The commit is refused when one of them was changed meanwhile, and when one of the months they touch was frozen for one of
 * them: look again then.
 */
export async function swapEffect(
  portal: EffectPortal,
  request: ContractRequest,
  { now, today }: { now: Date; today: PlainDate },
): Promise<Change[]> {
  const own = await sideOf(portal, request.contractId, request.id, today);
  const other = await sideOf(portal, request.swapsWith?.contractId ?? '', request.swapsWith?.requestId ?? '', today);
  const [given, taken] = isGivingUp(request) ? [own, other] : [other, own];
  const frozen = [given, taken].flatMap(({ months }) =>
    [...months].filter(([, state]) => state === 'FROZEN').map(([period]) => period),
  );
  const { points: left } = await portal.prepayments.balance(given.contract.id);
  const result: SwapResult =
    left > 0n ? { ok: false, reason: 'CONTRACT_STATUS' } : applySwap(given, taken, { today, frozen });
  if (!result.ok)
    return nothingComesOfIt(portal, { given, taken }, left > 0n ? 'PREPAYMENT_LEFT' : result.reason, { now, today });
  const actor = 'SYSTEM';
  const others = given.requests.filter(({ id }) => id !== given.request.id);
  const stop = { actor, now, reason: `The contract was terminated by ${given.request.token}` };
  return [
    ...(await effectChanges(portal, result.given, { actor, now, months: given.months })),
    ...(await effectChanges(portal, result.taken, { actor, now, months: taken.months })),
    ...openRequestsStopped(portal, others, stop),
  ];
}

async function sideOf(portal: EffectPortal, contractId: string, requestId: string, today: PlainDate): Promise<Side> {
  const [found, requests] = await Promise.all([
    portal.contracts.get(contractId),
    portal.contractRequests.ofContract(contractId),
  ]);
  const request = requests.find(({ id }) => id === requestId);
  if (!found || !request) throw new TerminalError(`the other contract of its swap, ${contractId}, does not exist`);
  // An end acts on the day before its effective date too.
  const first = periodOf(addDays(request.effectiveDate, -1));
  const months = await portal.contractMonths.states(contractId, periodsFromTo(first, periodOf(today)));
  return { ...found, requests, request, months };
}

const REASONS = {
  NOT_DUE: 'The other request of the swap is not open any more',
  CONTRACT_STATUS: 'A contract of the swap has ended',
  NOTHING_LEFT: 'All the months it would have acted in are frozen',
  PREPAYMENT_LEFT: 'The contract has a prepaid balance again',
} as const;

/** Both requests are stopped: the one contract goes on, the other is never made. */
function nothingComesOfIt(
  portal: EffectPortal,
  { given, taken }: { given: Side; taken: Side },
  why: keyof typeof REASONS,
  { now, today }: { now: Date; today: PlainDate },
): Change[] {
  const reason = REASONS[why];
  const move = { actor: 'SYSTEM', now, reason };
  const rejected = contractAfter(taken.contract, 'CREATE', 'STOPPED', { by: 'SYSTEM', on: today });
  const { contract: before } = taken;
  return [
    ...givenStays(portal, given.contract, given.requests, { ...move, on: today }),
    ...(isOpen(taken.request.status) ? openRequestsStopped(portal, [taken.request], move) : []),
    ...(rejected.status === before.status
      ? []
      : contractMoved(portal, rejected, { ...move, action: 'stopRequest', before })),
  ];
}
