import type { Contract } from '../domain/contract/contract.ts';
import { referenceNumber } from '../domain/contract/numbering.ts';
import { contractAfter } from '../domain/contract-request/contract-after.ts';
import { newContract } from '../domain/contract-request/new-contract.ts';
import type { ContractRequest } from '../domain/contract-request/request.ts';
import { canTakeEffect } from '../domain/contract-request/rules.ts';
import { CONTRACT_REQUEST_TRANSITIONS, type ContractRequestStatus } from '../domain/contract-request/status.ts';
import { transition } from '../domain/transitions.ts';
import { type AskedChange, checkAskedChange } from './asked-change.ts';
import type { Decided } from './committed.ts';
import type { ContractContext } from './contract-context.ts';
import { contractMoved } from './contract-moved.ts';
import { type AskedContract, checkedContract } from './create-contract.ts';
import { PortalError } from './errors.ts';
import { requestRecorded } from './request-recorded.ts';
import {
  type ChangeRequest,
  contractStatusRefusal,
  notValid,
  type RequestPortal,
  withContract,
} from './requested-change.ts';
import { isGivingUp, isTakeOver, swapDropped } from './swap-decided.ts';

const ONLY_AS_SWAP =
  'The contract goes to another aggregator: its service provider, that aggregator or the vendor take that back as a whole';

/** Who moves which request. */
export type RequestChange = Omit<ChangeRequest, 'newId'> & { requestId: string };

/** What is asked for anew: of the request's own type. */
export type AskedAnew = AskedChange | { type: 'CREATE'; asked: AskedContract };

/** What there is none of. */
export const noRequest = (requestId: string): string => `There is no request ${requestId} of this contract`;

/**
 * Takes a request back before it has taken effect. A prepayment that was invoiced for it is credited by the daily job.
 * @throws PortalError NOT_FOUND; TRANSITION_NOT_ALLOWED; CHANGED_MEANWHILE
 */
export function withdrawRequest(portal: RequestPortal, change: RequestChange): Promise<ContractRequest> {
  return withContract(portal, change, async ({ contract, requests, today }) => {
    const before = requestIn(requests, change.requestId);
    if (isGivingUp(before)) throw new PortalError('TRANSITION_NOT_ALLOWED', ONLY_AS_SWAP);
    const request = { ...before, status: movedStatus(before, 'withdraw') };
    const action = 'withdrawRequest';
    const moved = decided(portal, change, action, before, request);
    const after = contractAfter(contract, before.payload.type, 'WITHDRAWN', { by: 'AGGREGATOR', on: today });
    if (after.status === contract.status) return moved;
    const { caller, now, comment: reason } = change;
    const said = { actor: caller.userId, now, action, before: contract, ...(reason && { reason }) };
    const dropped = isTakeOver(before) ? await swapDropped(portal, before, { actor: caller.userId, now }) : [];
    return { ...moved, changes: [...moved.changes, ...contractMoved(portal, after, said), ...dropped] };
  });
}

/**
 * Asks anew for what the vendor wants revised, checked as if it were new; a contract that isn't made yet is made anew.
 * @throws PortalError NOT_FOUND; TRANSITION_NOT_ALLOWED; CONTRACT_STATUS; BAD_REQUEST; CHANGED_MEANWHILE
 */
export function resubmitRequest(
  portal: RequestPortal,
  change: RequestChange,
  anew: AskedAnew,
): Promise<ContractRequest> {
  return withContract(portal, change, async (context) => {
    const before = requestIn(context.requests, change.requestId);
    const status = movedStatus(before, 'resubmit');
    if (before.swapsWith)
      throw new PortalError(
        'TRANSITION_NOT_ALLOWED',
        'The terms of a contract that is taken over stay: accept it instead',
      );
    const { type } = before.payload;
    if (anew.type !== type) throw notValid([{ field: 'requestType', message: `is ${type}, as the request's` }]);
    if (!canTakeEffect(type, context.contract)) throw contractStatusRefusal(context.contract);
    const { contract, ...revised } = await revisedBy(portal, context, anew, change.now);
    const comment = change.comment ?? before.comment;
    const request = { ...before, ...revised, status, comment, requesterId: change.caller.userId };
    const moved = decided(portal, change, 'resubmitRequest', before, request);
    if (!contract) return moved;
    return { ...moved, changes: [...moved.changes, portal.contracts.changed(contract, change.now)] };
  });
}

type Revised = Pick<ContractRequest, 'payload' | 'effectiveDate' | 'serviceProviderId'> & { contract?: Contract };

async function revisedBy(
  portal: RequestPortal,
  context: ContractContext,
  anew: AskedAnew,
  now: Date,
): Promise<Revised> {
  const { contract } = context;
  if (anew.type !== 'CREATE') {
    const checked = checkAskedChange(anew, context);
    if (!checked.ok) throw notValid(checked.errors);
    return { ...checked.value, serviceProviderId: contract.serviceProviderId };
  }
  const making = await checkedContract(portal, contract.aggregatorId, anew.asked, context);
  const { id, contractNumber, businessNumber, requests, tags, version } = contract;
  const contractReferenceNumber = referenceNumber(making.serviceProvider.region, businessNumber, making.family.code);
  const numbers = { id, contractNumber, businessNumber, contractReferenceNumber };
  return {
    payload: making.checked.payload,
    effectiveDate: making.checked.bolDate,
    serviceProviderId: making.serviceProvider.id,
    contract: { ...newContract({ ...making, ...numbers, now }), requests, tags, version },
  };
}

function requestIn(requests: readonly ContractRequest[], requestId: string): ContractRequest {
  const request = requests.find(({ id }) => id === requestId);
  if (!request) throw new PortalError('NOT_FOUND', noRequest(requestId));
  return request;
}

function movedStatus({ status, token }: ContractRequest, verb: string): ContractRequestStatus {
  const moved = transition(CONTRACT_REQUEST_TRANSITIONS, status, verb, 'AGGREGATOR');
  if (moved.ok) return moved.to;
  throw new PortalError('TRANSITION_NOT_ALLOWED', `Request ${token} is ${status}: ${verb} is not possible then`);
}

function decided(
  portal: RequestPortal,
  { caller, now, comment: reason }: RequestChange,
  action: string,
  before: ContractRequest,
  request: ContractRequest,
): Decided<ContractRequest> {
  const changes = [
    portal.contractRequests.changed(request),
    ...requestRecorded(portal, request, before.version + 1, {
      actor: caller.userId,
      now,
      action,
      from: before.status,
      reason,
    }),
  ];
  return { changes, result: { ...request, version: before.version + 1 } };
}
