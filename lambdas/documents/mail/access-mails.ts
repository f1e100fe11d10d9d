import { htmlBody, type MailBlock, textBody } from './body.ts';
import type { MailMessage } from './message.ts';

type AccessMail = {
  to: { name: string; address: string };
  senderAddress: string;
  /** Names the message for good: the same for each attempt to send it. */
  reference: string;
};

/** The mail that invites a person to become a user of an organization. */
export function invitationMail(
  mail: AccessMail & { organization: string; invitation: string; expires: string; portalUrl: string },
): MailMessage {
  const { organization, invitation, expires, portalUrl } = mail;
  return accessMail(mail, `Invitation to the Commerce Portal of ${organization}`, [
    { kind: 'paragraph', text: `${organization} has made you a user of the Commerce Portal.` },
    // Behind the # nothing is sent to a server, so the secret gets into no log on the way.
    { kind: 'link', text: 'Accept the invitation', url: `${portalUrl}/#invitation=${invitation}` },
    { kind: 'paragraph', text: `Or give the portal this text: ${invitation}` },
    { kind: 'paragraph', text: `It can be used once, until ${expires}. If you expected no invitation, ignore it.` },
  ]);
}

/** The mail with a code to sign in with. */
export function signInCodeMail(mail: AccessMail & { code: string; minutes: number }): MailMessage {
  return accessMail(mail, 'Your code for the Commerce Portal', [
    { kind: 'paragraph', text: `Your code is ${mail.code}. It can be used once, within ${mail.minutes} minutes.` },
    { kind: 'paragraph', text: 'If you did not ask for it, ignore this mail: nobody can sign in without the code.' },
  ]);
}

function accessMail({ to, senderAddress, reference }: AccessMail, title: string, blocks: MailBlock[]): MailMessage {
  return {
    to: [to],
    from: { name: 'Commerce Portal', address: senderAddress },
    subject: title,
    html: htmlBody(title, blocks),
    text: textBody(title, blocks),
    headers: { 'X-Portal-Reference': reference },
    attachments: [],
  };
}
