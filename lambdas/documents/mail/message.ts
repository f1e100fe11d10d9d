import { htmlBody, type MailBlock, textBody } from './body.ts';

/** A name as people write it, and an address as machines do ("billing@example.com"). */
type MailAddress = { name: string; address: string };

type MailAttachment = { filename: string; contentType: string; content: Uint8Array };

/** A mail before it is sent: everything but its date and message id, which are fixed when it is. */
export type MailMessage = {
  to: readonly MailAddress[];
  from: MailAddress;
  subject: string;
  html: string;
  text: string;
  /** `X-Portal-Reference` is the same in every copy of a message (domain.md §6). */
  headers: Readonly<Record<string, string>>;
  attachments: readonly MailAttachment[];
};

/** What every notification of a run is told from outside. */
export type NotificationOptions = {
  to: readonly MailAddress[];
  from: MailAddress;
  /** Where a signed-in user finds the documents; never a signed link. */
  portalUrl: string;
  /** Names the message for good: the same for each attempt to send it. */
  reference: string;
  /** Whose contract it is about, in words. */
  about?: string;
  /** The document to attach, as PDF and as CSV; without it the message only says where to find it. */
  attached?: { pdf: Uint8Array; csv: string };
};

/**
 * Makes the message around what it says. `documentName` names the attached files, once it is fit for a file name; a message
 * that is about no document has none.
 */
export function notification(
  options: NotificationOptions,
  content: { subject: string; title: string; blocks: readonly MailBlock[]; documentName?: string },
): MailMessage {
  const { to, from, portalUrl, reference, about, attached } = options;
  const { subject, title } = content;
  const documentName = content.documentName?.replaceAll(/[^\w.-]+/g, '-');
  const whereabouts: MailBlock[] = documentName
    ? [
        { kind: 'heading', text: 'Where to find the documents' },
        {
          kind: 'paragraph',
          text: `${attached ? `Attached: ${documentName}.pdf and ${documentName}.csv. ` : ''}All documents of the period are in the Commerce Portal, for signed-in users.`,
        },
      ]
    : [];
  const blocks: MailBlock[] = [
    ...content.blocks,
    ...(about === undefined ? [] : [{ kind: 'paragraph', text: about } as const]),
    ...whereabouts,
    { kind: 'link', text: 'Open the Commerce Portal', url: portalUrl },
    { kind: 'paragraph', text: `Reference: ${reference}` },
  ];
  return {
    to,
    from,
    subject,
    html: htmlBody(title, blocks),
    text: textBody(title, blocks),
    headers: { 'X-Portal-Reference': reference },
    attachments: documentName && attached ? attachmentsOf(documentName, attached) : [],
  };
}

function attachmentsOf(name: string, { pdf, csv }: { pdf: Uint8Array; csv: string }): MailAttachment[] {
  return [
    { filename: `${name}.pdf`, contentType: 'application/pdf', content: pdf },
    { filename: `${name}.csv`, contentType: 'text/csv; charset=utf-8', content: new TextEncoder().encode(csv) },
  ];
}
