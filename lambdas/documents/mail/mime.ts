import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { MailMessage } from './message.ts';

/**
 * The message as it travels (RFC 5322, MIME). Equal arguments give equal bytes.
 * @param options.date of the message
 * @param options.messageId with its angle brackets: "<2026-10-1.A-1001@portal.example.com>"
 */
export async function toMime(message: MailMessage, options: { date: Date; messageId: string }): Promise<Uint8Array> {
  const boundary = createHash('sha256').update(options.messageId).digest('hex').slice(0, 32);
  return new MailComposer({
    to: [...message.to],
    from: message.from,
    subject: message.subject,
    // Its own conversion of line ends passes the whole message, attachments and all, through one more stream.
    html: withLineEnds(message.html),
    text: withLineEnds(message.text),
    headers: { ...message.headers },
    attachments: message.attachments.map(({ filename, contentType, content }) => ({
      filename,
      contentType,
      content: Buffer.from(content),
    })),
    date: options.date,
    messageId: options.messageId,
    baseBoundary: boundary,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}

/** The text with CRLF after each line, as mail has it. */
function withLineEnds(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}
