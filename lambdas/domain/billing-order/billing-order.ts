import type { Period } from '../calendar/period.ts';
import type { FamilyType } from '../catalogue/family.ts';
import type { HeldUsage } from './held-usage.ts';
import type { BillingOrderStatus } from './status.ts';
import type { OrderSummary } from './summary.ts';
import type { Variance } from './variance.ts';

export type AutoReportType = 'AUTOMATED' | 'NONE' | 'FIXED';

const REPORT_TYPES: Readonly<Record<FamilyType, AutoReportType>> = {
  RENTAL: 'NONE',
  RENTAL_MAAS: 'NONE',
  ISV: 'NONE',
  SOV: 'NONE',
  GSS: 'FIXED',
  SRV: 'FIXED',
  MSP: 'AUTOMATED',
  VELO: 'FIXED',
  LPCAAS: 'FIXED',
  AWS_RESELL: 'AUTOMATED',
};

/** How usage of a family's contracts comes in, with or without a production meter (table of domain.md §5). */
export function reportTypeOf(family: FamilyType, isMetered = false): AutoReportType {
  return isMetered ? 'AUTOMATED' : REPORT_TYPES[family];
}

/** Monthly billing order: the usage of one contract in one period on its way to an invoice (domain.md §2). */
export type BillingOrder = {
  id: string;
  contractId: string;
  contractNumber: string;
  serviceProviderId: string;
  aggregatorId: string;
  usagePeriod: Period;
  /** 1 for the original, one more for each adjustment. */
  revision: number;
  /** The highest revision there has been, once it was adjusted: a number is not used for another. */
  lastRevision?: number;
  status: BillingOrderStatus;
  autoReportType: AutoReportType;
  serviceProviderPurchaseOrder: string;
  vendorPurchaseOrder: string;
  billingOrderPreference: 'ONLINE' | 'EDI';
  /** The set of usage lines that counts: a change of many lines writes a set of its own and then points to it. */
  lineSet: string;
  held: HeldUsage;
  /** The service provider says that nothing was used, so that no line is no oversight. */
  zeroReported?: boolean;
  /** How it stood to the contract's last months when it was submitted last; absent where there are too few of them. */
  variance?: Variance;
  /** What the aggregator's rules made of it when it was submitted last; absent where it has none. */
  ruleReview?: RuleReview;
  /** Set by the run that began to rate it: from then on no write to the order or its lines succeeds. */
  sealedBy?: string;
  /** How it was closed last. */
  billed?: BilledOrder;
  /** When its first revision was closed: from then on it can be adjusted for 90 days (domain.md §4). */
  firstClosedTime?: string;
  lastModifiedTime: string;
  /** Counts writes: a write names the version it has read. */
  version: number;
};

/** Which rule approved an order, or why none did. */
export type RuleReview = {
  /** The rule that approved it, and its name at the time. */
  approvedBy?: { id: string; name: string };
  /** One sentence a rule that didn't. */
  reasons: readonly string[];
};

/** How an order was closed: with a document, with nothing to bill, or on another party's bill (domain.md §6). */
export type BilledOrder = {
  revision: number;
  outcome: 'INVOICED' | 'NOTHING_TO_BILL' | 'EXTERNAL';
  /** Number of the valid invoice; absent when nothing was billed. */
  invoiceNumber?: string;
  /** EXTERNAL: references of the other party's bills; none where its feed named none. */
  bills?: readonly string[];
  closedTime: string;
  /** The set of lines that was billed. */
  lineSet: string;
  /** What was billed, so that lists need no documents. */
  summary: OrderSummary;
};

/** The set of lines of an order that nobody has written to yet. */
export const FIRST_LINE_SET = '1';
