import type { DealExtensionStatus, DealStatus } from '../../domain/deal/status.ts';
import { type MailMessage, type NotificationOptions, notification } from './message.ts';

type ToldDeal = {
  dealNumber: string;
  contractNumber: string;
  productSKU: string;
  status: DealStatus;
  extendStatus: DealExtensionStatus;
  comment?: string;
};

const IS: Readonly<Record<DealStatus, string>> = {
  DRAFT: 'is a draft',
  PENDING_APPROVE: 'waits for approval',
  PENDING_REVISION: 'has to be revised',
  OPPORTUNITY: 'is approved',
  CLOSED_WON: 'is won',
  CLOSED_LOST: 'is lost',
  CLOSED_EXPIRED: 'has expired',
  CLOSED_DENIED: 'is denied',
  CLOSED_ABANDONED: 'is abandoned',
  CLOSED_CONTRACT_TERMINATED: 'is closed, as its contract has ended',
  CLOSED_AGGREGATOR_SWAPPED: 'is closed, as its contract has gone to another aggregator',
  CLOSED_AS_LOST_PRODUCT_ACCESS: 'is closed, as its product was withdrawn',
};

/** Of an opportunity, what its extension says last is the news. */
const EXTENSION_IS: Readonly<Record<DealExtensionStatus, string | undefined>> = {
  NOT_EXTENDED: undefined,
  PENDING_EXTENSION: 'is to be extended, which waits for approval',
  EXTENDED: 'is extended',
  EXTENSION_DENIED: 'is not extended',
};

/** The mail to a party of a deal that has moved on. */
export function dealMail(
  { dealNumber, contractNumber, productSKU, status, extendStatus, comment }: ToldDeal,
  options: NotificationOptions,
): MailMessage {
  const is = (status === 'OPPORTUNITY' && EXTENSION_IS[extendStatus]) || IS[status];
  const title = `Deal ${dealNumber} ${is}`;
  return notification(options, {
    subject: title,
    title,
    blocks: [
      { kind: 'paragraph', text: `The deal of ${productSKU} for contract ${contractNumber} ${is}.` },
      ...(comment === undefined ? [] : [{ kind: 'paragraph', text: `What was said: ${comment}` } as const]),
    ],
  });
}
