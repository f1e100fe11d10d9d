import type { HistoryEntry } from '../read-order-history.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<HistoryEntry> = {
  time: { type: 'text', of: (entry) => entry.time },
  party: {
    type: 'enum',
    values: ['SERVICE_PROVIDER', 'AGGREGATOR', 'VENDOR', 'SYSTEM'],
    of: (entry) => entry.party,
  },
  action: { type: 'text', of: (entry) => entry.action },
  from: { type: 'text', of: (entry) => entry.from },
  to: { type: 'text', of: (entry) => entry.to },
};

/** What has happened to one order. */
export const ORDER_HISTORY_LIST: ListDefinition<HistoryEntry> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (entry) => entry.id,
  defaultSort: '-time',
};
