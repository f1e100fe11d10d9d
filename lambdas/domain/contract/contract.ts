import type { Period, PlainDate } from '../calendar/period.ts';
import type { ContractKind, ContractType, FamilyType } from '../catalogue/family.ts';
import type { ContractSku } from '../catalogue/price-list.ts';
import type { Percent, Points, UnitPrice } from '../numbers/amounts.ts';
import type { Currency } from '../numbers/currency.ts';
import type { DueSettlement } from './settlement.ts';
import type { ContractStatus } from './status.ts';

/** A person who answers for a contract; names are empty where only the address is known. */
export type Contact = { email: string; firstName: string; lastName: string };

export type ContractContacts = {
  serviceProvider: Contact;
  aggregator: Contact;
  /** The vendor's. */
  system: Contact;
  /** RENTAL, SOV and LPCAAS only. */
  license?: Contact;
};

/** What lists of contracts filter by and others own: kept beside the contract, so that an index row can be made of it. */
export type ContractListing = {
  serviceProviderPrmId: string;
  aggregatorPrmId: string;
  billToAccountNumber: string;
  /** The SKU in force and its product family. */
  skuCode: string;
  contractType: ContractType;
  familyType: FamilyType;
  familyCode: string;
  familyName: string;
  /** Of a Term contract; it never changes. */
  kind?: ContractKind;
};

/** A commit contract between a service provider and an aggregator (domain.md §1). */
export type Contract = {
  id: string;
  contractNumber: string;
  /** The business number, `contractId` in the published API; part of the reference number. */
  businessNumber: string;
  /** Region, business number and family code, e.g. "AMER1111RENTAL". */
  contractReferenceNumber: string;
  serviceProviderId: string;
  aggregatorId: string;
  status: ContractStatus;
  region: string;
  currency: Currency;
  contacts: ContractContacts;
  /** First active day. */
  bolDate: PlainDate;
  /** Last active day; absent while open-ended. */
  eolDate?: PlainDate;
  /** First day and length in months of the term that runs now: a renewal begins another. */
  termFrom: PlainDate;
  termMonths?: number;
  /** Months of grace after `eolDate`, PAY-GO only. */
  graceTermMonths: number;
  /** Revision in force now; 0 until the contract is active. */
  revision: number;
  listing: ContractListing;
  billToAccountId: string;
  /** Number of the special pricing form of CUSTOM and PRE-PAY. */
  spf?: string;
  entitlementAccount?: string;
  billingOrderPreference: 'ONLINE' | 'EDI';
  vendorPurchaseOrder: string;
  /** The contract's purchase order is filled into each of its billing orders. */
  fillPurchaseOrderInMbo: boolean;
  /** PRE-PAY: balance below which the aggregator is told. */
  triggerPoint?: Points;
  /** PRE-PAY: what was prepaid for the term that runs now, top-ups included; a balance carried over is not. */
  prepaid?: Points;
  /** MSP: month-to-date spend above it notifies and blocks new subscriptions, in the currency's major unit. */
  threshold?: Points;
  /** MSP: the month and the threshold that were crossed last; while that isn't raised nothing new is subscribed. */
  crossed?: { period: Period; threshold: Points };
  /** MSP: first day of its first subscription, whose day its periods follow from then on (billing-period.ts). */
  anniversary?: PlainDate;
  /** A usage meter in production reports for it: new billing orders are AUTOMATED (table of domain.md §5). */
  isMetered?: boolean;
  /** Id of the contract at another aggregator that it goes over into, or has (contract-request/swap.ts). */
  swappedTo?: string;
  /** Ids of the contracts at other aggregators that it was before, the first one first. */
  takenFrom?: readonly string[];
  /** End customers have committed to minimums on it (SOV): what its months are charged by is asked of those, too. */
  hasCommitments?: boolean;
  /** What its early end was settled at. */
  settlement?: DueSettlement;
  tags: readonly string[];
  /** An order was left unreported at a cutoff and no later one was in on time (domain.md §3). */
  delinquent: boolean;
  /** Contract requests made so far; the last part of their tokens. */
  requests: number;
  /** Day the daily job looks at it next: an alert, its end, the end of its grace (life-cycle.ts); absent without any. */
  reviewOn?: PlainDate;
  /** Counts writes: a write names the version it has read. */
  version: number;
  lastModifiedTime: string;
};

/** Price and discount as they were agreed. For money families the price of a unit is 1 and only the discount counts. */
export type LockedPrice = {
  listPrice: UnitPrice;
  discount: Percent;
  overagePrice?: UnitPrice;
  priceListVersion: string;
};

/** Terms of a contract from a date on. Kept and never edited: a change is the next revision. */
export type ContractRevision = {
  contractId: string;
  revision: number;
  /**
   * First and last day these terms were agreed for; open-ended while `until` is absent. A later revision or the contract's
   * end may cut them short (terms-in-force.ts).
   */
  from: PlainDate;
  until?: PlainDate;
  sku: ContractSku;
  /**
   * CUSTOM and PRE-PAY: what the month's minimum is, from the month of `from` on (domain.md §5), in the family's unit: points,
   * or for money families the currency's major unit, as all commitments and prepayments are.
   */
  minCommits?: readonly Points[];
  /** CUSTOM and PRE-PAY: locked price and discount; PAY-GO follows the price list. */
  locked?: LockedPrice;
};
