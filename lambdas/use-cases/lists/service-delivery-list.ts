import { SERVICE_DELIVERY_STATUSES } from '../../domain/service-delivery/status.ts';
import type { ServiceDeliveryRow } from '../ports/service-deliveries.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<ServiceDeliveryRow> = {
  number: { type: 'text', of: (delivery) => delivery.number },
  contractId: { type: 'text', of: (delivery) => delivery.contractId },
  contractNumber: { type: 'text', of: (delivery) => delivery.contractNumber },
  'product.code': { type: 'text', of: (delivery) => delivery.productCode },
  deliveryDate: { type: 'date', of: (delivery) => delivery.deliveryDate },
  status: { type: 'enum', values: SERVICE_DELIVERY_STATUSES, of: (delivery) => delivery.status },
  createdTime: { type: 'text', of: (delivery) => delivery.createdTime },
  lastModifiedTime: { type: 'text', of: (delivery) => delivery.lastModifiedTime },
};

/** Services delivered on contracts. */
export const SERVICE_DELIVERY_LIST: ListDefinition<ServiceDeliveryRow> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (delivery) => delivery.number,
  defaultSort: '-deliveryDate',
};
