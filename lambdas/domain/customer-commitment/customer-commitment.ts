import type { Period } from '../calendar/period.ts';
import type { Points } from '../numbers/amounts.ts';
import type { CustomerCommitmentStatus } from './status.ts';

/** Asked for by the service provider, decided by the vendor. */
export const CANCELLATION_STATUSES = ['PENDING_APPROVAL', 'APPROVED', 'REJECTED'] as const;

/** What became of asking to cancel a commitment. */
export type Cancellation = {
  status: (typeof CANCELLATION_STATUSES)[number];
  requesterId: string;
  requestedTime: string;
  /** Why it was asked for, and what the vendor said. */
  reason?: string;
  comment?: string;
};

/** Points that an end customer of Sovereign Cloud commits to, month by month (domain.md §5 "SOV."). */
export type CustomerCommitment = {
  id: string;
  contractId: string;
  contractNumber: string;
  serviceProviderId: string;
  aggregatorId: string;
  customerId: string;
  customerNumber: string;
  /** For the service provider's own reference. */
  name: string;
  /** First and last month. */
  from: Period;
  until: Period;
  /** Of all months together. */
  commitment: Points;
  /** One entry a month. */
  minCommits: Readonly<Record<Period, Points>>;
  status: CustomerCommitmentStatus;
  /** As it was asked for last; absent while it never was. */
  cancellation?: Cancellation;
  createdTime: string;
  lastModifiedTime: string;
  /** Counts writes: a write names the version it has read. */
  version: number;
};
