import { dateOf } from '../domain/calendar/period.ts';
import type { Settlement } from '../domain/contract/settlement.ts';
import { checkSettlement, type SettlementAsked } from '../domain/contract-request/check-settlement.ts';
import { contractAfter } from '../domain/contract-request/contract-after.ts';
import { decided } from '../domain/contract-request/decide.ts';
import type { ContractRequest, VendorDecision } from '../domain/contract-request/request.ts';
import { approvalFault } from '../domain/contract-request/rules.ts';
import { formatMoney } from '../domain/numbers/currency.ts';
import type { Caller } from './caller.ts';
import { changedMeanwhile } from './changed-meanwhile.ts';
import { programmeFacts } from './contract-context.ts';
import { contractMoved } from './contract-moved.ts';
import { contractOf } from './contract-of.ts';
import { PortalError } from './errors.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { requestRecorded } from './request-recorded.ts';
import { notValid } from './requested-change.ts';
import { isGivingUp, isTakeOver, swapApproved, swapDropped } from './swap-decided.ts';

/** Who of the vendor decides of which request, and what it tells the aggregator. */
export type RequestDecision = {
  caller: Caller;
  requestId: string;
  comment: string;
  /** On approving a termination: what it is settled at. */
  settlement?: SettlementAsked | undefined;
  now: Date;
  ifMatch?: IfMatch;
};

const ACTIONS: Readonly<Record<VendorDecision, string>> = {
  approve: 'approveRequest',
  askToRevise: 'askToReviseRequest',
  reject: 'rejectRequest',
  stop: 'stopRequest',
};

/** @throws PortalError NOT_FOUND */
export async function findRequest(portal: Pick<Portal, 'contractRequests'>, id: string): Promise<ContractRequest> {
  const request = await portal.contractRequests.find(id);
  if (!request) throw new PortalError('NOT_FOUND', `There is no contract request ${id}`);
  return request;
}

/**
 * The vendor approves a request, asks for a revision, rejects or stops it (domain.md §4 "Contract request"). Approved with a
 * prepayment, the request waits until that is invoiced; stopped after it, the invoice is credited: both by the contracts'
 * day (run-contract-day.ts), as is the effect.
 *
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; BAD_REQUEST for a settlement that can't be; TRANSITION_NOT_ALLOWED;
 *   REVISION_NEEDED when it can't be approved any
 *   more; CHANGED_MEANWHILE
 */
export async function decideRequest(
  portal: Portal,
  decision: VendorDecision,
  { caller, requestId, comment, settlement: asked, now, ifMatch }: RequestDecision,
): Promise<ContractRequest> {
  const before = await findRequest(portal, requestId);
  refuseOtherVersion(before.version, ifMatch);
  if (isGivingUp(before))
    throw new PortalError(
      'TRANSITION_NOT_ALLOWED',
      `It goes with the request of another contract, ${before.swapsWith?.contractId}: decide of that`,
    );
  const settlement = asked && (await settlementOf(portal, before, asked));
  const made = { by: caller.userId, on: dateOf(now), comment, ...(settlement && { settlement }) };
  const result = decided(before, decision, made);
  if (!result.ok) {
    throw new PortalError(
      'TRANSITION_NOT_ALLOWED',
      `The request is ${before.status}: ${decision} is not possible then`,
    );
  }
  const moved = {
    actor: caller.userId,
    now,
    action: ACTIONS[decision],
    from: before.status,
    reason: settlement ? `${comment} (settlement ${formatted(settlement)})`.trim() : comment,
  };
  const swap =
    decision === 'approve' && isTakeOver(before)
      ? await swapApproved(portal, result.request, { actor: caller.userId, now, newId: portal.newId })
      : undefined;
  const request = swap?.request ?? result.request;
  const committed = await portal.units.commit([
    portal.contractRequests.changed(request),
    ...requestRecorded(portal, request, before.version + 1, moved),
    decidedTold(portal, request, { decision, comment, version: before.version + 1, now }),
    ...(swap ? swap.changes : decision === 'approve' ? await stillPossible(portal, before, now) : []),
    ...(decision === 'reject' || decision === 'stop' ? await contractFollows(portal, before, decision, moved) : []),
  ]);
  if (!committed.ok) throw changedMeanwhile('The request');
  return { ...request, version: before.version + 1 };
}

/** The mail to the aggregator whose request it is. */
function decidedTold(
  portal: Pick<Portal, 'notices'>,
  { id, token, aggregatorId: recipientId, contractId, contractNumber, payload }: ContractRequest,
  { decision, comment, version, now }: { decision: VendorDecision; comment: string; version: number; now: Date },
): Change {
  return portal.notices.queued({
    id: `RequestDecided#${id}#${version}`,
    time: now.toISOString(),
    recipientId,
    kind: 'REQUEST_DECIDED',
    contractId,
    contractNumber,
    token,
    requestType: payload.type,
    decision,
    ...(comment !== '' && { comment }),
  });
}

const formatted = ({ amount, currency }: Settlement) => `${formatMoney(amount, currency)} ${currency}`;

/** What the vendor settles an early end at; undefined where that is nothing. @throws PortalError BAD_REQUEST */
async function settlementOf(
  portal: Portal,
  { contractId, payload }: ContractRequest,
  asked: SettlementAsked,
): Promise<Settlement | undefined> {
  const contract = await contractOf(portal, contractId);
  const checked = checkSettlement(asked, contract, payload.type);
  if (!checked.ok) throw notValid(checked.errors);
  return checked.value.amount === 0n ? undefined : checked.value;
}

/** What of a request was checked when it was made and may have passed since; the commit finds out a close that begins. */
async function stillPossible(portal: Portal, request: ContractRequest, now: Date): Promise<Change[]> {
  const { frozenUntil, today, lastClaimed } = await programmeFacts(portal, now);
  const fault = approvalFault(request, today, frozenUntil);
  if (fault) {
    const message = `The request can't be approved as it is: ${fault.field} ${fault.message}. Ask for a revision`;
    throw new PortalError('REVISION_NEEDED', message, [fault]);
  }
  return [portal.closes.noneClaimedSince(lastClaimed)];
}

/** A contract whose beginning or end came to nothing. */
async function contractFollows(
  portal: Portal,
  request: ContractRequest,
  decision: 'reject' | 'stop',
  moved: { actor: string; now: Date; action: string; reason: string },
): Promise<Change[]> {
  const { contractId, payload } = request;
  const contract = await contractOf(portal, contractId);
  const dropped = isTakeOver(request) ? await swapDropped(portal, request, moved) : [];
  const event = decision === 'reject' ? 'REJECTED' : 'STOPPED';
  const after = contractAfter(contract, payload.type, event, { by: 'VENDOR', on: dateOf(moved.now) });
  if (after.status === contract.status) return dropped;
  return [...contractMoved(portal, after, { ...moved, before: contract }), ...dropped];
}
