import { aggregatorMail } from '../documents/mail/aggregator-mail.ts';
import type { MailMessage, NotificationOptions } from '../documents/mail/message.ts';
import { serviceProviderMail } from '../documents/mail/service-provider-mail.ts';
import { ConsolidatedBillSchema, StatementSchema } from '../documents/statement.ts';
import { addDays } from '../domain/calendar/period.ts';
import type { CloseRun } from '../domain/close/run.ts';
import { RetryableError, TerminalError } from './errors.ts';
import type { Portal } from './ports/portal.ts';
import type { BatchResult } from './rate-batch.ts';
import { parseJson, type RunParty } from './run-files.ts';
import { referenceOf } from './settle-batch.ts';

export type NotifyPortal = Pick<
  Portal,
  'settings' | 'clock' | 'organizations' | 'documents' | 'partyDocuments' | 'notifications' | 'mailer'
>;

const KIND = 'RUN_SETTLED';

/**
 * Sends each party of a run its one message: what was billed, the document attached, what failed (domain.md §6.8). The
 * message is claimed before it is sent: a copy goes out only when whoever sent it has died before saying so, and it is
 * the same copy.
 */
export async function notifyBatch(
  portal: NotifyPortal,
  run: CloseRun,
  batch: readonly RunParty[],
): Promise<BatchResult> {
  for (const party of batch) await notify(portal, run, party);
  return { done: batch.length, failed: 0 };
}

async function notify(portal: NotifyPortal, run: CloseRun, party: RunParty): Promise<void> {
  const organization = await portal.organizations.get(party.id);
  if (!organization) throw new TerminalError(`organization ${party.id} does not exist`);
  const reference = referenceOf(run, organization);
  const notification = { run: run.name, kind: KIND, recipientId: party.id, reference };
  const claim = await portal.notifications.claim(notification, portal.clock());
  if (claim === 'SENT') return;
  if (claim === 'HELD') throw new RetryableError(`the message ${reference} is being sent by another worker`);
  const to = [{ name: organization.name, address: organization.email }];
  await portal.mailer.send(await messageOf(portal, run, party, { to, reference }), reference);
  await portal.notifications.sent(notification, portal.clock());
}

async function messageOf(
  portal: NotifyPortal,
  run: CloseRun,
  party: RunParty,
  addressed: Pick<NotificationOptions, 'to' | 'reference'>,
): Promise<MailMessage> {
  const document = await portal.partyDocuments.get(party.id, run.period, run.name);
  if (!document) throw new TerminalError(`run ${run.name} has settled nothing with ${party.id}`);
  const [json, pdf, csv] = await Promise.all(
    ['json', 'pdf', 'csv'].map(async (extension) => {
      const bytes = await portal.documents.get(`${document.key}.${extension}`);
      if (!bytes) throw new TerminalError(`${document.key}.${extension} is missing`);
      return bytes;
    }),
  );
  const options: NotificationOptions = {
    ...addressed,
    from: { name: 'Commerce Portal', address: portal.settings.senderAddress },
    portalUrl: portal.settings.portalUrl,
    pdf: pdf as Uint8Array,
    csv: new TextDecoder().decode(csv),
  };
  if (party.kind === 'SERVICE_PROVIDER') {
    return serviceProviderMail(parseJson(ConsolidatedBillSchema, json as Uint8Array), options);
  }
  const dueDate = addDays(run.invoiceDate, portal.settings.paymentDays);
  return aggregatorMail(parseJson(StatementSchema, json as Uint8Array), { ...options, dueDate });
}
