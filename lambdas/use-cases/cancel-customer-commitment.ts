import { dateOf, type Period, periodOf } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import type { CustomerCommitment } from '../domain/customer-commitment/customer-commitment.ts';
import { CUSTOMER_COMMITMENT_TRANSITIONS } from '../domain/customer-commitment/status.ts';
import { transition } from '../domain/transitions.ts';
import type { Caller } from './caller.ts';
import { commitmentChanged } from './commitment-changed.ts';
import { committed } from './committed.ts';
import { hasEnded } from './ended-contract.ts';
import { PortalError } from './errors.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import { begunMonths } from './make-customer-commitment.ts';
import { presentContract } from './of-customers.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { type CommitmentPortal, ownCommitment } from './read-customer-commitments.ts';
import { contractStatusRefusal } from './requested-change.ts';

type CancelPortal = CommitmentPortal & Pick<Portal, 'units' | 'audit' | 'outbox' | 'contractMonths'>;

/** Who does what with which commitment, and what is said of it. */
export type CommitmentChange = {
  caller: Caller;
  contractId: string;
  commitmentId: string;
  now: Date;
  ifMatch: IfMatch;
  said?: string | undefined;
};

/**
 * Renames a commitment: nothing else of it is ever changed.
 * @throws PortalError NOT_FOUND; NOT_OF_THIS_FAMILY; VERSION_MISMATCH; CHANGED_MEANWHILE
 */
export function renameCustomerCommitment(
  portal: CancelPortal,
  change: CommitmentChange,
  name: string,
): Promise<{ commitment: CustomerCommitment; customerName: string }> {
  return committed(portal, 'The commitment', async () => {
    const found = await ownCommitment(portal, change.caller, 'keepCommitments', change);
    refuseOtherVersion(found.commitment.version, change.ifMatch);
    const after = { ...found.commitment, name };
    const changes = commitmentChanged(portal, found.commitment, after, moveOf(change, 'renameCustomerCommitment'));
    return { changes, result: { ...found, commitment: written(after, change.now) } };
  });
}

/**
 * Asks the vendor to cancel a commitment that is not billed in any month (domain.md §4 "End-customer commitment").
 * @throws PortalError NOT_FOUND; NOT_OF_THIS_FAMILY; VERSION_MISMATCH; CONTRACT_STATUS when the contract has ended;
 *   TRANSITION_NOT_ALLOWED when it is asked for already or the commitment is over; COMMITMENT_BILLED; CHANGED_MEANWHILE
 */
export function askToCancelCommitment(portal: CancelPortal, change: CommitmentChange): Promise<CustomerCommitment> {
  const { caller, now, said } = change;
  return committed(portal, 'The commitment', async () => {
    const { contract, commitment: before } = await ownCommitment(portal, caller, 'keepCommitments', change);
    refuseOtherVersion(before.version, change.ifMatch);
    if (hasEnded(contract)) throw contractStatusRefusal(contract);
    refuseUncancellable(before);
    if (before.cancellation?.status === 'PENDING_APPROVAL') {
      throw new PortalError('TRANSITION_NOT_ALLOWED', 'That it is cancelled is asked for already: the vendor decides');
    }
    const unbilled = await unbilledChanges(portal, contract, before, now);
    const requestedTime = now.toISOString();
    const after: CustomerCommitment = {
      ...before,
      cancellation: {
        status: 'PENDING_APPROVAL',
        requesterId: caller.userId,
        requestedTime,
        ...(said !== undefined && { reason: said }),
      },
    };
    const changes = [...commitmentChanged(portal, before, after, moveOf(change, 'askToCancelCommitment')), ...unbilled];
    return { changes, result: written(after, now) };
  });
}

/**
 * The vendor decides whether a commitment is cancelled, as its service provider has asked.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; TRANSITION_NOT_ALLOWED when nobody has asked for it; on approving
 *   CONTRACT_STATUS and COMMITMENT_BILLED, when it was billed in between; CHANGED_MEANWHILE
 */
export function decideCancellation(
  portal: CancelPortal,
  decision: 'approve' | 'reject',
  change: CommitmentChange,
): Promise<CustomerCommitment> {
  const { caller, now, said } = change;
  return committed(portal, 'The commitment', async () => {
    const { contract: asked, commitment: before } = await ownCommitment(portal, caller, 'decideCancellations', change);
    refuseOtherVersion(before.version, change.ifMatch);
    if (before.cancellation?.status !== 'PENDING_APPROVAL') {
      throw new PortalError('TRANSITION_NOT_ALLOWED', 'Nobody has asked for the commitment to be cancelled');
    }
    const cancellation = { ...before.cancellation, ...(said !== undefined && { comment: said }) };
    if (decision === 'reject') {
      const after: CustomerCommitment = { ...before, cancellation: { ...cancellation, status: 'REJECTED' } };
      const changes = commitmentChanged(portal, before, after, moveOf(change, 'rejectCancellation'));
      return { changes, result: written(after, now) };
    }
    const contract = await presentContract(portal, asked);
    if (hasEnded(contract)) throw contractStatusRefusal(contract);
    const status = refuseUncancellable(before);
    const after: CustomerCommitment = { ...before, status, cancellation: { ...cancellation, status: 'APPROVED' } };
    const changes = [
      ...commitmentChanged(portal, before, after, moveOf(change, 'approveCancellation')),
      ...(await unbilledChanges(portal, contract, before, now)),
      // An end of the contract at the same moment would have it fall due.
      portal.contracts.unchanged(contract),
    ];
    return { changes, result: written(after, now) };
  });
}

/** The state it is cancelled to. @throws PortalError TRANSITION_NOT_ALLOWED */
function refuseUncancellable({ status }: CustomerCommitment): CustomerCommitment['status'] {
  const moved = transition(CUSTOMER_COMMITMENT_TRANSITIONS, status, 'cancel', 'VENDOR');
  if (moved.ok) return moved.to;
  throw new PortalError('TRANSITION_NOT_ALLOWED', `The commitment is ${status}: it can't be cancelled then`);
}

/**
 * Changes that hold as long as no month of a commitment is billed, or being billed by terms that are fixed.
 * @throws PortalError COMMITMENT_BILLED
 */
async function unbilledChanges(
  portal: CancelPortal,
  contract: Contract,
  commitment: CustomerCommitment,
  now: Date,
): Promise<Change[]> {
  const begun = begunMonths(commitment, periodOf(dateOf(now)));
  const begins = periodOf(contract.bolDate);
  const earlier = begun.filter((of) => of < begins);
  const ofContracts = [
    ...(contract.takenFrom ?? []).map((id) => [id, earlier] as const),
    [contract.id, begun.filter((of) => of >= begins)] as const,
  ];
  const changes = ofContracts.map(([id, months]) => unbilledMonths(portal, id, months));
  return (await Promise.all(changes)).flat();
}

async function unbilledMonths(portal: CancelPortal, contractId: string, months: readonly Period[]): Promise<Change[]> {
  const states = await portal.contractMonths.states(contractId, months);
  return months.map((of) => {
    const state = states.get(of) ?? 'OPEN';
    if (state !== 'FROZEN') return portal.contractMonths.still(contractId, of, state);
    throw new PortalError('COMMITMENT_BILLED', `The commitment is billed in ${of}: only one that was not is cancelled`);
  });
}

const moveOf = ({ caller, now, said }: CommitmentChange, action: string) => ({
  actor: caller.userId,
  organizationId: caller.organizationId,
  now,
  action,
  reason: said,
});

const written = (commitment: CustomerCommitment, now: Date): CustomerCommitment => ({
  ...commitment,
  version: commitment.version + 1,
  lastModifiedTime: now.toISOString(),
});
