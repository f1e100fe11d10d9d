import type { OneOffOrderStatus } from '../../domain/one-off-order/status.ts';
import { type MailMessage, type NotificationOptions, notification } from './message.ts';

type ToldOrder = {
  orderNumber: string;
  contractNumber: string;
  status: OneOffOrderStatus;
  description: string;
  comment?: string;
};

const SAID: Readonly<Record<OneOffOrderStatus, { is: string; next: string }>> = {
  PENDING_APPROVAL: { is: 'waits for approval', next: 'The vendor decides of it.' },
  APPROVED: { is: 'is approved', next: 'The vendor is going to provide its licence keys.' },
  FULFILLED: {
    is: 'is fulfilled',
    next: 'Its licence keys are in the Commerce Portal, for Operations of the service provider and the licence contact of the contract. They are never sent by mail.',
  },
  REJECTED: { is: 'is rejected', next: 'No licences are provided for it.' },
};

/** The mail to a party of a one-off order that was made or has moved on. It has no licence keys. */
export function oneOffOrderMail(
  { orderNumber, contractNumber, status, description, comment }: ToldOrder,
  options: NotificationOptions,
): MailMessage {
  const { is, next } = SAID[status];
  const title = `One-off order ${orderNumber} ${is}`;
  return notification(options, {
    subject: title,
    title,
    blocks: [
      {
        kind: 'paragraph',
        text: `The order of licences for contract ${contractNumber} (${description}) ${is}. ${next}`,
      },
      ...(comment === undefined ? [] : [{ kind: 'paragraph', text: `The vendor says: ${comment}` } as const]),
    ],
  });
}
