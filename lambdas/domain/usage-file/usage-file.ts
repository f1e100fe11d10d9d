import type { HeldUsage } from '../billing-order/held-usage.ts';
import type { Period } from '../calendar/period.ts';
import type { UsageFileStatus } from './status.ts';

export const USAGE_FILE_FORMATS = ['CSV', 'TSV', 'XLSX'] as const;
export type UsageFileFormat = (typeof USAGE_FILE_FORMATS)[number];

/**
 * What becomes of lines that a file doesn't name. MERGE: they stay. REPLACE: those that nobody but a person has written are
 * taken away.
 */
export const USAGE_FILE_MODES = ['MERGE', 'REPLACE'] as const;
export type UsageFileMode = (typeof USAGE_FILE_MODES)[number];

/** What a file makes of the lines of an order. */
export type LineCounts = { added: number; changed: number; removed: number; unchanged: number };

/** What a file is to change in one order, and what came of it. The order is changed as a whole or not at all. */
export type FileOrder = {
  orderId: string;
  contractNumber: string;
  usagePeriod: Period;
  /** Version of the order that the file was validated against: it is applied to no other. */
  orderVersion: number;
  rows: number;
  counts: LineCounts;
  before: HeldUsage;
  after: HeldUsage;
  outcome: 'WAITING' | 'APPLIED' | 'REFUSED';
  /** Why it was refused. */
  message?: string;
};

/** A file of usage on its way to the orders it names. */
export type UsageFile = {
  id: string;
  serviceProviderId: string;
  /** Who has sent it, and when. */
  userId: string;
  createdTime: string;
  /** What the sender calls it. */
  name: string;
  format: UsageFileFormat;
  mode: UsageFileMode;
  /** Bytes of it as they were announced. */
  size: number;
  /** Set where it is for one order, whose contract and period its rows need not name. */
  orderId?: string;
  status: UsageFileStatus;
  /** Counts validations: what each has found lies apart. */
  attempt: number;
  /** While it is validated or applied: until then nobody else takes it up. */
  heldUntil?: string;
  /** Rows that name a quantity, and those that name none and are passed over. */
  rows?: number;
  emptyRows?: number;
  /** Everything that is wrong with it, counted. */
  errors?: number;
  /** Columns that were passed over. */
  ignoredColumns?: readonly string[];
  /** Who applies it, since when; gone when all its orders have been tried. */
  applied?: { userId: string; time: string };
  orders: readonly FileOrder[];
  lastModifiedTime: string;
  /** Counts writes: a write names the version it has read. */
  version: number;
};

/** Most orders that one file may change. */
export const MOST_FILE_ORDERS = 30;

/** Whether a file waits for the portal: to be validated, or to be applied to the end. */
export function isWaiting({ status, applied }: Pick<UsageFile, 'status' | 'applied'>): boolean {
  return status === 'UPLOADED' || status === 'VALIDATING' || (status === 'READY' && applied !== undefined);
}
