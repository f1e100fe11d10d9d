import type { ToldDecision } from '../../domain/service-delivery/status.ts';
import { type MailMessage, type NotificationOptions, notification } from './message.ts';

/** The mail to a service provider that services delivered wait for its acceptance. */
export function deliveriesEnteredMail(
  { contractNumber, numbers }: { contractNumber: string; numbers: readonly string[] },
  options: NotificationOptions,
): MailMessage {
  const title = `Services delivered on contract ${contractNumber} wait for acceptance`;
  const text =
    `The vendor has entered services delivered on contract ${contractNumber}: ${numbers.join(', ')}. They are on the billing ` +
    'order of their month, or on a later one. Accept or dispute them before you submit it: what nobody disputes is billed.';
  return notification(options, { subject: title, title, blocks: [{ kind: 'paragraph', text }] });
}

const SAID: Readonly<Record<ToldDecision, { is: string; next: string }>> = {
  dispute: { is: 'is disputed', next: 'It is on no billing order until you correct, confirm or withdraw it.' },
  correct: { is: 'is corrected', next: 'It waits for acceptance again: what nobody disputes is billed.' },
  confirm: { is: 'is confirmed', next: 'The vendor stands by it: it is billed as it is.' },
  withdraw: { is: 'is withdrawn', next: 'Nothing is billed for it.' },
};

/** The mail to the other side of a delivery that was disputed, corrected, confirmed or withdrawn. */
export function deliveryChangedMail(
  {
    contractNumber,
    number,
    decision,
    description,
    comment,
  }: { contractNumber: string; number: string; decision: ToldDecision; description: string; comment?: string },
  options: NotificationOptions,
): MailMessage {
  const { is, next } = SAID[decision];
  const title = `Service delivery ${number} ${is}`;
  const said = comment === undefined ? [] : [{ kind: 'paragraph', text: `Said with it: ${comment}` } as const];
  return notification(options, {
    subject: title,
    title,
    blocks: [
      {
        kind: 'paragraph',
        text: `The delivery ${number} on contract ${contractNumber} (${description}) ${is}. ${next}`,
      },
      ...said,
    ],
  });
}
