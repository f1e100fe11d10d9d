import type { OrderComment } from '../ports/order-comments.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<OrderComment> = {
  createdTime: { type: 'text', of: (comment) => comment.createdTime },
  'user.email': { type: 'text', of: (comment) => comment.email },
  content: { type: 'text', of: (comment) => comment.content },
};

/** What was said of an order. */
export const COMMENT_LIST: ListDefinition<OrderComment> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (comment) => comment.id,
  defaultSort: 'createdTime',
};
