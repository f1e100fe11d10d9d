import type { Contract } from '../domain/contract/contract.ts';
import { withBasicInfo } from '../domain/contract-request/apply.ts';
import { checkTakeOver, type TakeOverAsked } from '../domain/contract-request/check-swap.ts';
import type { ContractRequest } from '../domain/contract-request/request.ts';
import { CONTRACT_REQUEST_TRANSITIONS } from '../domain/contract-request/status.ts';
import { takenOverTerms } from '../domain/contract-request/swap.ts';
import { transition } from '../domain/transitions.ts';
import type { AskedSwap } from './ask-for-swap.ts';
import { given as givenMembers } from './asked-change.ts';
import { contactOf } from './contact-of.ts';
import { PortalError } from './errors.ts';
import { takeOverOf } from './read-swaps.ts';
import { requestRecorded } from './request-recorded.ts';
import { type ChangeRequest, notValid, type RequestPortal, withContract } from './requested-change.ts';

/** What an aggregator adds; members that weren't sent are undefined or absent. */
export type AskedTakeOver = { [Member in keyof TakeOverAsked]?: TakeOverAsked[Member] | undefined };

/**
 * An aggregator completes a contract that a service provider wants it to take over, and sends it to the vendor for approval.
 * @throws PortalError NOT_FOUND; TRANSITION_NOT_ALLOWED; BAD_REQUEST with every field that is wrong; CHANGED_MEANWHILE
 */
export function takeOverContract(
  portal: RequestPortal,
  change: Omit<ChangeRequest, 'newId'>,
  asked: AskedTakeOver,
): Promise<AskedSwap> {
  const { caller, now, comment } = change;
  return withContract(portal, change, async ({ contract: taken, requests, today, frozenUntil, lastClaimed }) => {
    const before = takeOverOf(requests, taken.id);
    const moved = transition(CONTRACT_REQUEST_TRANSITIONS, before.status, 'resubmit', 'AGGREGATOR');
    if (!moved.ok) {
      const message = `Request ${before.token} is ${before.status}: it can't be accepted then`;
      throw new PortalError('TRANSITION_NOT_ALLOWED', message);
    }
    const found = await portal.contracts.get(before.swapsWith?.contractId ?? '');
    if (!found) throw new Error(`contract ${taken.contractNumber} takes over one that does not exist`);
    const { billToAccountId = '' } = asked;
    const billToAccount = await portal.organizations.billToAccount(taken.aggregatorId, billToAccountId);
    const facts = { given: found.contract, taken, askedFor: before.effectiveDate, billToAccount, today, frozenUntil };
    const checked = checkTakeOver(givenMembers(asked), facts);
    if (!checked.ok) throw notValid(checked.errors);
    const { effectiveDate, changes: added } = checked.value;
    const { aggregatorContact = '', serviceProviderContact: _sp, licenseContact: _licences, ...rest } = added;
    const contact = await contactOf(portal, taken.aggregatorId, aggregatorContact);
    const contract: Contract = {
      ...withBasicInfo(taken, { ...rest, aggregatorContact: contact }),
      bolDate: effectiveDate,
    };
    const request: ContractRequest = {
      ...before,
      status: moved.to,
      payload: takenOverTerms(found.contract, found.revisions),
      effectiveDate,
    };
    const move = { actor: caller.userId, now, action: 'takeOverContract', from: before.status, reason: comment };
    const changes = [
      portal.contracts.changed(contract, now),
      portal.contractRequests.changed(request),
      ...requestRecorded(portal, request, before.version + 1, move),
      portal.closes.noneClaimedSince(lastClaimed),
    ];
    return { changes, result: { contract, request: { ...request, version: before.version + 1 } } };
  });
}
