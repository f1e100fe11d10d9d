import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { toMime } from '../documents/mail/mime.ts';
import type { Mailer } from '../use-cases/ports/messages.ts';

/** Sends mail by SES, through the configuration set that bounces and complaints are counted in. */
export function openSesMailer(client: SESv2Client, configurationSet: string, clock: () => Date): Mailer {
  return {
    send: async (message, reference) => {
      const data = await toMime(message, { date: clock(), messageId: messageIdOf(reference, message.from.address) });
      await client.send(
        new SendEmailCommand({
          ConfigurationSetName: configurationSet,
          Content: { Raw: { Data: data } },
          EmailTags: [{ Name: 'reference', Value: reference.replace(/[^\w-]/g, '_') }],
        }),
      );
    },
  };
}

/** A message id that every copy of a message shares. */
export function messageIdOf(reference: string, sender: string): string {
  const domain = sender.slice(sender.lastIndexOf('@') + 1);
  return `<${reference.replace(/[^\w.-]/g, '.')}@${domain}>`;
}
