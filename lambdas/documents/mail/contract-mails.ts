import type { VendorDecision } from '../../domain/contract-request/request.ts';
import { printedFigure, printedMoney } from '../printed.ts';
import type { MailBlock } from './body.ts';
import { type MailMessage, type NotificationOptions, notification } from './message.ts';

type OfContract = { contractNumber: string };
type IssuedDocument = { number: string; kind: string; gross: string; currency: string; dueDate: string };

/** The mail to an aggregator with the invoice of a prepayment, or with the credit note for one. */
export function documentIssuedMail(
  { contractNumber, requestToken, invoice }: OfContract & { requestToken: string; invoice: IssuedDocument },
  options: NotificationOptions,
): MailMessage {
  const { number, kind, gross, currency, dueDate } = invoice;
  const amount = printedMoney(gross, currency);
  const credit = kind === 'CREDIT_NOTE';
  const about = `contract ${contractNumber}, request ${requestToken}`;
  return notification(options, {
    subject: `${credit ? 'Credit note' : 'Invoice'} ${number}: ${amount}`,
    title: `${credit ? 'Credit note' : 'Invoice'} ${number}`,
    documentName: number,
    blocks: [
      {
        kind: 'paragraph',
        text: credit
          ? `The prepayment of ${about} is credited, as the request has come to nothing: ${amount}.`
          : `The prepayment of ${about} is invoiced: ${amount}, due on ${dueDate}.`,
      },
    ],
  });
}

/** The mail to a party of a contract that is about to end. */
export function contractExpiringMail(
  { contractNumber, eolDate }: OfContract & { eolDate: string },
  options: NotificationOptions,
): MailMessage {
  const title = `Contract ${contractNumber} ends on ${eolDate}`;
  return notification(options, {
    subject: title,
    title,
    blocks: [{ kind: 'paragraph', text: `Its last active day is ${eolDate}, unless it is renewed until then.` }],
  });
}

/** The mail to an aggregator that a service provider wants a contract to go to. */
export function takeOverMail(
  { contractNumber, serviceProvider, effectiveDate }: OfContract & { serviceProvider: string; effectiveDate: string },
  options: NotificationOptions,
): MailMessage {
  const title = `${serviceProvider} wants you to take a contract over`;
  return notification(options, {
    subject: title,
    title,
    blocks: [
      {
        kind: 'paragraph',
        text: `From ${effectiveDate} on it is to be your contract ${contractNumber}, with the terms that run. Accept it in the Commerce Portal, or withdraw its request to decline; then the vendor decides.`,
      },
    ],
  });
}

/** A prepayment as the draw that took it below its trigger point left it, exact decimals. */
export type LowPrepayment = {
  drawn: string;
  balance: string;
  triggerPoint: string;
  /** Of money families: all are amounts in it; without it they are points. */
  currency?: string;
};

/** The mail to an aggregator whose contract's prepayment runs low. */
export function belowTriggerPointMail(
  { contractNumber, usagePeriod, figures }: OfContract & { usagePeriod: string; figures: LowPrepayment },
  options: NotificationOptions,
): MailMessage {
  const title = `Prepayment of contract ${contractNumber} is below its trigger point`;
  return notification(options, {
    subject: title,
    title,
    blocks: [
      {
        kind: 'paragraph',
        text: `The billing of ${usagePeriod} has taken the balance below the trigger point of the contract.`,
      },
      figuresOf(usagePeriod, figures),
      {
        kind: 'paragraph',
        text: 'To go on with a prepayment, ask for a top-up of the contract in the Commerce Portal: once the vendor has approved it, it is invoiced, and credited on its effective date. Usage that the balance does not cover is billed in cash.',
      },
    ],
  });
}

function figuresOf(usagePeriod: string, { drawn, balance, triggerPoint, currency }: LowPrepayment): MailBlock {
  const row = (title: string, figure: string) => [title, printedFigure(figure, currency)];
  return {
    kind: 'table',
    caption: `The prepayment after the billing of ${usagePeriod}`,
    titles: ['Prepayment', currency ?? 'Points'],
    rows: [row('Taken by it', drawn), row('Balance', balance), row('Trigger point', triggerPoint)],
  };
}

/** What the cloud services of a month have come to, and the threshold they have crossed: exact amounts of the currency. */
export type CrossedThreshold = { spent: string; threshold: string; currency: string };

/** The mail to a party of a contract of cloud services that has spent more than its threshold. */
export function thresholdCrossedMail(
  { contractNumber, usagePeriod, figures }: OfContract & { usagePeriod: string; figures: CrossedThreshold },
  options: NotificationOptions,
): MailMessage {
  const { spent, threshold, currency } = figures;
  const amount = (figure: string) => `${printedFigure(figure, currency)} ${currency}`;
  const title = `Contract ${contractNumber} has spent more than its threshold`;
  return notification(options, {
    subject: title,
    title,
    blocks: [
      {
        kind: 'paragraph',
        text: `Cloud services of ${usagePeriod} come to ${amount(spent)} by now, more than the threshold of the contract, ${amount(threshold)}. What is subscribed goes on and is billed; nothing new can be subscribed until the aggregator has the threshold raised.`,
      },
    ],
  });
}

/** The mail to a service provider whose contract has begun. */
export function contractActiveMail(
  { contractNumber, bolDate }: OfContract & { bolDate: string },
  options: NotificationOptions,
): MailMessage {
  const title = `Contract ${contractNumber} is active`;
  return notification(options, {
    subject: title,
    title,
    blocks: [
      {
        kind: 'paragraph',
        text: `It runs from ${bolDate} on. Usage sites and usage meters can be registered for it now.`,
      },
    ],
  });
}

const DECIDED: Readonly<Record<VendorDecision, string>> = {
  approve: 'is approved',
  askToRevise: 'has to be revised',
  reject: 'is rejected',
  stop: 'is stopped',
};

/** The mail to an aggregator of whose request the vendor has decided. */
export function requestDecidedMail(
  told: OfContract & { token: string; requestType: string; decision: VendorDecision; comment?: string },
  options: NotificationOptions,
): MailMessage {
  const { contractNumber, token, requestType, decision, comment } = told;
  const title = `Request ${token} ${DECIDED[decision]}`;
  return notification(options, {
    subject: title,
    title,
    blocks: [
      { kind: 'paragraph', text: `The request (${requestType}) for contract ${contractNumber} ${DECIDED[decision]}.` },
      ...(comment === undefined ? [] : [{ kind: 'paragraph', text: `The vendor says: ${comment}` } as const]),
    ],
  });
}
