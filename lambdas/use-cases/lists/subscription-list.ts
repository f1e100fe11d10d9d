import { SUBSCRIPTION_STATUSES, type SubscriptionStatus } from '../../domain/subscription/status.ts';
import type { SubscriptionRow } from '../ports/subscriptions.ts';
import type { ListDefinition, ListFields } from './definition.ts';

/** A subscription's row, and the state it is in on the day of the list. */
export type ListedSubscription = SubscriptionRow & { status: SubscriptionStatus };

const FIELDS: ListFields<ListedSubscription> = {
  subscriptionNumber: { type: 'text', of: (row) => row.subscriptionNumber },
  contractId: { type: 'text', of: (row) => row.contractId },
  contractNumber: { type: 'text', of: (row) => row.contractNumber },
  customerNumber: { type: 'text', of: (row) => row.customerNumber },
  productCode: { type: 'text', of: (row) => row.productCode },
  status: { type: 'enum', values: SUBSCRIPTION_STATUSES, of: (row) => row.status },
  startDate: { type: 'text', of: (row) => row.from },
  endDate: { type: 'text', of: (row) => row.until },
};

/** Cloud subscriptions of an organization. */
export const SUBSCRIPTION_LIST: ListDefinition<ListedSubscription> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (row) => row.id,
  defaultSort: 'subscriptionNumber',
};
