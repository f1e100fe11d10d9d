import { seesContract, seesWholeContract } from '../domain/work-group/work-group.ts';
import { type ActionName, actions, type Grant } from '../manifest/actions.ts';
import { WORK_GROUP_ACTIONS } from '../manifest/work-group-actions.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';

/** The organizations a thing belongs to: one that it is part of, or the parties it names. */
type Owners = {
  id?: string;
  organizationId?: string;
  aggregatorId?: string;
  serviceProviderId?: string;
  contractId?: string;
  /** Of what belongs to several contracts. */
  contracts?: readonly { contractId: string }[];
  /** Contracts alone have one. */
  contractReferenceNumber?: string;
};

/**
 * The grant that lets the caller do an action in its kind of organization.
 * @throws PortalError NOT_ALLOWED when the table of access (manifest/actions.ts) has none for one of its roles, or its work
 *   group sees a part only of what the action is about
 */
export function grantFor(caller: Caller, action: ActionName): Grant {
  const grants: Partial<Record<Caller['organizationType'], Grant>> = actions[action].grants;
  const grant = grants[caller.organizationType];
  if (!grant?.roles.some((role) => caller.roles.includes(role))) {
    throw new PortalError('NOT_ALLOWED', 'Your roles and organization do not allow this');
  }
  if (caller.view && WORK_GROUP_ACTIONS[action] === undefined) throw partOnly();
  return grant;
}

/** Whether one of the caller's roles may do an action in its kind of organization. */
export function isGranted({ organizationType, roles }: Caller, action: ActionName): boolean {
  const grants: Partial<Record<Caller['organizationType'], Grant>> = actions[action].grants;
  return grants[organizationType]?.roles.some((role) => roles.includes(role)) ?? false;
}

/**
 * The one place that keeps organizations apart: the thing, if the caller may know of it.
 * @param missing says what there is none of, the same whether it doesn't exist or isn't the caller's
 * @throws PortalError NOT_FOUND
 */
export function seenBy<Thing extends Owners>(
  caller: Caller,
  action: ActionName,
  thing: Thing | undefined,
  missing: string,
): Thing {
  if (!thing || !(grantFor(caller, action).sees === 'ALL' || isOwn(caller, thing)) || !isInView(caller.view, thing)) {
    throw new PortalError('NOT_FOUND', missing);
  }
  if (WORK_GROUP_ACTIONS[action] === 'WHOLE') refusePart(caller, ...contractsOf(thing));
  return thing;
}

/**
 * Refuses what says, or changes, all of a contract to who sees a part of it.
 * @throws PortalError NOT_ALLOWED
 */
export function refusePart({ view }: Caller, ...contractIds: string[]): void {
  if (contractIds.some((id) => !seesWholeContract(view, id))) throw partOnly();
}

/** Refuses what is of all that the organization has. @throws PortalError NOT_ALLOWED to a member of a work group */
export function refuseMember({ view }: Caller): void {
  if (view) throw partOnly();
}

const partOnly = () =>
  new PortalError('NOT_ALLOWED', 'Your work group sees a part only of what this is about: ask who sees all of it');

/** By any of its contracts; what belongs to no contract is in every view. */
function isInView(view: Caller['view'], thing: Owners): boolean {
  const ids = contractsOf(thing);
  return ids.length === 0 || ids.some((id) => seesContract(view, id));
}

function contractsOf({ id, contractId, contracts, contractReferenceNumber }: Owners): string[] {
  if (contractId !== undefined) return [contractId];
  if (contracts !== undefined) return contracts.map((each) => each.contractId);
  return contractReferenceNumber !== undefined && id !== undefined ? [id] : [];
}

/** Whether a thing is of the caller's organization, or names it as one of its parties. */
export function isOwn(caller: Caller, { organizationId, aggregatorId, serviceProviderId }: Owners): boolean {
  if (organizationId !== undefined) return organizationId === caller.organizationId;
  if (caller.organizationType === 'AGGREGATOR') return aggregatorId === caller.organizationId;
  return caller.organizationType === 'SERVICE_PROVIDER' && serviceProviderId === caller.organizationId;
}
