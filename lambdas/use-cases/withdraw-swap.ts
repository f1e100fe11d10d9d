import { dateOf } from '../domain/calendar/period.ts';
import { contractAfter } from '../domain/contract-request/contract-after.ts';
import type { ContractRequest } from '../domain/contract-request/request.ts';
import { CONTRACT_REQUEST_TRANSITIONS } from '../domain/contract-request/status.ts';
import { transition } from '../domain/transitions.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { contractMoved } from './contract-moved.ts';
import { PortalError } from './errors.ts';
import { ownContract } from './read-contracts.ts';
import { findSwap } from './read-swaps.ts';
import { requestRecorded } from './request-recorded.ts';
import type { RequestPortal } from './requested-change.ts';
import { swapDropped } from './swap-decided.ts';

/**
 * A service provider takes back that it wants another aggregator, before that has taken effect: the contract stays, the other
 * is never made.
 * @throws PortalError NOT_FOUND; TRANSITION_NOT_ALLOWED; CHANGED_MEANWHILE
 */
export function withdrawSwap(
  portal: RequestPortal,
  { caller, contractId, now, comment }: { caller: Caller; contractId: string; now: Date; comment?: string | undefined },
): Promise<void> {
  return committed(portal, 'The contract', async () => {
    await ownContract(portal, caller, 'swapAggregators', contractId);
    const { taken, request: before } = await findSwap(portal, caller, contractId);
    const moved = transition(CONTRACT_REQUEST_TRANSITIONS, before.status, 'withdraw', 'SERVICE_PROVIDER');
    if (!moved.ok) {
      const message = `The change of aggregator is ${before.status}: it can't be taken back then`;
      throw new PortalError('TRANSITION_NOT_ALLOWED', message);
    }
    const request: ContractRequest = { ...before, status: moved.to };
    const action = 'withdrawSwap';
    const move = { actor: caller.userId, now, action };
    const after = contractAfter(taken, 'CREATE', 'STOPPED', { by: 'SYSTEM', on: dateOf(now) });
    const changes = [
      portal.contractRequests.changed(request),
      ...requestRecorded(portal, request, before.version + 1, { ...move, from: before.status, reason: comment }),
      ...contractMoved(portal, after, { ...move, before: taken }),
      ...(await swapDropped(portal, before, move)),
    ];
    return { changes, result: undefined };
  });
}
