import type { Organization, User } from '../domain/organization/organization.ts';
import type { Caller } from './caller.ts';
import { organizationMade, partnerNumberTaken, type WantedOrganization } from './create-organization.ts';
import { mailInvitation } from './invitation.ts';
import { type Invitee, invited } from './invite-user.ts';
import type { Portal } from './ports/portal.ts';

/** A partner to onboard: its organization and the person who runs it first. */
export type NewPartner = { organization: WantedOrganization; administrator: Omit<Invitee, 'roles'> };

/**
 * Makes the organization of a partner and invites its first Administrator, both or neither; the Administrator then completes the
 * profile and invites everybody else (published-portal.md §2 "Invitation onboarding").
 *
 * @throws PortalError PARTNER_NUMBER_TAKEN; DEDICATED_ORGANIZATION_NEEDED; REGULAR_ORGANIZATION_NEEDED
 */
export async function onboardPartner(
  portal: Portal,
  caller: Caller,
  { organization: wanted, administrator }: NewPartner,
  now: Date,
): Promise<{ organization: Organization; administrator: User }> {
  const made = organizationMade(portal, caller, wanted, now);
  const invitee: Invitee = { ...administrator, roles: ['Administrator'] };
  const { user, notice, changes } = await invited(portal, caller, made.organization, invitee, now);
  const result = await portal.units.commit([...made.changes, ...changes]);
  if (!result.ok) throw partnerNumberTaken(wanted);
  await mailInvitation(portal, notice);
  return { organization: made.organization, administrator: user };
}
