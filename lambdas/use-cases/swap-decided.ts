import { dateOf, type PlainDate } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { CONTRACT_TRANSITIONS } from '../domain/contract/status.ts';
import { readSwapDate } from '../domain/contract-request/check-swap.ts';
import { Faults } from '../domain/contract-request/checks.ts';
import { contractAfter } from '../domain/contract-request/contract-after.ts';
import { type ContractRequest, requestToken } from '../domain/contract-request/request.ts';
import { isOpen } from '../domain/contract-request/status.ts';
import { swapRefusal, takenOverTerms } from '../domain/contract-request/swap.ts';
import { transition } from '../domain/transitions.ts';
import { givenNoted, refuseSwap } from './ask-for-swap.ts';
import { contractContext } from './contract-context.ts';
import { contractMoved } from './contract-moved.ts';
import { PortalError } from './errors.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { requestRecorded } from './request-recorded.ts';
import { contractStatusRefusal, type RequestPortal } from './requested-change.ts';
import { openRequestsStopped } from './stop-requests.ts';

/** Who decides of a swap. */
type Decider = { actor: string; now: Date; newId: () => string };

/** What the approval of a swap makes: the request as it is approved, and the changes of the contract that is given up. */
export type ApprovedSwap = { request: ContractRequest; changes: Change[] };

/** Whether a request makes a contract that is taken over from another aggregator. */
export const isTakeOver = ({ payload, swapsWith }: Pick<ContractRequest, 'payload' | 'swapsWith'>): boolean =>
  payload.type === 'CREATE' && swapsWith !== undefined;

/** Whether a request ends a contract that another aggregator takes over. */
export const isGivingUp = ({ payload, swapsWith }: Pick<ContractRequest, 'payload' | 'swapsWith'>): boolean =>
  payload.type === 'TERMINATE' && swapsWith !== undefined;

/**
 * What the vendor's approval of a contract that is taken over does to the one that is given up: it gets the termination that takes
 * effect with it. The terms are those that run now; nothing changes them until then, as the contract is to end.
 *
 * @throws PortalError NOT_SWAPPABLE; CONTRACT_STATUS; REQUEST_OPEN; PREPAYMENT_LEFT; REVISION_NEEDED when the day has passed
 */
export async function swapApproved(
  portal: RequestPortal,
  asked: ContractRequest,
  { actor, now, newId }: Decider,
): Promise<ApprovedSwap> {
  const context = await contractContext(portal, asked.swapsWith?.contractId ?? '', now);
  if (!context) throw new Error(`request ${asked.token} takes over a contract that does not exist`);
  const { contract: given, revisions, requests, balance, today, frozenUntil, lastClaimed } = context;
  refuseSwap(swapRefusal(given, requests, balance.points, asked.contractId), given);
  const faults = new Faults();
  readSwapDate(faults, asked.effectiveDate, { contract: given, today, frozenUntil });
  const [fault] = faults.errors;
  if (fault) {
    const message = `The request can't be approved as it is: ${fault.field} ${fault.message}. Ask for a revision`;
    throw new PortalError('REVISION_NEEDED', message, [fault]);
  }
  const moved = transition(CONTRACT_TRANSITIONS, given.status, 'approveSwap', 'VENDOR');
  if (!moved.ok) throw contractStatusRefusal(given);
  const ending: ContractRequest = {
    id: newId(),
    token: requestToken(given, context.aggregator.prmId, today),
    contractId: given.id,
    contractNumber: given.contractNumber,
    serviceProviderId: given.serviceProviderId,
    aggregatorId: given.aggregatorId,
    status: 'PENDING_EFFECTIVE_DATE',
    payload: { type: 'TERMINATE', reason: 'Aggregator Swap' },
    effectiveDate: asked.effectiveDate,
    comment: '',
    requesterId: asked.requesterId,
    approverId: actor,
    approvedOn: today,
    swapsWith: { contractId: asked.contractId, requestId: asked.id },
    createdTime: now.toISOString(),
    version: 1,
  };
  const after: Contract = { ...given, status: moved.to, requests: given.requests + 1 };
  const move = { actor, now, action: 'approveSwap' };
  return {
    request: {
      ...asked,
      payload: takenOverTerms(given, revisions),
      swapsWith: { contractId: given.id, requestId: ending.id },
    },
    changes: [
      ...contractMoved(portal, after, { ...move, before: given }),
      portal.contractRequests.created(ending),
      ...requestRecorded(portal, ending, 1, move),
      portal.closes.noneClaimedSince(lastClaimed),
    ],
  };
}

/**
 * What becomes of the contract that was to be given up when the other aggregator, the vendor or the service provider drops the
 * swap: its termination is stopped, and it goes on where it was.
 */
export async function swapDropped(
  portal: Pick<Portal, 'audit' | 'outbox' | 'contracts' | 'contractRequests'>,
  { swapsWith }: Pick<ContractRequest, 'swapsWith'>,
  { actor, now }: { actor: string; now: Date },
): Promise<Change[]> {
  const found = swapsWith && (await portal.contracts.get(swapsWith.contractId));
  if (!found) throw new Error('a request takes over a contract that does not exist');
  const requests = await portal.contractRequests.ofContract(found.contract.id);
  const reason = 'The contract stays with its aggregator';
  return givenStays(portal, found.contract, requests, { actor, now, reason, on: dateOf(now) });
}

/** A contract that doesn't go to another aggregator after all. */
export function givenStays(
  portal: Pick<Portal, 'audit' | 'outbox' | 'contracts' | 'contractRequests'>,
  given: Contract,
  requests: readonly ContractRequest[],
  { actor, now, reason, on }: { actor: string; now: Date; reason: string; on: PlainDate },
): Change[] {
  const endings = requests.filter((request) => isOpen(request.status) && isGivingUp(request));
  const { swappedTo: _dropped, ...rest } = given;
  const after = endings.length === 0 ? rest : contractAfter(rest, 'TERMINATE', 'STOPPED', { by: 'SYSTEM', on });
  const action = 'dropSwap';
  return [
    ...(after.status === given.status
      ? givenNoted(portal, after, { actor, now, action })
      : contractMoved(portal, after, { actor, now, action, before: given, reason })),
    ...openRequestsStopped(portal, endings, { actor, now, reason }),
  ];
}
