import type { PlainDate } from '../calendar/period.ts';
import type { ContractSku } from '../catalogue/price-list.ts';
import type { Contact, LockedPrice } from '../contract/contract.ts';
import type { Settlement } from '../contract/settlement.ts';
import type { Points } from '../numbers/amounts.ts';
import type { ContractRequestStatus } from './status.ts';

export const CONTRACT_REQUEST_TYPES = [
  'CREATE',
  'UPGRADE',
  'DOWNGRADE',
  'TERMINATE',
  'RENEW',
  'TOPUP',
  'AMEND',
  'PREPAY_AMEND',
  'THRESHOLD_UPDATE',
  'BASIC_INFO_UPDATE',
] as const;
export type ContractRequestType = (typeof CONTRACT_REQUEST_TYPES)[number];

/** What the vendor decides of a request. */
export const VENDOR_DECISIONS = ['approve', 'askToRevise', 'reject', 'stop'] as const;
export type VendorDecision = (typeof VENDOR_DECISIONS)[number];

/** Published values of AggContractTerminateRequest.reason. */
export const TERMINATION_REASONS = [
  'Service Provider Bankruptcy',
  'Aggregator Swap',
  'Service Provider Delinquent',
  'COVID Impact',
  'Partner Connect Fee',
  'Competitor Offering',
  'Merger and Acquisition',
] as const;
export type TerminationReason = (typeof TERMINATION_REASONS)[number];

/** A new term: its months, and for CUSTOM and PRE-PAY what was negotiated. */
export type RequestedTerm = {
  /** Absent for a PAY-GO contract without an end. */
  termMonths?: number;
  minCommits?: readonly Points[];
  locked?: LockedPrice;
  prepayment?: Points;
};

/** A schedule for the whole term that runs now; months that have ended are as they were. */
export type RequestedSchedule = { termMonths: number; burnDownSchedule: readonly Points[] };

/** What of a contract takes effect as soon as it is changed (AggContractUpdateRequest). */
export type BasicInfo = {
  serviceProviderContact?: Contact;
  licenseContact?: Contact;
  aggregatorContact?: Contact;
  billingOrderPreference?: 'ONLINE' | 'EDI';
  vendorPurchaseOrder?: string;
  fillPurchaseOrderInMbo?: boolean;
  billToAccount?: { id: string; accountNumber: string };
  entitlementAccount?: string;
};

export type CreatePayload = RequestedTerm & {
  type: 'CREATE';
  sku: ContractSku;
  /** First day of the term that runs already, on a contract that is taken over (swap.ts); else the effective date. */
  termFrom?: PlainDate;
};
export type ChangeSkuPayload = { type: 'UPGRADE' | 'DOWNGRADE'; sku: ContractSku };
export type TerminatePayload = { type: 'TERMINATE'; reason: TerminationReason };
export type RenewPayload = RequestedTerm & { type: 'RENEW'; spf?: string; triggerPoint?: Points };
export type TopUpPayload = RequestedSchedule & { type: 'TOPUP'; prepayment: Points; vendorPurchaseOrder: string };
export type AmendPayload = RequestedSchedule & {
  type: 'AMEND';
  locked: LockedPrice;
  spf?: string;
};
export type PrepayAmendPayload = RequestedSchedule & { type: 'PREPAY_AMEND'; triggerPoint?: Points };
export type ThresholdPayload = { type: 'THRESHOLD_UPDATE'; threshold: Points };
export type BasicInfoPayload = { type: 'BASIC_INFO_UPDATE'; changes: BasicInfo };

/** What is asked for, in domain values. */
export type RequestPayload =
  | CreatePayload
  | ChangeSkuPayload
  | TerminatePayload
  | RenewPayload
  | TopUpPayload
  | AmendPayload
  | PrepayAmendPayload
  | ThresholdPayload
  | BasicInfoPayload;

/** A request to make or change a contract, on its way through approval to its effect (domain.md §4). */
export type ContractRequest = {
  id: string;
  /** Number for people, `C-<contractNumber>-<aggregator>-<yymm>-<seq>`. */
  token: string;
  contractId: string;
  contractNumber: string;
  serviceProviderId: string;
  aggregatorId: string;
  status: ContractRequestStatus;
  payload: RequestPayload;
  /** Day the effect acts from, at its 00:00 UTC. */
  effectiveDate: PlainDate;
  comment: string;
  /** User ids of who asked and who decided last, and what the vendor said. */
  requesterId: string;
  approverId?: string;
  approverComment?: string;
  /** Day the vendor approved it: the date of the invoice of its prepayment. */
  approvedOn?: PlainDate;
  /** What the vendor settles the end at that a TERMINATE brings about, where it has set an amount on approving. */
  settlement?: Settlement;
  /**
   * The request that it takes effect with, in one: a contract ends at one aggregator and begins at another (swap.ts). Without
   * an id before the vendor has approved.
   */
  swapsWith?: { contractId: string; requestId?: string };
  /** Number of the invoice of the prepayment, once it is issued. */
  invoiceNumber?: string;
  /** Number of the credit note for it, where the request came to nothing after all. */
  creditNoteNumber?: string;
  createdTime: string;
  /** Counts writes: a write names the version it has read. */
  version: number;
};

const SEQUENCE_DIGITS = 7;

/**
 * The token of a contract's next request: contract number, the aggregator's partner number, year and month, and the
 * request's place among those of its contract, e.g. "C-100002-00012-2303-0000101".
 */
export function requestToken(
  contract: { contractNumber: string; requests: number },
  aggregatorPrmId: string,
  on: PlainDate,
): string {
  const sequence = String(contract.requests + 1).padStart(SEQUENCE_DIGITS, '0');
  return `C-${contract.contractNumber}-${aggregatorPrmId}-${on.slice(2, 4)}${on.slice(5, 7)}-${sequence}`;
}
