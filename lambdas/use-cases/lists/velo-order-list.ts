import type { VeloOrderRow } from '../ports/velo-orders.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<VeloOrderRow> = {
  sid: { type: 'text', of: (order) => order.sid },
  orderNumber: { type: 'text', of: (order) => order.orderNumber },
  contractId: { type: 'text', of: (order) => order.contractId },
  contractNumber: { type: 'text', of: (order) => order.contractNumber },
  'product.code': { type: 'text', of: (order) => order.productCode },
  startDate: { type: 'date', of: (order) => order.startDate },
  endDate: { type: 'date', of: (order) => order.endDate },
  createdTime: { type: 'text', of: (order) => order.createdTime },
  lastModifiedTime: { type: 'text', of: (order) => order.lastModifiedTime },
};

/** VeloCloud orders, of a party or of all. */
export const VELO_ORDER_LIST: ListDefinition<VeloOrderRow> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (order) => order.id,
  defaultSort: '-createdTime',
};
