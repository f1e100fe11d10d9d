import { MAIL_KIND_NAMES, type MailChoice, type MailKind, mayHaveMail } from '../domain/organization/mail-kinds.ts';
import { audited } from './audited.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { PortalError } from './errors.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import type { Portal } from './ports/portal.ts';
import { notValid } from './requested-change.ts';

// A message of SES has 50 recipients, of which one is the organization's address.
const MOST_OF_A_KIND = 49;

/** Kinds of mail that the caller may have, and those it has chosen. */
export async function readMailChoice(
  portal: Pick<Portal, 'mailChoices'>,
  { organizationId, organizationType, userId, roles }: Caller,
): Promise<{ available: MailKind[]; choice: MailChoice }> {
  return {
    available: MAIL_KIND_NAMES.filter((kind) => mayHaveMail(kind, organizationType, roles)),
    choice: await portal.mailChoices.of(organizationId, userId),
  };
}

/**
 * Chooses which kinds of mail of its organization the caller gets too; all others it gets no longer.
 * @throws PortalError BAD_REQUEST for a kind that it may not have, or that as many users have as may; VERSION_MISMATCH;
 *   CHANGED_MEANWHILE
 */
export function chooseMail(
  portal: Pick<Portal, 'units' | 'audit' | 'mailChoices'>,
  { caller, now, ifMatch }: { caller: Caller; now: Date; ifMatch: IfMatch },
  wanted: readonly MailKind[],
): Promise<MailChoice> {
  const { organizationId, organizationType, userId, roles } = caller;
  const kinds = MAIL_KIND_NAMES.filter((kind) => wanted.includes(kind));
  const beyond = kinds.filter((kind) => !mayHaveMail(kind, organizationType, roles));
  if (beyond.length > 0) {
    throw notValid([{ field: 'kinds', message: `has ${beyond.join(', ')}, which your roles do not see` }]);
  }
  return committed(portal, 'What you get by mail', async () => {
    const [before, all] = await Promise.all([
      portal.mailChoices.of(organizationId, userId),
      portal.mailChoices.ofOrganization(organizationId),
    ]);
    refuseOtherVersion(before.version, ifMatch);
    const others = all.filter((choice) => choice.userId !== userId);
    const full = kinds.filter(
      (kind) => others.filter((choice) => choice.kinds.includes(kind)).length >= MOST_OF_A_KIND,
    );
    if (full.length > 0) {
      throw new PortalError('BAD_REQUEST', `${MOST_OF_A_KIND} users have ${full.join(', ')}, and no more can`);
    }
    const after: MailChoice = { organizationId, userId, kinds, version: before.version + 1 };
    const entry = audited(portal, {
      organizationId,
      subject: `MAIL-CHOICE#${userId}`,
      version: after.version,
      now,
      actor: userId,
      action: 'chooseMail',
      from: before.kinds.join(', '),
      to: kinds.join(', '),
    });
    return { changes: [portal.mailChoices.changed(before, after), entry], result: after };
  });
}
