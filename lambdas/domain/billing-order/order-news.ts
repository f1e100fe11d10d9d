import type { BillingOrder } from './billing-order.ts';
import type { BillingOrderStatus } from './status.ts';

/**
 * What is told of an order by mail: what comes back to somebody, and what becomes of adjustments, which have no due date that
 * anybody is reminded of. Orders to report and to review are reminded of by the programme calendar.
 */
export const ORDER_NEWS = {
  SENT_BACK: ['SERVICE_PROVIDER'],
  REJECTED: ['AGGREGATOR'],
  CANCELLED: ['SERVICE_PROVIDER', 'AGGREGATOR'],
  ADJUSTMENT_SUBMITTED: ['AGGREGATOR'],
  ADJUSTMENT_SENT_BACK: ['SERVICE_PROVIDER'],
  ADJUSTMENT_TO_APPROVE: ['VENDOR'],
  ADJUSTMENT_APPROVED: ['SERVICE_PROVIDER', 'AGGREGATOR'],
  ADJUSTMENT_REJECTED: ['SERVICE_PROVIDER', 'AGGREGATOR'],
  ADJUSTMENT_LAPSED: ['SERVICE_PROVIDER', 'AGGREGATOR'],
} as const satisfies Record<string, readonly ('SERVICE_PROVIDER' | 'AGGREGATOR' | 'VENDOR')[]>;
export type OrderNews = keyof typeof ORDER_NEWS;
export const ORDER_NEWS_NAMES = Object.keys(ORDER_NEWS) as [OrderNews, ...OrderNews[]];

const OF_ORDERS: Readonly<Record<string, OrderNews>> = {
  sendBack: 'SENT_BACK',
  reject: 'REJECTED',
  cancel: 'CANCELLED',
};

/** By verb, and where it leads: aggregator and vendor both approve and reject. */
const OF_ADJUSTMENTS: Readonly<Record<string, Partial<Record<BillingOrderStatus, OrderNews>>>> = {
  submit: { PENDING_AGGREGATOR: 'ADJUSTMENT_SUBMITTED' },
  reject: { PENDING_SP: 'ADJUSTMENT_SENT_BACK', CLOSED: 'ADJUSTMENT_REJECTED' },
  approve: { PENDING_APPROVAL: 'ADJUSTMENT_TO_APPROVE', PENDING_VENDOR_REFUND: 'ADJUSTMENT_APPROVED' },
  lapse: { CLOSED: 'ADJUSTMENT_LAPSED' },
};

/** What a move of an order is told as; undefined where nobody is mailed. */
export function orderNews(
  { billed, status }: Pick<BillingOrder, 'billed' | 'status'>,
  verb: string,
): OrderNews | undefined {
  return billed ? OF_ADJUSTMENTS[verb]?.[status] : OF_ORDERS[verb];
}
