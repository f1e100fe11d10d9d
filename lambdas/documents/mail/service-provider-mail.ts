import { printedFigure, printedNumber } from '../printed.ts';
import type { ConsolidatedBill } from '../statement.ts';
import type { MailBlock } from './body.ts';
import { type MailMessage, type NotificationOptions, notification } from './message.ts';

// A mail is for a first look; the attached bill has them all.
const CONTRACTS_SHOWN = 50;

/** The mail to a service provider about one run: what its contracts come to, in points or the money of money families (domain.md §7). */
export function serviceProviderMail(bill: ConsolidatedBill, options: NotificationOptions): MailMessage {
  const { period, serviceProvider } = bill;
  const total = totalInWords(bill);
  return notification(options, {
    subject: `Consolidated bill ${period}: ${total}`,
    title: `Consolidated bill ${period}`,
    documentName: `consolidated-bill-${bill.reference}`,
    blocks: [
      { kind: 'paragraph', text: `To ${serviceProvider.name}` },
      { kind: 'paragraph', text: `Your contracts were billed for ${period} with ${total} in total.` },
      ...contractBlocks(bill),
    ],
  });
}

const joinedUnit = (figure: string, currency: string | undefined): string =>
  currency === undefined ? figure : `${figure} ${currency}`;

function totalInWords({ contracts, totalPoints, totalAmounts = [] }: ConsolidatedBill): string {
  const amounts = totalAmounts.map(({ currency, amount }) => joinedUnit(printedFigure(amount, currency), currency));
  const hasPoints = amounts.length === 0 || contracts.some(({ currency }) => currency === undefined);
  return [...(hasPoints ? [`${printedNumber(totalPoints)} points`] : []), ...amounts].join(', ');
}

function contractBlocks({ contracts }: ConsolidatedBill): MailBlock[] {
  const shown = contracts.slice(0, CONTRACTS_SHOWN);
  const table: MailBlock = {
    kind: 'table',
    caption: 'What each contract comes to, in points where no currency is named',
    titles: ['Contract', 'Minimum commit', 'Reported', 'Overage', 'Underage', 'Total'],
    rows: shown.map((contract) => [
      contract.contractNumber,
      ...[contract.minimumCommit, contract.reported, contract.overage, contract.underage].map((figure) =>
        printedFigure(figure, contract.currency),
      ),
      joinedUnit(printedFigure(contract.total, contract.currency), contract.currency),
    ]),
  };
  const more = contracts.length - shown.length;
  return more > 0
    ? [table, { kind: 'paragraph', text: `The bill has ${printedNumber(String(more))} more contracts.` }]
    : [table];
}
