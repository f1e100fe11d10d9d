import { invitationMail } from '../documents/mail/access-mails.ts';
import type { Organization, User } from '../domain/organization/organization.ts';
import { hashOfSecret } from './api-token-text.ts';
import type { Portal } from './ports/portal.ts';

const INVITATION_DAYS = 7;
const DAY_MS = 86_400_000;

// The id has no underscore, so that a secret may have some.
const FORM = /^cpi_([A-Za-z0-9-]{1,64})_([A-Za-z0-9_-]{16,200})$/;

/** What is stored of an invitation that is made now. */
export function invitationOf(secret: string, now: Date): NonNullable<User['invitation']> {
  const expires = new Date(now.getTime() + INVITATION_DAYS * DAY_MS).toISOString();
  return { secretHash: hashOfSecret(secret), expires };
}

/** Id of the user and secret of an invitation's text; undefined when it hasn't the form of one. */
export function parseInvitation(text: string): { userId: string; secret: string } | undefined {
  const [, userId, secret] = FORM.exec(text) ?? [];
  return userId && secret ? { userId, secret } : undefined;
}

/** Mails a user its invitation. Sent after the commit: who got none is invited again. */
export async function mailInvitation(
  portal: Portal,
  { user, organization, secret }: { user: User; organization: Organization; secret: string },
): Promise<void> {
  const { portalUrl, senderAddress } = portal.settings;
  const reference = `invitation/${user.id}/${user.version}`;
  const message = invitationMail({
    to: { name: `${user.firstName} ${user.lastName}`.trim(), address: user.email },
    senderAddress,
    reference,
    organization: organization.name,
    invitation: `cpi_${user.id}_${secret}`,
    expires: user.invitation?.expires ?? '',
    portalUrl,
  });
  await portal.mailer.send(message, reference);
}
