import { rosterShard } from '../domain/close/roster.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { contractNumbers } from '../domain/contract/numbering.ts';
import { checkSwap } from '../domain/contract-request/check-swap.ts';
import type { ContractRequest } from '../domain/contract-request/request.ts';
import { requestToken } from '../domain/contract-request/request.ts';
import { contractToTakeOver, type SwapRefusal, swapRefusal, takenOverTerms } from '../domain/contract-request/swap.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { type ContractContext, contractContext } from './contract-context.ts';
import { PortalError } from './errors.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { noContract } from './read-contracts.ts';
import { contractSubject, requestRecorded } from './request-recorded.ts';
import { contractStatusRefusal, notValid, type RequestPortal } from './requested-change.ts';
import { seenBy } from './scope.ts';

/** Who of a service provider asks for another aggregator of which contract; `newId` makes ids that nothing else has. */
export type SwapAsked = {
  caller: Caller;
  contractId: string;
  now: Date;
  newId: () => string;
  aggregatorPrmId: string;
  effectiveDate: string;
  comment?: string | undefined;
};

/** A contract that is taken over, and the request that makes it. */
export type AskedSwap = { contract: Contract; request: ContractRequest };

/**
 * A service provider asks another aggregator to take a contract over, from a 1st on. The contract there is made, without
 * effect: its aggregator has to complete it (take-over-contract.ts), then the vendor approves (domain.md §4 "Contract request").
 *
 * @throws PortalError NOT_FOUND; NOT_SWAPPABLE; CONTRACT_STATUS; REQUEST_OPEN; PREPAYMENT_LEFT; BAD_REQUEST with every field
 *   that is wrong; CHANGED_MEANWHILE
 */
export function askForSwap(portal: RequestPortal, asked: SwapAsked): Promise<AskedSwap> {
  const { caller, contractId, now, newId, aggregatorPrmId, comment = '' } = asked;
  return committed(portal, 'The contract', async () => {
    const context = await contractContext(portal, contractId, now);
    seenBy(caller, 'swapAggregators', context?.contract, noContract(contractId));
    const {
      contract: given,
      revisions,
      requests,
      balance,
      today,
      frozenUntil,
      serviceProvider,
    } = context as ContractContext;
    refuseSwap(swapRefusal(given, requests, balance.points), given);
    const aggregator = await portal.organizations.get(
      (await portal.organizations.withPartnerNumber(aggregatorPrmId)) ?? '',
    );
    const checked = checkSwap(asked, { contract: given, aggregator, today, frozenUntil });
    if (!checked.ok) throw notValid(checked.errors);
    const { effectiveDate } = checked.value;
    const numbers = contractNumbers(await portal.contracts.nextNumber(), given.region, given.listing.familyCode);
    const making = {
      ...numbers,
      id: idInAnotherShard(newId, given.id),
      aggregator: checked.value.aggregator,
      bolDate: effectiveDate,
      now,
    };
    const taken: Contract = { ...contractToTakeOver(given, making), requests: 1 };
    const request: ContractRequest = {
      id: newId(),
      token: requestToken({ ...taken, requests: 0 }, checked.value.aggregator.prmId, today),
      contractId: taken.id,
      contractNumber: taken.contractNumber,
      serviceProviderId: taken.serviceProviderId,
      aggregatorId: taken.aggregatorId,
      status: 'PENDING_REVISE',
      payload: takenOverTerms(given, revisions),
      effectiveDate,
      comment,
      requesterId: caller.userId,
      swapsWith: { contractId: given.id },
      createdTime: now.toISOString(),
      version: 1,
    };
    const action = 'askForSwap';
    const move = { actor: caller.userId, now, action };
    const changes = [
      ...givenNoted(portal, { ...given, swappedTo: taken.id }, move),
      ...portal.contracts.created(taken, []),
      portal.contractRequests.created(request),
      ...requestRecorded(portal, request, 1, { ...move, reason: comment }),
      portal.notices.queued({
        id: `TakeOverAsked#${request.id}`,
        time: now.toISOString(),
        recipientId: taken.aggregatorId,
        kind: 'TAKE_OVER_ASKED',
        contractId: taken.id,
        contractNumber: taken.contractNumber,
        serviceProvider: serviceProvider.name,
        effectiveDate,
      }),
    ];
    return { changes, result: { contract: taken, request } };
  });
}

/** The transaction that moves both contracts looks at the shard of the roster that each is in, and may look at one only once. */
function idInAnotherShard(newId: () => string, than: string): string {
  for (;;) {
    const id = newId();
    if (rosterShard(id) !== rosterShard(than)) return id;
  }
}

/**
 * A contract that has begun or ceased to go to another aggregator, without a change of its status: the contract, and an entry
 * in its trail that doesn't name the other one.
 * @param contract as it is from now on, with the version it was read with
 */
export function givenNoted(
  portal: Pick<Portal, 'audit' | 'contracts'>,
  contract: Contract,
  { actor, now, action }: { actor: string; now: Date; action: string },
): Change[] {
  return [
    portal.contracts.changed(contract, now),
    portal.audit.recorded({
      organizationId: contract.aggregatorId,
      subject: contractSubject(contract.id),
      id: `SWAP#${String(contract.version + 1).padStart(8, '0')}`,
      time: now.toISOString(),
      actor,
      action,
    }),
  ];
}

/** @throws PortalError NOT_SWAPPABLE, CONTRACT_STATUS, REQUEST_OPEN, PREPAYMENT_LEFT */
export function refuseSwap(refusal: SwapRefusal | undefined, contract: Contract): void {
  if (!refusal) return;
  switch (refusal.reason) {
    case 'CONTRACT_STATUS':
      throw contractStatusRefusal(contract);
    case 'NOT_SWAPPABLE':
      throw new PortalError('NOT_SWAPPABLE', `Contracts of ${contract.listing.familyName} stay with their aggregator`);
    case 'SWAP_OPEN':
      throw new PortalError(
        'REQUEST_OPEN',
        'Another aggregator was asked to take the contract over: withdraw that first',
      );
    case 'REQUEST_OPEN':
      throw new PortalError(
        'REQUEST_OPEN',
        `Request ${refusal.token} of the contract is open: wait until it has taken effect, or has it withdrawn`,
      );
    case 'PREPAYMENT_LEFT':
      throw new PortalError(
        'PREPAYMENT_LEFT',
        'The contract has a prepaid balance: it can change its aggregator once that is used or credited',
      );
  }
}
