import type { PlainDate } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { applyRequest } from '../domain/contract-request/apply.ts';
import type { FieldError } from '../domain/contract-request/checks.ts';
import { type ContractRequest, type RequestPayload, requestToken } from '../domain/contract-request/request.ts';
import { contractStatusAfter, isDue, requestRefusal, startStatus } from '../domain/contract-request/rules.ts';
import type { Caller } from './caller.ts';
import { committed, type Decided } from './committed.ts';
import { type ContextPortal, type ContractContext, contractContext } from './contract-context.ts';
import { type EffectPortal, effectChanges } from './effect-changes.ts';
import { PortalError } from './errors.ts';
import type { Portal } from './ports/portal.ts';
import { noContract } from './read-contracts.ts';
import { requestRecorded } from './request-recorded.ts';
import { seenBy } from './scope.ts';

export type RequestPortal = ContextPortal & EffectPortal & Pick<Portal, 'units' | 'users' | 'organizations'>;

/** Who asks for a change of which contract, and when. `newId` makes ids that nothing else has. */
export type ChangeRequest = {
  caller: Caller;
  contractId: string;
  now: Date;
  newId: () => string;
  comment?: string | undefined;
};

/** What is asked for, checked: a payload and the day it acts from, or what is wrong with it. */
export type CheckedChange =
  | { ok: true; value: { payload: RequestPayload; effectiveDate: PlainDate } }
  | { ok: false; errors: readonly FieldError[] };

/**
 * Loads a contract of the caller with all that is known of it, decides, and commits; again when somebody else was faster.
 * @throws PortalError NOT_FOUND; CHANGED_MEANWHILE; what `decide` throws
 */
export function withContract<Result>(
  portal: RequestPortal,
  { caller, contractId, now }: Pick<ChangeRequest, 'caller' | 'contractId' | 'now'>,
  decide: (context: ContractContext) => Promise<Decided<Result>>,
): Promise<Result> {
  return committed(portal, 'The contract', async () => {
    const context = await contractContext(portal, contractId, now);
    seenBy(caller, 'changeContracts', context?.contract, noContract(contractId));
    return decide(context as ContractContext);
  });
}

/**
 * Asks for a change of a contract (domain.md §4 "Contract request"). What needs no approval and is due takes effect at once.
 *
 * @param check asks the rules
 * @throws PortalError NOT_FOUND; CONTRACT_STATUS; REQUEST_OPEN; BAD_REQUEST with every field that is wrong; CHANGED_MEANWHILE
 */
export async function requestChange(
  portal: RequestPortal,
  change: ChangeRequest,
  type: RequestPayload['type'],
  check: (context: ContractContext) => CheckedChange | Promise<CheckedChange>,
): Promise<{ contract: Contract; request: ContractRequest }> {
  return withContract(portal, change, async (context) => {
    refuseUntimely(type, context);
    const checked = await check(context);
    if (!checked.ok) throw notValid(checked.errors);
    return changesOf(portal, change, context, checked.value);
  });
}

async function changesOf(
  portal: RequestPortal,
  change: ChangeRequest,
  context: ContractContext,
  asked: { payload: RequestPayload; effectiveDate: PlainDate },
) {
  const { contract, revisions, today, lastClaimed } = context;
  const { now, caller, comment: reason } = change;
  const { payload } = asked;
  const request = newRequest(change, contract, context.aggregator.prmId, { ...asked, today });
  const action = actionOf(payload.type);
  const moved: Contract = {
    ...contract,
    requests: contract.requests + 1,
    status: contractStatusAfter(contract, payload.type, 'ASKED', 'AGGREGATOR'),
  };
  const applied = isDue(request, today) ? applyRequest(moved, revisions, request, { today, frozen: [] }) : undefined;
  if (applied?.ok) {
    const { effect } = applied;
    const made = { request: { action, ...(reason && { reason }) } };
    const changes = await effectChanges(portal, effect, { actor: caller.userId, now, made });
    // A close that is claimed meanwhile may bill by the terms that are replaced.
    changes.push(portal.closes.noneClaimedSince(lastClaimed));
    return { changes, result: { contract: effect.contract, request: effect.request } };
  }
  const changes = [
    portal.contracts.changed(moved, now),
    portal.contractRequests.created(request),
    ...requestRecorded(portal, request, 1, { actor: caller.userId, now, action, reason }),
  ];
  return { changes, result: { contract: moved, request } };
}

/** A request as it is when it is made; the contract is the one before. */
export function newRequest(
  { caller, now, newId, comment = '' }: Omit<ChangeRequest, 'contractId'>,
  contract: Contract,
  aggregatorPrmId: string,
  { payload, effectiveDate, today }: { payload: RequestPayload; effectiveDate: PlainDate; today: PlainDate },
): ContractRequest {
  return {
    id: newId(),
    token: requestToken(contract, aggregatorPrmId, today),
    contractId: contract.id,
    contractNumber: contract.contractNumber,
    serviceProviderId: contract.serviceProviderId,
    aggregatorId: contract.aggregatorId,
    status: startStatus(payload, contract),
    payload,
    effectiveDate,
    comment,
    requesterId: caller.userId,
    createdTime: now.toISOString(),
    version: 1,
  };
}

const ACTIONS: Readonly<Record<RequestPayload['type'], string>> = {
  CREATE: 'createContract',
  UPGRADE: 'upgradeContract',
  DOWNGRADE: 'downgradeContract',
  TERMINATE: 'terminateContract',
  RENEW: 'renewContract',
  TOPUP: 'topUpContract',
  AMEND: 'amendContract',
  PREPAY_AMEND: 'amendPrepayment',
  THRESHOLD_UPDATE: 'updateThreshold',
  BASIC_INFO_UPDATE: 'changeBasicInfo',
};

/** What the audit trail calls asking for such a change. */
export const actionOf = (type: RequestPayload['type']): string => ACTIONS[type];

function refuseUntimely(type: RequestPayload['type'], { contract, requests }: ContractContext): void {
  const refusal = requestRefusal(type, contract, requests);
  if (!refusal) return;
  if (refusal.reason === 'REQUEST_OPEN') {
    throw new PortalError(
      'REQUEST_OPEN',
      `Request ${refusal.token} of the contract is open: wait until it has taken effect, or withdraw it`,
    );
  }
  throw contractStatusRefusal(contract);
}

/** The contract is in a state in which this can't be done. */
export function contractStatusRefusal({ status }: Pick<Contract, 'status'>): PortalError {
  return new PortalError('CONTRACT_STATUS', `The contract is ${status}: this is not possible then`);
}

/** What is wrong with a request that was understood. */
export function notValid(errors: readonly FieldError[]): PortalError {
  const named = errors.map(({ field, message }) => `${field} ${message}`).join('; ');
  return new PortalError('BAD_REQUEST', `The request is not valid: ${named}`, errors);
}
