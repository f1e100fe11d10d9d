import { dateOf } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { deactivated } from '../domain/contract/deactivate.ts';
import type { Caller } from './caller.ts';
import { changedMeanwhile } from './changed-meanwhile.ts';
import { contractMoved } from './contract-moved.ts';
import { PortalError } from './errors.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import { commitmentsEnd } from './move-due-commitments.ts';
import type { Portal } from './ports/portal.ts';
import { openRequestsStopped } from './stop-requests.ts';

/** Who of the vendor deactivates which contract, and why. */
export type Deactivation = { caller: Caller; contractId: string; reason: string; now: Date; ifMatch?: IfMatch };

/**
 * The vendor ends a contract at once; its open requests are stopped (domain.md §4 "Contract").
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; TRANSITION_NOT_ALLOWED; CHANGED_MEANWHILE
 */
export async function deactivateContract(
  portal: Portal,
  { caller, contractId, reason, now, ifMatch }: Deactivation,
): Promise<Contract> {
  const [found, requests] = await Promise.all([
    portal.contracts.get(contractId),
    portal.contractRequests.ofContract(contractId),
  ]);
  if (!found) throw new PortalError('NOT_FOUND', `There is no contract ${contractId}`);
  const { contract } = found;
  refuseOtherVersion(contract.version, ifMatch);
  const result = deactivated(contract, dateOf(now));
  if (!result.ok) {
    throw new PortalError('TRANSITION_NOT_ALLOWED', `The contract is ${contract.status}: it can't be deactivated then`);
  }
  const { userId: actor } = caller;
  const committed = await portal.units.commit([
    ...contractMoved(portal, result.contract, {
      actor,
      now,
      action: 'deactivateContract',
      before: contract,
      reason,
    }),
    ...commitmentsEnd(portal, contract, now),
    ...openRequestsStopped(portal, requests, { actor, now, reason: 'The contract was deactivated' }),
  ]);
  if (!committed.ok) throw changedMeanwhile('The contract');
  return { ...result.contract, version: contract.version + 1, lastModifiedTime: now.toISOString() };
}
