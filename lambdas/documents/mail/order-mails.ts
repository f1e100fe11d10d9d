import type { OrderNews } from '../../domain/billing-order/order-news.ts';
import { type MailMessage, type NotificationOptions, notification } from './message.ts';

type ToldOrder = { contractNumber: string; usagePeriod: string; news: OrderNews; comment?: string };

/** Subject of what has happened, and what comes next. */
const WORDS: Readonly<Record<OrderNews, readonly [string, string]>> = {
  SENT_BACK: ['was sent back', 'Correct it and submit it again: at the cutoff it is billed as it is then.'],
  REJECTED: ['was rejected by the vendor', 'It is yours to review again.'],
  CANCELLED: ['was cancelled by the vendor', 'Nothing of the month is billed.'],
  ADJUSTMENT_SUBMITTED: [
    'is to be adjusted',
    'Its service provider has submitted the adjustment, which is yours to review.',
  ],
  ADJUSTMENT_SENT_BACK: [
    'is adjusted no further',
    'The adjustment was sent back. Correct it and submit it again, or withdraw it.',
  ],
  ADJUSTMENT_TO_APPROVE: ['is to be adjusted', 'Its aggregator has approved the adjustment, which is yours to decide.'],
  ADJUSTMENT_APPROVED: ['is adjusted', 'The next close credits its invoice and bills it anew.'],
  ADJUSTMENT_REJECTED: ['is not adjusted', 'The vendor has rejected the adjustment. What was billed stands.'],
  ADJUSTMENT_LAPSED: ['is not adjusted', 'Nobody has touched the adjustment for 30 days. What was billed stands.'],
};

/** The mail to a party of an order that has come back to it, or whose adjustment has moved on. */
export function orderMail(
  { contractNumber, usagePeriod, news, comment }: ToldOrder,
  options: NotificationOptions,
): MailMessage {
  const [what, next] = WORDS[news];
  const title = `The order of ${usagePeriod} of contract ${contractNumber} ${what}`;
  return notification(options, {
    subject: title,
    title,
    blocks: [
      { kind: 'paragraph', text: next },
      ...(comment === undefined ? [] : [{ kind: 'paragraph', text: `What was said: ${comment}` } as const]),
    ],
  });
}
