import type { Period, PlainDate } from '../../domain/calendar/period.ts';
import type { ListDefinition, ListFields } from './definition.ts';

/** What an aggregator should look at: an order overdue, one that stands out, a contract about to end, one not reported. */
export const ALERT_TYPES = ['OVERDUE_ORDER', 'ABNORMAL_USAGE', 'EXPIRING_CONTRACT', 'DELINQUENT_CONTRACT'] as const;

/** Something that needs attention. It stands for a state, and is gone when that is left. */
export type Alert = {
  id: string;
  type: (typeof ALERT_TYPES)[number];
  contractId: string;
  contractNumber?: string;
  serviceProviderPrmId?: string;
  orderId?: string;
  usagePeriod?: Period;
  status: string;
  /** Last day on which it is in time, or the contract's last day. */
  date?: PlainDate;
};

const FIELDS: ListFields<Alert> = {
  type: { type: 'enum', values: ALERT_TYPES, of: (alert) => alert.type },
  contractNumber: { type: 'text', of: (alert) => alert.contractNumber },
  serviceProviderPrmId: { type: 'text', of: (alert) => alert.serviceProviderPrmId },
  usagePeriod: { type: 'month', of: (alert) => alert.usagePeriod },
  status: { type: 'text', of: (alert) => alert.status },
  date: { type: 'date', of: (alert) => alert.date },
};

/** What needs attention: first what is due first. */
export const ALERT_LIST: ListDefinition<Alert> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (alert) => alert.id,
  defaultSort: 'date,type,contractNumber',
};
