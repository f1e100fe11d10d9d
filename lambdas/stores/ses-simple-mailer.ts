import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Mailer } from '../use-cases/ports/messages.ts';

/**
 * Sends mail without attachments by SES, which makes the message itself: functions of the API carry no library for it.
 * Throws for a message with attachments.
 */
export function openSesSimpleMailer(client: SESv2Client, configurationSet: string): Mailer {
  return {
    send: async ({ to, from, subject, html, text, headers, attachments }, reference) => {
      if (attachments.length > 0) throw new RangeError(`the mail ${reference} has attachments: send it as MIME`);
      await client.send(
        new SendEmailCommand({
          ConfigurationSetName: configurationSet,
          FromEmailAddress: addressOf(from),
          Destination: { ToAddresses: to.map(addressOf) },
          Content: {
            Simple: {
              Subject: { Data: subject, Charset: 'UTF-8' },
              Body: { Html: { Data: html, Charset: 'UTF-8' }, Text: { Data: text, Charset: 'UTF-8' } },
              Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
            },
          },
          EmailTags: [{ Name: 'reference', Value: reference.replace(/[^\w-]/g, '_') }],
        }),
      );
    },
  };
}

/** A name and an address in one header field; names as encoded words (RFC 2047), so that they may hold anything. */
function addressOf({ name, address }: { name: string; address: string }): string {
  return name ? `=?UTF-8?B?${Buffer.from(name).toString('base64')}?= <${address}>` : address;
}
