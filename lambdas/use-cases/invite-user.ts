import type { Organization, Role, User } from '../domain/organization/organization.ts';
import { inOrder } from '../domain/organization/roles.ts';
import { audited } from './audited.ts';
import type { Caller } from './caller.ts';
import { renewInvitation } from './change-user.ts';
import { PortalError } from './errors.ts';
import { type InvitationNotice, invitationNotice, invitationOf, mailInvitation } from './invitation.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { refuseRoles } from './refuse-roles.ts';

/** A person to invite; `id` and `secret` are new and random. */
export type Invitee = { id: string; secret: string; firstName: string; lastName: string; email: string; roles: Role[] };

/**
 * Invites a person to the caller's organization, by mail.
 * @throws PortalError BAD_REQUEST for roles the organization hasn't; USER_EXISTS
 */
export async function inviteUser(portal: Portal, caller: Caller, invitee: Invitee, now: Date): Promise<User> {
  const organization = await portal.organizations.get(caller.organizationId);
  if (!organization) throw new PortalError('NOT_FOUND', 'There is no such organization');
  return invite(portal, caller, organization, invitee, now);
}

/**
 * Invites the first Administrator of a partner, as the vendor; again when that address was invited before.
 * @throws PortalError NOT_FOUND; TRANSITION_NOT_ALLOWED when the partner has an active Administrator, who invites all others;
 *   USER_EXISTS
 */
export async function inviteFirstAdministrator(
  portal: Portal,
  caller: Caller,
  { organizationId, ...invitee }: Omit<Invitee, 'roles'> & { organizationId: string },
  now: Date,
): Promise<User> {
  const organization = await portal.organizations.get(organizationId);
  if (!organization) throw new PortalError('NOT_FOUND', `There is no organization ${organizationId}`);
  if (await portal.users.hasAdministrator(organizationId)) {
    const message = 'The organization has an active Administrator, who invites further users';
    throw new PortalError('TRANSITION_NOT_ALLOWED', message);
  }
  const known = await portal.users.withAddress(invitee.email.toLowerCase());
  const again = known.find((user) => user.organizationId === organizationId && user.roles.includes('Administrator'));
  if (again) return renewInvitation(portal, { caller, user: again, secret: invitee.secret, now });
  return invite(portal, caller, organization, { ...invitee, roles: ['Administrator'] }, now);
}

async function invite(
  portal: Portal,
  caller: Caller,
  organization: Organization,
  invitee: Invitee,
  now: Date,
): Promise<User> {
  const { user, notice, changes } = await invited(portal, caller, organization, invitee, now);
  const result = await portal.units.commit(changes);
  if (!result.ok) {
    throw new PortalError(
      'USER_EXISTS',
      'Your organization has a user with this address: change it, or invite it again',
      [{ field: 'email', message: 'is in use' }],
    );
  }
  await mailInvitation(portal, notice);
  return user;
}

/**
 * An invited user, what makes it, and the notice that mails the invitation; refused when the organization has a user of that
 * address.
 * @throws PortalError BAD_REQUEST for roles the organization hasn't
 */
export async function invited(
  portal: Pick<Portal, 'audit' | 'users' | 'notices' | 'secrets'>,
  caller: Caller,
  organization: Organization,
  { id, secret, firstName, lastName, email, roles }: Invitee,
  now: Date,
): Promise<{ user: User; notice: InvitationNotice; changes: Change[] }> {
  refuseRoles(organization.type, roles);
  const user: User = {
    id,
    organizationId: organization.id,
    firstName,
    lastName,
    email: email.toLowerCase(),
    roles: inOrder(roles),
    status: 'INVITED',
    invitation: invitationOf(secret, now),
    version: 1,
  };
  const entry = audited(portal, {
    organizationId: organization.id,
    subject: `USER#${id}`,
    version: 1,
    now,
    actor: caller.userId,
    action: 'inviteUser',
    to: `INVITED: ${user.roles.join(', ')}`,
  });
  const notice = await invitationNotice(portal, user, secret, now);
  return { user, notice, changes: [...portal.users.created(user), entry, portal.notices.queued(notice)] };
}
