import type { Reminder } from '../../domain/billing-order/deadlines.ts';
import type { MailBlock } from './body.ts';
import { type MailMessage, type NotificationOptions, notification } from './message.ts';

/** What a mail of the programme calendar tells: the first orders by contract number, and how many there are. */
type Reminded = {
  kind: Reminder;
  usagePeriod: string;
  dueDate: string;
  count: number;
  orders: readonly { contractNumber: string; serviceProviderId: string }[];
};

/** Subject and sentence of each kind; `n` is "1 order", "3 orders". */
const WORDS: Readonly<Record<Reminder, (told: { n: string; of: string; due: string }) => readonly [string, string]>> = {
  USAGE_REMINDER: ({ n, of, due }) => [
    `Usage of ${of} is due on ${due}`,
    `The usage of ${n} for ${of} has not been submitted yet. It is due on ${due}.`,
  ],
  USAGE_DUE: ({ n, of }) => [
    `Usage of ${of} is due today`,
    `The usage of ${n} for ${of} has not been submitted yet. It is due today.`,
  ],
  USAGE_OVERDUE: ({ n, of, due }) => [
    `Usage of ${of} is overdue`,
    `The usage of ${n} for ${of} was due on ${due} and has not been submitted. What is not submitted by the cutoff is billed as it is reported then, and the contract is marked delinquent.`,
  ],
  REPORTS_OVERDUE: ({ n, of, due }) => [
    `Usage of ${of} is overdue: ${n}`,
    `The usage of ${n} for ${of} was due on ${due} and has not been submitted by the service providers.`,
  ],
  REVIEW_DUE: ({ n, of, due }) => [
    `Review of ${of} is due: ${n}`,
    `The review of ${n} for ${of} is due on ${due}. What is not approved by the cutoff is billed as it is reported then.`,
  ],
};

/** Of these the recipient is the aggregator, who has to know whose order it is. */
const NAMES_PROVIDERS: ReadonlySet<Reminder> = new Set(['REPORTS_OVERDUE', 'REVIEW_DUE']);

/**
 * A mail of the programme calendar, listing the orders that wait.
 * @param providerNames names of their service providers, by id
 */
export function reminderMail(
  { kind, usagePeriod, dueDate, count, orders }: Reminded,
  providerNames: ReadonlyMap<string, string>,
  options: NotificationOptions,
): MailMessage {
  const n = count === 1 ? '1 order' : `${count} orders`;
  const [subject, text] = WORDS[kind]({ n, of: usagePeriod, due: dueDate });
  const items = orders.map(({ contractNumber, serviceProviderId }) => {
    const name = NAMES_PROVIDERS.has(kind) ? providerNames.get(serviceProviderId) : undefined;
    return `Contract ${contractNumber}${name === undefined ? '' : `, ${name}`}`;
  });
  if (count > orders.length) items.push(`and ${count - orders.length} more`);
  const blocks: MailBlock[] = [
    { kind: 'paragraph', text },
    { kind: 'list', items },
  ];
  return notification(options, { subject, title: subject, blocks });
}
