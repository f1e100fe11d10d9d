import type { MailMessage } from '../documents/mail/message.ts';
import type { Notice } from './ports/messages.ts';
import type { Portal } from './ports/portal.ts';

export type TellOncePortal = Pick<Portal, 'clock' | 'notices' | 'notifications' | 'mailer'>;

/**
 * Mails a notice and takes it out: at least once, always with the same reference. It is claimed before it is sent, so that a
 * copy goes out only when whoever sent it has died before saying so.
 *
 * @param message makes the mail; undefined where there is nothing to be told any more
 * @returns 1 when it was sent by this call
 */
export async function tellOnce(
  portal: TellOncePortal,
  notice: Notice,
  message: () => Promise<MailMessage | undefined>,
): Promise<number> {
  const { id, kind, recipientId } = notice;
  const notification = { run: id, kind, recipientId, reference: id };
  const claim = await portal.notifications.claim(notification, portal.clock());
  if (claim === 'HELD') return 0;
  let sent = 0;
  if (claim === 'CLAIMED') {
    const mail = await message();
    if (mail) {
      await portal.mailer.send(mail, id);
      sent = 1;
    }
    await portal.notifications.sent(notification, portal.clock());
  }
  await portal.notices.told(notice);
  return sent;
}
