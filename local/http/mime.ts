import PostalMime, { decodeWords } from 'postal-mime';

export type MailAttachment = { fileName: string; contentType: string; content: Buffer };

export type Mail = {
  /** Names as written and decoded values, in their order. */
  headers: [name: string, value: string][];
  text: string | undefined;
  html: string | undefined;
  attachments: MailAttachment[];
};

/** Reads a mail, also one that is cut off or none. */
export async function readMail(bytes: Uint8Array): Promise<Mail> {
  const { headers, text, html, attachments } = await PostalMime.parse(bytes);
  return {
    // The library hands out the values of headers as they are sent.
    headers: headers.map(({ originalKey, value }) => [originalKey, decodeWords(value)]),
    text,
    html,
    attachments: attachments.map(({ filename, mimeType, content }) => ({
      fileName: filename ?? 'attachment',
      contentType: mimeType,
      // Bytes, as no encoding is asked for.
      content: Buffer.from(content as ArrayBuffer),
    })),
  };
}

/** The value of a mail's header, "" when it has none. */
export function mailHeader(mail: Pick<Mail, 'headers'>, name: string): string {
  return mail.headers.find(([each]) => each.toLowerCase() === name)?.[1] ?? '';
}
