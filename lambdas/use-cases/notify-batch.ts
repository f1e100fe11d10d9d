import { aggregatorMail } from '../documents/mail/aggregator-mail.ts';
import type { MailMessage, NotificationOptions } from '../documents/mail/message.ts';
import { serviceProviderMail } from '../documents/mail/service-provider-mail.ts';
import { ConsolidatedBillSchema, StatementSchema } from '../documents/statement.ts';
import { addDays } from '../domain/calendar/period.ts';
import { getExisting, parseJson } from './bytes.ts';
import { RetryableError, TerminalError } from './errors.ts';
import { type RecipientsPortal, recipientsOf } from './mail-recipients.ts';
import type { Portal } from './ports/portal.ts';
import type { RunParty } from './run-files.ts';
import type { BatchResult } from './set-aside.ts';
import { referenceOf } from './settle-batch.ts';

export type NotifyPortal = RecipientsPortal &
  Pick<Portal, 'settings' | 'clock' | 'organizations' | 'documents' | 'partyDocuments' | 'notifications' | 'mailer'>;

const KIND = 'RUN_SETTLED';

/**
 * Sends each party of a run its one message: what was billed, the document attached, what failed (domain.md §6.8). The
 * message is claimed before it is sent: a copy goes out only when whoever sent it has died before saying so, and it is
 * the same copy.
 */
export async function notifyBatch(portal: NotifyPortal, batch: readonly RunParty[]): Promise<BatchResult> {
  const held: string[] = [];
  for (const party of batch) {
    const reference = await notify(portal, party);
    if (reference) held.push(reference);
  }
  if (held.length > 0) throw new RetryableError(`being sent by another worker: ${held.join(', ')}`);
  return { done: batch.length, failed: 0 };
}

/** Sends a party's message; answers its reference when another worker holds it. */
async function notify(portal: NotifyPortal, party: RunParty): Promise<string | undefined> {
  const organization = await portal.organizations.get(party.id);
  if (!organization) throw new TerminalError(`organization ${party.id} does not exist`);
  const reference = referenceOf(party, organization);
  const notification = { run: party.run, kind: KIND, recipientId: party.id, reference };
  const claim = await portal.notifications.claim(notification, portal.clock());
  if (claim === 'SENT') return undefined;
  if (claim === 'HELD') return reference;
  const to = await recipientsOf(portal, organization, 'BILLS');
  await portal.mailer.send(await messageOf(portal, party, { to, reference }), reference);
  await portal.notifications.sent(notification, portal.clock());
  return undefined;
}

async function messageOf(
  portal: NotifyPortal,
  party: RunParty,
  addressed: Pick<NotificationOptions, 'to' | 'reference'>,
): Promise<MailMessage> {
  const document = await portal.partyDocuments.get(party.id, party.period, party.run);
  if (!document) throw new TerminalError(`run ${party.run} has settled nothing with ${party.id}`);
  const options: NotificationOptions = {
    ...addressed,
    from: { name: 'Commerce Portal', address: portal.settings.senderAddress },
    portalUrl: portal.settings.portalUrl,
  };
  const json = await getExisting(portal.documents, `${document.key}.json`);
  if (party.kind === 'SERVICE_PROVIDER') return serviceProviderMail(parseJson(ConsolidatedBillSchema, json), options);
  const [pdf, csv] = await Promise.all([
    getExisting(portal.documents, `${document.key}.pdf`),
    getExisting(portal.documents, `${document.key}.csv`),
  ]);
  const attached = { pdf, csv: new TextDecoder().decode(csv) };
  const dueDate = addDays(party.invoiceDate, portal.settings.paymentDays);
  return aggregatorMail(parseJson(StatementSchema, json), { ...options, attached, dueDate });
}
