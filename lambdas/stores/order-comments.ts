import type { OrderComments } from '../use-cases/ports/order-comments.ts';
import { OrderCommentItem } from './items.ts';
import { keys } from './keys.ts';
import { read, stored } from './stored.ts';
import type { Table } from './table.ts';

/** Comments on billing orders, as items of their order. */
export function openOrderComments(table: Table): OrderComments {
  return {
    ofOrder: async (orderId) =>
      (await Array.fromAsync(table.query(keys.order(orderId).pk, { prefix: 'COMMENT#' }))).map((item) =>
        read(OrderCommentItem, item),
      ),

    added: (comment) =>
      table.putNew(
        `comment on order ${comment.orderId}`,
        stored<typeof OrderCommentItem>(
          'ORDER_COMMENT',
          keys.orderComment(comment.orderId, comment.createdTime, comment.id),
          comment,
        ),
      ),
  };
}
