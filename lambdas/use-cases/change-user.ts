import type { Role, User } from '../domain/organization/organization.ts';
import { inOrder } from '../domain/organization/roles.ts';
import { USER_TRANSITIONS } from '../domain/organization/status.ts';
import { transition } from '../domain/transitions.ts';
import { audited } from './audited.ts';
import type { Caller } from './caller.ts';
import { changedMeanwhile } from './changed-meanwhile.ts';
import { PortalError } from './errors.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import { invitationNotice, invitationOf, mailInvitation } from './invitation.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { findUser } from './read-users.ts';
import { refuseRoles } from './refuse-roles.ts';

/** Who changes whom, and why. */
type UserChange = {
  caller: Caller;
  userId: string;
  now: Date;
  ifMatch?: IfMatch;
  reason?: string | undefined;
};

/** What an Administrator can change of a user; what is not given stays. */
type UserEdit = {
  firstName?: string | undefined;
  lastName?: string | undefined;
  roles?: readonly Role[] | undefined;
};

/**
 * Changes names or roles of a user of the caller's organization.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; BAD_REQUEST; CHANGED_MEANWHILE; LAST_ADMINISTRATOR; ADMINISTRATOR_SEES_ALL
 */
export async function editUser(portal: Portal, change: UserChange, edit: UserEdit): Promise<User> {
  const before = await userToChange(portal, change);
  const { firstName = before.firstName, lastName = before.lastName, roles = before.roles } = edit;
  refuseRoles(change.caller.organizationType, roles);
  if (before.workGroupId !== undefined && roles.includes('Administrator')) {
    const message = 'An Administrator sees all of the organization: move the user to the work group All first';
    throw new PortalError('ADMINISTRATOR_SEES_ALL', message);
  }
  const after = { ...before, firstName, lastName, roles: inOrder(roles), version: before.version + 1 };
  const renamed = firstName !== before.firstName || lastName !== before.lastName;
  return commit(portal, change, renamed ? 'renameUser' : 'changeRoles', before, after);
}

/**
 * Locks, unlocks or deletes a user of the caller's organization. Of one who is deleted nothing personal is kept.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; TRANSITION_NOT_ALLOWED; CHANGED_MEANWHILE; LAST_ADMINISTRATOR
 */
export async function moveUser(portal: Portal, change: UserChange, verb: 'lock' | 'unlock' | 'delete'): Promise<User> {
  const before = await userToChange(portal, change);
  const { invitation: _invitation, ...kept } = before;
  const after = { ...kept, status: statusAfter(before, verb), version: before.version + 1 };
  const erased = { firstName: '', lastName: '', email: '' };
  return commit(portal, change, `${verb}User`, before, after.status === 'DELETED' ? { ...after, ...erased } : after);
}

/**
 * Sends an invited user another invitation; the one before is worth nothing then.
 * @param secret new and random
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; TRANSITION_NOT_ALLOWED; CHANGED_MEANWHILE
 */
export async function inviteAgain(portal: Portal, change: UserChange, secret: string): Promise<User> {
  const { caller, now } = change;
  const user = await userToChange(portal, change);
  return renewInvitation(portal, { caller, user, secret, now });
}

/** What inviteAgain does, of a user who is found already. */
export async function renewInvitation(
  portal: Portal,
  { caller, user: before, secret, now }: { caller: Caller; user: User; secret: string; now: Date },
): Promise<User> {
  const status = statusAfter(before, 'inviteAgain');
  const after = { ...before, status, invitation: invitationOf(secret, now), version: before.version + 1 };
  const notice = await invitationNotice(portal, after, secret, now);
  await commit(portal, { caller, now }, 'inviteAgain', before, after, [portal.notices.queued(notice)]);
  await mailInvitation(portal, notice);
  return after;
}

async function userToChange(portal: Portal, { caller, userId, ifMatch }: UserChange): Promise<User> {
  const user = await findUser(portal, caller, 'manageUsers', userId);
  refuseOtherVersion(user.version, ifMatch);
  return user;
}

function statusAfter({ status }: User, verb: string): User['status'] {
  const moved = transition(USER_TRANSITIONS, status, verb, 'ADMINISTRATOR');
  if (moved.ok) return moved.to;
  throw new PortalError('TRANSITION_NOT_ALLOWED', `The user is ${status}: ${verb} is not possible then`);
}

async function commit(
  portal: Portal,
  { caller, now, reason }: Omit<UserChange, 'userId'>,
  action: string,
  before: User,
  after: User,
  further: readonly Change[] = [],
): Promise<User> {
  const entry = audited(portal, {
    organizationId: after.organizationId,
    subject: `USER#${after.id}`,
    version: after.version,
    now,
    actor: caller.userId,
    action,
    from: stateOf(before),
    to: stateOf(after),
    reason,
  });
  const [own, ...others] = portal.users.changed(before, after);
  const result = await portal.units.commit([...(own ? [own] : []), ...others, entry, ...further]);
  if (result.ok) return after;
  if (result.refused.some((change) => change === own || change === entry)) {
    throw changedMeanwhile('The user');
  }
  const message = 'This is the last active Administrator of the organization: make another one first';
  throw new PortalError('LAST_ADMINISTRATOR', message);
}

const stateOf = ({ status, roles }: User): string => `${status}: ${roles.join(', ')}`;
