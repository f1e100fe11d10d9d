import { printedDueDate, printedMoney, printedNumber } from '../printed.ts';
import type { Statement } from '../statement.ts';
import type { MailBlock } from './body.ts';
import { type MailMessage, type NotificationOptions, notification } from './message.ts';

// A mail is for a first look; the attached statement has them all.
const SET_ASIDE_SHOWN = 20;

/**
 * The mail to an aggregator about one run: what was billed, when it is due, what could not be billed and why
 * (domain.md §6 and §7).
 * @param options.dueDate when the invoices are due ("2026-12-10")
 */
export function aggregatorMail(statement: Statement, options: NotificationOptions & { dueDate: string }): MailMessage {
  const { period, entries, totals } = statement;
  const documents = counted(entries.length, 'document');
  const amounts = totals.map(({ gross, currency }) => printedMoney(gross, currency));
  return notification(options, {
    subject: `Statement ${period}: ${[documents, ...amounts].join(', ')}`,
    title: `Statement ${period}`,
    documentName: `statement-${statement.reference}`,
    blocks: [
      { kind: 'paragraph', text: `To ${statement.aggregator.name}` },
      ...billedBlocks(statement, documents, options.dueDate),
      ...setAsideBlocks(statement),
    ],
  });
}

function billedBlocks({ period, vendor, entries, totals }: Statement, documents: string, dueDate: string): MailBlock[] {
  if (entries.length === 0) {
    return [{ kind: 'paragraph', text: `The billing of ${period} issued no documents for you.` }];
  }
  return [
    { kind: 'paragraph', text: `${vendor.name} issued ${documents} for you in the billing of ${period}.` },
    {
      kind: 'table',
      caption: 'What was billed',
      titles: ['Currency', 'Documents', 'Net', 'Tax', 'Total'],
      rows: totals.map((total) => [
        total.currency,
        printedNumber(total.documents),
        printedNumber(total.net),
        printedNumber(total.tax),
        printedNumber(total.gross),
      ]),
    },
    ...(entries.some((entry) => printedDueDate(entry) !== undefined)
      ? [{ kind: 'paragraph', text: `Invoices are due on ${dueDate}.` } as const]
      : []),
  ];
}

function setAsideBlocks({ setAside }: Statement): MailBlock[] {
  if (setAside.length === 0) return [];
  const shown = setAside
    .slice(0, SET_ASIDE_SHOWN)
    .map(
      ({ contractNumber, serviceProvider, usagePeriod, reason, code }) =>
        `Contract ${contractNumber}, ${serviceProvider}, ${usagePeriod}: ${reason} (${code})`,
    );
  const more = setAside.length - shown.length;
  return [
    { kind: 'heading', text: 'Not billed yet' },
    {
      kind: 'paragraph',
      text: `${counted(setAside.length, 'order')} could not be billed in this run and will be taken up by a later one.`,
    },
    { kind: 'list', items: more > 0 ? [...shown, `and ${printedNumber(String(more))} more in the statement`] : shown },
  ];
}

function counted(count: number, what: string): string {
  return `${printedNumber(String(count))} ${what}${count === 1 ? '' : 's'}`;
}
