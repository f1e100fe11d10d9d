import { printedNumber } from '../printed.ts';
import type { ConsolidatedBill } from '../statement.ts';
import type { MailBlock } from './body.ts';
import { type MailMessage, type NotificationOptions, notification } from './message.ts';

// A mail is for a first look; the attached bill has them all.
const CONTRACTS_SHOWN = 50;

/** The mail to a service provider about one run: the points of each of its contracts, no prices (domain.md §7). */
export function serviceProviderMail(bill: ConsolidatedBill, options: NotificationOptions): MailMessage {
  const { period, serviceProvider } = bill;
  const points = `${printedNumber(bill.totalPoints)} points`;
  return notification(options, {
    subject: `Consolidated bill ${period}: ${points}`,
    title: `Consolidated bill ${period}`,
    documentName: `consolidated-bill-${bill.reference}`,
    blocks: [
      { kind: 'paragraph', text: `To ${serviceProvider.name}.` },
      { kind: 'paragraph', text: `Your contracts were billed for ${period} with ${points} in total.` },
      ...contractBlocks(bill),
    ],
  });
}

function contractBlocks({ contracts }: ConsolidatedBill): MailBlock[] {
  const shown = contracts.slice(0, CONTRACTS_SHOWN);
  const table: MailBlock = {
    kind: 'table',
    caption: 'Points by contract',
    titles: ['Contract', 'Minimum commit', 'Reported', 'Overage', 'Underage', 'Total'],
    rows: shown.map((contract) => [
      contract.contractNumber,
      ...[contract.minimumCommit, contract.reported, contract.overage, contract.underage, contract.total].map(
        printedNumber,
      ),
    ]),
  };
  const more = contracts.length - shown.length;
  return more > 0
    ? [table, { kind: 'paragraph', text: `The bill has ${printedNumber(String(more))} more contracts.` }]
    : [table];
}
