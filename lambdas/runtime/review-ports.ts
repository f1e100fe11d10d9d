import { openMeteredOrders } from '../stores/metered-orders.ts';
import { openOrderComments } from '../stores/order-comments.ts';
import { openReviews } from '../stores/reviews.ts';
import type { Table } from '../stores/table.ts';
import type { Portal } from '../use-cases/ports/portal.ts';

/** Ports of what is said and found of billing orders: most functions don't carry them. */
export function reviewPorts(table: Table): Pick<Portal, 'reviews' | 'orderComments' | 'meteredOrders'> {
  return {
    reviews: openReviews(table),
    orderComments: openOrderComments(table),
    meteredOrders: openMeteredOrders(table),
  };
}
