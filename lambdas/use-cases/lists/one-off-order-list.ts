import { ONE_OFF_ORDER_KINDS } from '../../domain/one-off-order/one-off-order.ts';
import { ONE_OFF_ORDER_STATUSES } from '../../domain/one-off-order/status.ts';
import type { OneOffOrderRow } from '../ports/one-off-orders.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<OneOffOrderRow> = {
  orderNumber: { type: 'text', of: (order) => order.orderNumber },
  contractId: { type: 'text', of: (order) => order.contractId },
  contractNumber: { type: 'text', of: (order) => order.contractNumber },
  kind: { type: 'enum', values: ONE_OFF_ORDER_KINDS, of: (order) => order.kind },
  status: { type: 'enum', values: ONE_OFF_ORDER_STATUSES, of: (order) => order.status },
  createdTime: { type: 'text', of: (order) => order.createdTime },
  lastModifiedTime: { type: 'text', of: (order) => order.lastModifiedTime },
};

/** One-off orders, of a contract or of all. */
export const ONE_OFF_ORDER_LIST: ListDefinition<OneOffOrderRow> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (order) => order.id,
  defaultSort: '-createdTime',
};
