import {
  belowTriggerPointMail,
  contractActiveMail,
  contractExpiringMail,
  documentIssuedMail,
  requestDecidedMail,
  takeOverMail,
  thresholdCrossedMail,
} from '../documents/mail/contract-mails.ts';
import { dealMail } from '../documents/mail/deal-mails.ts';
import { deliveriesEnteredMail, deliveryChangedMail } from '../documents/mail/delivery-mails.ts';
import type { MailMessage, NotificationOptions } from '../documents/mail/message.ts';
import { meterMail } from '../documents/mail/meter-mails.ts';
import { oneOffOrderMail } from '../documents/mail/one-off-order-mails.ts';
import { orderMail } from '../documents/mail/order-mails.ts';
import { reminderMail } from '../documents/mail/reminder-mails.ts';
import { webhookDisabledMail } from '../documents/mail/webhook-mails.ts';
import type { MailKind } from '../domain/organization/mail-kinds.ts';
import { getExisting } from './bytes.ts';
import { invoiceKey } from './documents.ts';
import { TerminalError } from './errors.ts';
import { type InvitationPortal, invitationMessage } from './invitation.ts';
import { type RecipientsPortal, recipientsOf } from './mail-recipients.ts';
import type { Notice, ReminderNotice } from './ports/messages.ts';
import type { Portal } from './ports/portal.ts';
import { type TellOncePortal, tellOnce } from './tell-once.ts';

export type TellPortal = RecipientsPortal &
  TellOncePortal &
  InvitationPortal &
  Pick<Portal, 'settings' | 'clock' | 'organizations' | 'contracts' | 'invoices' | 'documents'>;

/** What is told to an organization; an invitation goes to one person. */
type PartyNotice = Exclude<Notice, { kind: 'INVITATION' }>;

/** The kind of mail that each notice is. */
const KINDS: Readonly<Record<PartyNotice['kind'], MailKind>> = {
  DOCUMENT_ISSUED: 'BILLS',
  USAGE_REMINDER: 'REMINDERS',
  USAGE_DUE: 'REMINDERS',
  USAGE_OVERDUE: 'REMINDERS',
  REPORTS_OVERDUE: 'REMINDERS',
  REVIEW_DUE: 'REMINDERS',
  CONTRACT_EXPIRING: 'CONTRACTS',
  BELOW_TRIGGER_POINT: 'CONTRACTS',
  THRESHOLD_CROSSED: 'CONTRACTS',
  TAKE_OVER_ASKED: 'CONTRACTS',
  CONTRACT_ACTIVE: 'CONTRACTS',
  REQUEST_DECIDED: 'CONTRACTS',
  ORDER_CHANGED: 'ORDERS',
  ONE_OFF_ORDER_CHANGED: 'ONE_OFF_ORDERS',
  DEAL_CHANGED: 'DEALS',
  METER_STOPPED: 'USAGE_METERS',
  METER_RESUMED: 'USAGE_METERS',
  SERVICE_DELIVERIES_ENTERED: 'SERVICES',
  SERVICE_DELIVERY_CHANGED: 'SERVICES',
  WEBHOOK_DISABLED: 'WEBHOOKS',
};

/**
 * Mails a notice to the party or the person it is for, at least once (tell-once.ts).
 * @returns 1 when it was sent by this call
 * @throws TerminalError when its recipient or the document it is about does not exist
 */
export function tellParties(portal: TellPortal, notice: Notice): Promise<number> {
  return tellOnce(portal, notice, () =>
    notice.kind === 'INVITATION' ? invitationMessage(portal, notice) : mailOf(portal, notice),
  );
}

async function mailOf(portal: TellPortal, notice: PartyNotice): Promise<MailMessage> {
  const organization = await portal.organizations.get(notice.recipientId);
  if (!organization) throw new TerminalError(`organization ${notice.recipientId} does not exist`);
  const { senderAddress, portalUrl } = portal.settings;
  const [to, about] = await Promise.all([
    recipientsOf(portal, organization, KINDS[notice.kind]),
    'contractId' in notice ? aboutContract(portal, notice) : undefined,
  ]);
  const options: NotificationOptions = {
    to,
    from: { name: 'Commerce Portal', address: senderAddress },
    portalUrl,
    reference: notice.id,
    ...(about !== undefined && { about }),
  };
  switch (notice.kind) {
    case 'CONTRACT_EXPIRING':
      return contractExpiringMail(notice, options);
    case 'CONTRACT_ACTIVE':
      return contractActiveMail(notice, options);
    case 'REQUEST_DECIDED':
      return requestDecidedMail(notice, options);
    case 'ORDER_CHANGED':
      return orderMail(notice, options);
    case 'BELOW_TRIGGER_POINT':
      return belowTriggerPointMail(notice, options);
    case 'THRESHOLD_CROSSED':
      return thresholdCrossedMail(notice, options);
    case 'TAKE_OVER_ASKED':
      return takeOverMail(notice, options);
    case 'USAGE_REMINDER':
    case 'USAGE_DUE':
    case 'USAGE_OVERDUE':
    case 'REPORTS_OVERDUE':
    case 'REVIEW_DUE':
      return reminderMail(notice, await namesOf(portal, notice), options);
    case 'METER_STOPPED':
    case 'METER_RESUMED':
      return meterMail(notice, options);
    case 'SERVICE_DELIVERIES_ENTERED':
      return deliveriesEnteredMail(notice, options);
    case 'SERVICE_DELIVERY_CHANGED':
      return deliveryChangedMail(notice, options);
    case 'WEBHOOK_DISABLED':
      return webhookDisabledMail(notice, options);
    case 'DEAL_CHANGED':
      return dealMail(notice, options);
    case 'ONE_OFF_ORDER_CHANGED':
      return oneOffOrderMail(notice, { ...options, to: [...options.to, ...(await licenseContact(portal, notice))] });
    case 'DOCUMENT_ISSUED': {
      const invoice = await portal.invoices.get(notice.invoiceNumber);
      if (!invoice) throw new TerminalError(`invoice ${notice.invoiceNumber} does not exist`);
      const key = invoiceKey(invoice);
      const [pdf, csv] = await Promise.all([
        getExisting(portal.documents, `${key}.pdf`),
        getExisting(portal.documents, `${key}.csv`),
      ]);
      const attached = { pdf, csv: new TextDecoder().decode(csv) };
      return documentIssuedMail({ ...notice, invoice }, { ...options, attached });
    }
  }
}

/** The contract as its parties know it: an aggregator, and the vendor, by its service provider. */
async function aboutContract(
  portal: TellPortal,
  { contractId, recipientId }: { contractId: string; recipientId: string },
): Promise<string | undefined> {
  const found = await portal.contracts.get(contractId);
  if (!found) return undefined;
  const { contractNumber, contractReferenceNumber, serviceProviderId } = found.contract;
  const provider = recipientId === serviceProviderId ? undefined : await portal.organizations.get(serviceProviderId);
  return `Contract ${contractNumber} is ${contractReferenceNumber}${provider ? ` of ${provider.name}` : ''}`;
}

/** Where an order was fulfilled, who the keys are for; not the aggregator, who isn't shown them. */
async function licenseContact(
  portal: TellPortal,
  { contractId, recipientId, status }: Extract<Notice, { kind: 'ONE_OFF_ORDER_CHANGED' }>,
): Promise<MailMessage['to']> {
  if (status !== 'FULFILLED') return [];
  const found = await portal.contracts.get(contractId);
  const contact = found?.contract.serviceProviderId === recipientId ? found.contract.contacts.license : undefined;
  return contact ? [{ name: `${contact.firstName} ${contact.lastName}`.trim(), address: contact.email }] : [];
}

/** Names of the service providers whose orders a mail to an aggregator lists. */
async function namesOf(portal: TellPortal, { orders }: ReminderNotice): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(orders.map(({ serviceProviderId }) => serviceProviderId))];
  return new Map((await portal.organizations.getMany(ids)).map(({ id, name }) => [id, name]));
}
