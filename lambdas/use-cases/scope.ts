import { type ActionName, actions, type Grant } from '../manifest/actions.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';

/** The organizations a thing belongs to: one that it is part of, or the parties it names. */
type Owners = { organizationId?: string; aggregatorId?: string; serviceProviderId?: string };

/**
 * The grant that lets the caller do an action in its kind of organization.
 * @throws PortalError NOT_ALLOWED when the table of access (manifest/actions.ts) has none for one of its roles
 */
export function grantFor(caller: Caller, action: ActionName): Grant {
  const grants: Partial<Record<Caller['organizationType'], Grant>> = actions[action].grants;
  const grant = grants[caller.organizationType];
  if (!grant?.roles.some((role) => caller.roles.includes(role))) {
    throw new PortalError('NOT_ALLOWED', 'Your roles and organization do not allow this');
  }
  return grant;
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
  if (!thing || !(grantFor(caller, action).sees === 'ALL' || isOwn(caller, thing))) {
    throw new PortalError('NOT_FOUND', missing);
  }
  return thing;
}

function isOwn(caller: Caller, { organizationId, aggregatorId, serviceProviderId }: Owners): boolean {
  if (organizationId !== undefined) return organizationId === caller.organizationId;
  if (caller.organizationType === 'AGGREGATOR') return aggregatorId === caller.organizationId;
  return caller.organizationType === 'SERVICE_PROVIDER' && serviceProviderId === caller.organizationId;
}
