import type { Period, PlainDate } from '../../domain/calendar/period.ts';
import { ONE_OFF_ORDER_STATUSES } from '../../domain/one-off-order/status.ts';
import type { ListDefinition, ListFields } from './definition.ts';

/**
 * Kinds of things that wait: an order to report or to review, an adjustment, a contract request, a one-off order to approve
 * or to fulfil, usage of an order that meters tell otherwise than a person has written it, services delivered that somebody
 * has to decide of, a deal to approve, to revise or to extend, a commitment whose cancellation is asked for.
 */
export const TASK_TYPES = [
  'REPORT',
  'REVIEW',
  'ADJUSTMENT',
  'REQUEST',
  'ONE_OFF_ORDER',
  'METERING_DIFFERENCE',
  'DELIVERIES',
  'DEAL',
  'CANCELLATION',
] as const;
export type TaskType = (typeof TASK_TYPES)[number];

/** What a one-off order or a deal waits for. */
export const TASK_STATUSES = [
  ...ONE_OFF_ORDER_STATUSES,
  'PENDING_APPROVE',
  'PENDING_REVISION',
  'PENDING_EXTENSION',
] as const;

/** Something that waits for an organization. It stands for a state, and is gone when that state is left. */
export type Task = {
  /** The same as long as it waits. */
  id: string;
  type: TaskType;
  contractId: string;
  contractNumber?: string;
  contractReferenceNumber?: string;
  usagePeriod?: Period;
  /** What it is about: a billing order, a contract request, a one-off order, a deal or a commitment. */
  orderId?: string;
  requestId?: string;
  token?: string;
  oneOffOrderId?: string;
  orderNumber?: string;
  dealId?: string;
  dealNumber?: string;
  commitmentId?: string;
  customerNumber?: string;
  status?: (typeof TASK_STATUSES)[number];
  /** Usage of the order that differs: products, sites and customers. */
  differences?: number;
  /** How many deliveries of the month there are to decide of. */
  deliveries?: number;
  /** Last day on which it is in time, and whether that is over. */
  dueDate?: PlainDate;
  overdue: boolean;
};

const FIELDS: ListFields<Task> = {
  type: { type: 'enum', values: TASK_TYPES, of: (task) => task.type },
  usagePeriod: { type: 'month', of: (task) => task.usagePeriod },
  contractNumber: { type: 'text', of: (task) => task.contractNumber },
  contractReferenceNumber: { type: 'text', of: (task) => task.contractReferenceNumber },
  token: { type: 'text', of: (task) => task.token },
  orderNumber: { type: 'text', of: (task) => task.orderNumber },
  dealNumber: { type: 'text', of: (task) => task.dealNumber },
  customerNumber: { type: 'text', of: (task) => task.customerNumber },
  status: { type: 'enum', values: TASK_STATUSES, of: (task) => task.status },
  dueDate: { type: 'date', of: (task) => task.dueDate },
  overdue: { type: 'boolean', of: (task) => task.overdue },
};

/** What waits for an organization: first what is due first. */
export const TASK_LIST: ListDefinition<Task> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (task) => task.id,
  defaultSort: 'dueDate,type,contractNumber',
};
