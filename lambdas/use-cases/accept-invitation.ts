import type { Organization, User } from '../domain/organization/organization.ts';
import { USER_TRANSITIONS } from '../domain/organization/status.ts';
import { transition } from '../domain/transitions.ts';
import { isSecretOf } from './api-token-text.ts';
import { audited } from './audited.ts';
import { PortalError } from './errors.ts';
import { parseInvitation } from './invitation.ts';
import type { Portal } from './ports/portal.ts';

/**
 * Makes an invited person an active user. Whoever has the invitation's text got it at the address it was mailed to.
 * @throws PortalError INVITATION_NOT_VALID, the same for one that is wrong, used, replaced, withdrawn or expired
 */
export async function acceptInvitation(
  portal: Portal,
  text: string,
  now: Date,
): Promise<{ user: User; organization: Organization }> {
  const parsed = parseInvitation(text);
  const before = await portal.users.get(parsed?.userId ?? 'nobody');
  const right = isSecretOf(parsed?.secret ?? '', before?.invitation?.secretHash);
  const lives = before?.invitation !== undefined && now.getTime() < Date.parse(before.invitation.expires);
  const moved = before && transition(USER_TRANSITIONS, before.status, 'accept', 'USER');
  const organization = before && (await portal.organizations.get(before.organizationId));
  if (!right || !lives || !moved?.ok || organization?.status !== 'ACTIVE') throw refused();
  const { invitation: _invitation, ...kept } = before;
  const after: User = { ...kept, status: moved.to, version: before.version + 1 };
  const entry = audited(portal, {
    organizationId: after.organizationId,
    subject: `USER#${after.id}`,
    version: after.version,
    now,
    actor: after.id,
    action: 'acceptInvitation',
    from: before.status,
    to: after.status,
  });
  const result = await portal.units.commit([...portal.users.changed(before, after), entry]);
  if (!result.ok) throw refused();
  return { user: after, organization };
}

const refused = () =>
  new PortalError(
    'INVITATION_NOT_VALID',
    'The invitation is wrong, used or expired: ask the Administrator of your organization for another one',
  );
