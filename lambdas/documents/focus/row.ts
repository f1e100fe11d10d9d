import type { Period } from '../../domain/calendar/period.ts';
import type { CanonicalInvoice } from '../canonical-invoice.ts';
import type { Exact } from '../exact.ts';
import type { Line } from './prepaid-parts.ts';

/** Who reads: the aggregator, who is invoiced, or the service provider, who sees points, and money of some families. */
export type FocusView = 'BUYER' | 'PROVIDER';

export const CHARGE_CATEGORIES = ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'] as const;
export const CHARGE_FREQUENCIES = ['One-Time', 'Recurring', 'Usage-Based'] as const;

/** How a charge is priced: quantity × price is what it costs. */
export type Pricing = {
  quantity: Exact;
  unit: string;
  /** In the currency of the bill. */
  listPrice: Exact;
  price: Exact;
  /** The virtual currency, or that of the bill, and both prices in it. */
  currency: string;
  listPriceInCurrency: Exact;
  priceInCurrency: Exact;
};

/** What a contract commits to ahead, as FOCUS knows it: a commitment discount. */
export type Commitment = {
  id: string;
  type: 'Minimum commit' | 'Prepayment';
  status?: 'Used' | 'Unused';
  quantity: Exact;
  unit: string;
};

/** What is sold, at which of its prices, and what of it is counted. */
export type Sku = { id: string; priceId: string; meter: string };

/** A row of a FOCUS file before it is written: amounts in the major unit of the document's currency. */
export type FocusRow = {
  document: CanonicalInvoice;
  view: FocusView;
  /** The days of a usage period: from the start of the first to the end of the last. */
  daysOf: (usagePeriod: Period) => { start: string; end: string };
  /** The line it is of; absent on tax and on what the document doesn't print. */
  line?: { line: Line; number: number };
  category: (typeof CHARGE_CATEGORIES)[number];
  frequency: (typeof CHARGE_FREQUENCIES)[number];
  isCorrection: boolean;
  description: string;
  billingPeriod: Period;
  chargePeriod: Period;
  sku?: Sku;
  pricing?: Pricing;
  consumed?: { quantity: Exact; unit: string };
  commitment?: Commitment;
  billed: Exact;
  effective: Exact;
  list: Exact;
  contracted: Exact;
  pricingCurrency: string;
  effectiveInPricingCurrency: Exact;
};
