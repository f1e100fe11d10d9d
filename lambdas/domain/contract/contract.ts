import type { PlainDate } from '../calendar/period.ts';
import type { ContractSku } from '../catalogue/price-list.ts';
import type { Percent, Points, UnitPrice } from '../numbers/amounts.ts';
import type { Currency } from '../numbers/currency.ts';
import type { ContractStatus } from './status.ts';

/** A commit contract between a service provider and an aggregator (domain.md §1). */
export type Contract = {
  id: string;
  contractNumber: string;
  contractReferenceNumber: string;
  serviceProviderId: string;
  aggregatorId: string;
  status: ContractStatus;
  region: string;
  currency: Currency;
  /** First active day. */
  bolDate: PlainDate;
  /** Last active day; absent while open-ended. */
  eolDate?: PlainDate;
  /** Months of grace after `eolDate`, PAY-GO only. */
  graceTermMonths: number;
  /** Revision in force now. */
  revision: number;
  billToAccountId: string;
  billingOrderPreference: 'ONLINE' | 'EDI';
  vendorPurchaseOrder: string;
  /** The contract's purchase order is filled into each of its billing orders. */
  fillPurchaseOrderInMbo: boolean;
  /** PRE-PAY: balance below which the aggregator is told. */
  triggerPoint?: Points;
  /** An order was left unreported at a cutoff and no later one was in on time (domain.md §3). */
  delinquent: boolean;
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
  /** CUSTOM and PRE-PAY: what the month's minimum is, from the month of `from` on (domain.md §5). */
  minCommits?: readonly Points[];
  /** CUSTOM and PRE-PAY: locked price and discount; PAY-GO follows the price list. */
  locked?: { listPrice: UnitPrice; discount: Percent; overagePrice?: UnitPrice; priceListVersion: string };
};
