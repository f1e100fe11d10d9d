import type { Transition } from '../transitions.ts';

/** States of a file of usage. */
export const USAGE_FILE_STATUSES = [
  'AWAITING_UPLOAD',
  'UPLOADED',
  'VALIDATING',
  'INVALID',
  'READY',
  'APPLIED',
  'DISCARDED',
] as const;
export type UsageFileStatus = (typeof USAGE_FILE_STATUSES)[number];

type Row = Transition<UsageFileStatus, 'SYSTEM' | 'SERVICE_PROVIDER'>;

/** How a file moves. Nothing of it is in an order before it is applied. */
export const USAGE_FILE_TRANSITIONS: readonly Row[] = [
  { from: 'AWAITING_UPLOAD', to: 'UPLOADED', by: 'SYSTEM', verb: 'upload' },
  { from: 'UPLOADED', to: 'VALIDATING', by: 'SYSTEM', verb: 'validate' },
  // Taken up again where whoever validated it has died.
  { from: 'VALIDATING', to: 'VALIDATING', by: 'SYSTEM', verb: 'validate' },
  { from: 'VALIDATING', to: 'READY', by: 'SYSTEM', verb: 'accept' },
  { from: 'VALIDATING', to: 'INVALID', by: 'SYSTEM', verb: 'refuse' },
  { from: 'READY', to: 'APPLIED', by: 'SYSTEM', verb: 'apply' },
  ...(['AWAITING_UPLOAD', 'INVALID', 'READY'] as const).map(
    (from): Row => ({ from, to: 'UPLOADED', by: 'SERVICE_PROVIDER', verb: 'validateAgain' }),
  ),
  ...(['AWAITING_UPLOAD', 'UPLOADED', 'VALIDATING', 'INVALID', 'READY'] as const).map(
    (from): Row => ({ from, to: 'DISCARDED', by: 'SERVICE_PROVIDER', verb: 'discard' }),
  ),
];
