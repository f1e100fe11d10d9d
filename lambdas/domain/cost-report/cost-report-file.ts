import type { Period } from '../calendar/period.ts';
import type { Transition } from '../transitions.ts';

/** States of a cost report that is sent as a file past the API. */
export const COST_REPORT_FILE_STATUSES = ['AWAITING_UPLOAD', 'TAKEN', 'REFUSED'] as const;
export type CostReportFileStatus = (typeof COST_REPORT_FILE_STATUSES)[number];

/** How such a file moves; what is wrong with one is put right in another. */
export const COST_REPORT_FILE_TRANSITIONS: readonly Transition<CostReportFileStatus, 'SYSTEM'>[] = [
  { from: 'AWAITING_UPLOAD', to: 'TAKEN', by: 'SYSTEM', verb: 'take' },
  { from: 'AWAITING_UPLOAD', to: 'REFUSED', by: 'SYSTEM', verb: 'refuse' },
];

/** A cost report that was announced, to be uploaded past the API. */
export type CostReportFile = {
  id: string;
  contractId: string;
  usagePeriod: Period;
  /** Bytes that the upload takes, no more and no fewer. */
  size: number;
  status: CostReportFileStatus;
  /** Why it was refused: the first of what is wrong, by line and column. */
  reason?: string;
  errors: readonly { field: string; message: string }[];
  organizationId: string;
  userId: string;
  createdTime: string;
  /** Counts writes: a write names the version it has read. */
  version: number;
};
