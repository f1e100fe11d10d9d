import { type MailMessage, type NotificationOptions, notification } from './message.ts';

/** The mail to an organization whose webhook the portal has disabled. */
export function webhookDisabledMail(
  { url, since, outcome }: { url: string; since: string; outcome: string },
  options: NotificationOptions,
): MailMessage {
  const { host } = new URL(url);
  const title = `Webhook at ${host} is disabled`;
  return notification(options, {
    subject: title,
    title,
    blocks: [
      {
        kind: 'paragraph',
        text: `Nothing could be delivered to ${host} since ${since.slice(0, 16).replace('T', ' ')} UTC (at last: ${outcome}), so the portal sends nothing more to it. Once it works again, an Administrator enables the webhook and replays what was not delivered; that is kept for 30 days.`,
      },
    ],
  });
}
