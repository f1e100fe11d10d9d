import { invitationMail } from '../documents/mail/access-mails.ts';
import type { MailMessage } from '../documents/mail/message.ts';
import type { User } from '../domain/organization/organization.ts';
import { hashOfSecret, isSecretOf } from './api-token-text.ts';
import type { Notice } from './ports/messages.ts';
import type { Portal } from './ports/portal.ts';
import { type TellOncePortal, tellOnce } from './tell-once.ts';

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

export type InvitationPortal = Pick<Portal, 'settings' | 'users' | 'organizations' | 'secrets'>;

export type InvitationNotice = Extract<Notice, { kind: 'INVITATION' }>;

/** The notice that mails a user the invitation it has from now on: committed with it, so that its mail is never lost. */
export async function invitationNotice(
  portal: Pick<Portal, 'secrets'>,
  user: User,
  secret: string,
  now: Date,
): Promise<InvitationNotice> {
  const { id: userId, organizationId: recipientId, version } = user;
  return {
    id: `INVITATION#${userId}#${version}`,
    kind: 'INVITATION',
    time: now.toISOString(),
    recipientId,
    userId,
    secret: await portal.secrets.seal(secret, purposeOf(userId)),
  };
}

/** The mail of an invitation; undefined when the person needs none any more, or another has taken its place. */
export async function invitationMessage(
  portal: InvitationPortal,
  { id: reference, userId, secret: sealed }: InvitationNotice,
): Promise<MailMessage | undefined> {
  const user = await portal.users.get(userId);
  if (user?.status !== 'INVITED' || !user.invitation) return undefined;
  const secret = await portal.secrets.open(sealed, purposeOf(userId));
  if (!isSecretOf(secret, user.invitation.secretHash)) return undefined;
  const organization = await portal.organizations.get(user.organizationId);
  const { portalUrl, senderAddress } = portal.settings;
  return invitationMail({
    to: { name: `${user.firstName} ${user.lastName}`.trim(), address: user.email },
    senderAddress,
    reference,
    organization: organization?.name ?? '',
    invitation: `cpi_${user.id}_${secret}`,
    expires: user.invitation.expires,
    portalUrl,
  });
}

/** Mails an invitation at once; where that fails the job that sends what waits does it. */
export async function mailInvitation(
  portal: InvitationPortal & TellOncePortal,
  notice: InvitationNotice,
): Promise<void> {
  try {
    await tellOnce(portal, notice, () => invitationMessage(portal, notice));
  } catch {
    // The notice waits: the job tries it again, and tells of what fails there.
  }
}

const purposeOf = (userId: string): string => `invitation of user ${userId}`;
