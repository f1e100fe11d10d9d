import type { OrderNews } from '../../domain/billing-order/order-news.ts';
import { type MailMessage, type NotificationOptions, notification } from './message.ts';

type ToldOrder = { contractNumber: string; usagePeriod: string; news: OrderNews; comment?: string };

/** What it is about, what has happened, and what comes next. */
const WORDS: Readonly<Record<OrderNews, readonly ['order' | 'adjustment', string, string]>> = {
  SENT_BACK: ['order', 'was sent back', 'Correct it and submit it again: at the cutoff it is billed as it is then.'],
  REJECTED: ['order', 'was rejected by the vendor', 'It is yours to review again.'],
  CANCELLED: ['order', 'was cancelled by the vendor', 'Nothing of the month is billed.'],
  ADJUSTMENT_SUBMITTED: ['adjustment', 'waits for your review', 'Its service provider has submitted it.'],
  ADJUSTMENT_SENT_BACK: ['adjustment', 'was sent back', 'Correct it and submit it again, or withdraw it.'],
  ADJUSTMENT_TO_APPROVE: ['adjustment', 'waits for your decision', 'Its aggregator has approved it.'],
  ADJUSTMENT_APPROVED: [
    'adjustment',
    'is approved',
    'The next close credits the invoice of the month and bills the month anew.',
  ],
  ADJUSTMENT_REJECTED: ['adjustment', 'was rejected by the vendor', 'What was billed stands.'],
  ADJUSTMENT_LAPSED: ['adjustment', 'has lapsed', 'Nobody has touched it for 30 days. What was billed stands.'],
};

/** The mail to a party of an order that has come back to it, or whose adjustment has moved on. */
export function orderMail(
  { contractNumber, usagePeriod, news, comment }: ToldOrder,
  options: NotificationOptions,
): MailMessage {
  const [subject, what, next] = WORDS[news];
  const title = `The ${subject} of ${usagePeriod} of contract ${contractNumber} ${what}`;
  return notification(options, {
    subject: title,
    title,
    blocks: [
      { kind: 'paragraph', text: next },
      ...(comment === undefined ? [] : [{ kind: 'paragraph', text: `What was said: ${comment}` } as const]),
    ],
  });
}
