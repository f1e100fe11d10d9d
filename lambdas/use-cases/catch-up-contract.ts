import { addDays, type PlainDate, periodOf, periodsFromTo } from '../domain/calendar/period.ts';
import { applyRequest } from '../domain/contract-request/apply.ts';
import { contractAfter } from '../domain/contract-request/contract-after.ts';
import { nextDue } from '../domain/contract-request/next-due.ts';
import type { ContractRequest } from '../domain/contract-request/request.ts';
import { contractMoved } from './contract-moved.ts';
import { type EffectPortal, effectChanges } from './effect-changes.ts';
import { RetryableError, TerminalError } from './errors.ts';
import type { Change } from './ports/changes.ts';
import type { ContractWithRevisions } from './ports/contracts.ts';
import type { Portal } from './ports/portal.ts';
import { type ReviewPortal, reviewChanges } from './review-contract.ts';
import { openRequestsStopped } from './stop-requests.ts';
import { swapEffect } from './swap-effect.ts';

export type CatchUpPortal = EffectPortal & ReviewPortal & Pick<Portal, 'clock' | 'units'>;

/** Up to which day what is due is done, and the day it is done. */
export type CatchUpDays = { until: PlainDate; today: PlainDate };

// A contract changes state a few times in its life; years of it caught up with stay far below this.
const MOST_STEPS = 200;
const MOST_REFUSALS = 5;

/**
 * Does everything that is due on a contract up to a day, one step a transaction, in the order of the dates it was due on
 * (domain.md §3, §4). What to do is decided by what is stored, read strongly consistent; a step that somebody else has done
 * meanwhile, or whose month was frozen meanwhile, is refused and looked at again, so that it is done once however many do it
 * and never in a frozen month.
 *
 * @returns how many steps were done
 * @throws RetryableError when it keeps being refused: it is changed again and again; TerminalError when it does not exist
 */
export async function catchUpContract(portal: CatchUpPortal, contractId: string, days: CatchUpDays): Promise<number> {
  let refusals = 0;
  for (let done = 0; done < MOST_STEPS; ) {
    const [found, requests] = await Promise.all([
      portal.contracts.get(contractId),
      portal.contractRequests.ofContract(contractId),
    ]);
    if (!found) throw new TerminalError('it does not exist');
    const step = nextDue(found.contract, requests, days.until);
    if (!step) return done;
    const changes =
      step.kind === 'EFFECT'
        ? await effectOf(portal, found, requests, step.request, days.today)
        : await reviewChanges(portal, found.contract, requests, { on: step.on, today: days.today });
    const result = await portal.units.commit(changes);
    if (result.ok) {
      done++;
      refusals = 0;
    } else if (++refusals === MOST_REFUSALS) {
      const refused = result.refused.map(({ describes }) => describes).join(', ');
      throw new RetryableError(
        `what is due on it was refused ${MOST_REFUSALS} times, as this did not hold: ${refused}`,
      );
    }
  }
  throw new TerminalError(`it has more than ${MOST_STEPS} things due`);
}

async function effectOf(
  portal: CatchUpPortal,
  found: ContractWithRevisions,
  requests: readonly ContractRequest[],
  request: ContractRequest,
  today: PlainDate,
): Promise<Change[]> {
  const now = portal.clock();
  if (request.swapsWith) return swapEffect(portal, request, { now, today });
  const { contract, revisions } = found;
  // An end acts on the day before its effective date too.
  const first = periodOf(addDays(request.effectiveDate, -1));
  const months = await portal.contractMonths.states(contract.id, periodsFromTo(first, periodOf(today)));
  const frozen = [...months].filter(([, state]) => state === 'FROZEN').map(([period]) => period);
  const result = applyRequest(contract, revisions, request, { today, frozen });
  if (result.ok) {
    const others = requests.filter(({ id }) => result.effect.ended && id !== request.id);
    const stop = { actor: 'SYSTEM', now, reason: `The contract was terminated by ${request.token}` };
    return [
      ...(await effectChanges(portal, result.effect, { actor: 'SYSTEM', now, months })),
      ...openRequestsStopped(portal, others, stop),
    ];
  }
  if (result.reason !== 'NOTHING_LEFT') {
    const reason = `The contract is ${contract.status}: the request can't take effect`;
    return openRequestsStopped(portal, [request], { actor: 'SYSTEM', now, reason });
  }
  const reason = `It was due on ${request.effectiveDate}: all the months it would have acted in are frozen`;
  const after = contractAfter(contract, request.payload.type, 'STOPPED', { by: 'SYSTEM', on: today });
  const move = { actor: 'SYSTEM', now, action: 'stopRequest', before: contract, reason };
  return [
    ...openRequestsStopped(portal, [request], { actor: 'SYSTEM', now, reason }),
    ...(after.status === contract.status ? [] : contractMoved(portal, after, move)),
  ];
}
