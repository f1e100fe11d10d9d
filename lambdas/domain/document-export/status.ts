import type { Transition } from '../transitions.ts';

/** States of an export of documents. */
export const EXPORT_STATUSES = ['PENDING', 'RUNNING', 'DONE', 'FAILED', 'EXPIRED'] as const;
export type ExportStatus = (typeof EXPORT_STATUSES)[number];

type Row = Transition<ExportStatus, 'SYSTEM'>;

export const EXPORT_TRANSITIONS: readonly Row[] = [
  { from: 'PENDING', to: 'RUNNING', by: 'SYSTEM', verb: 'takeUp' },
  // Taken up again where whoever ran it has died or has run out of time.
  { from: 'RUNNING', to: 'RUNNING', by: 'SYSTEM', verb: 'takeUp' },
  { from: 'RUNNING', to: 'DONE', by: 'SYSTEM', verb: 'finish' },
  { from: 'RUNNING', to: 'FAILED', by: 'SYSTEM', verb: 'fail' },
  { from: 'DONE', to: 'EXPIRED', by: 'SYSTEM', verb: 'expire' },
];
