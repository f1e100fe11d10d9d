import type { ContractType } from '../../../lambdas/domain/catalogue/family.ts';
import type { Day, Month } from './days.ts';

/** What is asked of a contract; amounts are exact decimals. */
export type Wish =
  | ({ type: 'CREATE'; sku: string; from: Day } & Partial<Negotiated>)
  | ({ type: 'RENEW'; from: Day; term: number } & Partial<Negotiated>)
  | { type: 'UPGRADE'; sku: string; from: Day }
  | { type: 'DOWNGRADE'; sku: string; from: Day }
  | { type: 'TOPUP'; term: number; schedule: readonly string[]; prepayment: string }
  | { type: 'AMEND'; from: Day; term: number; schedule: readonly string[]; discount: string }
  | { type: 'PREPAY_AMEND'; from: Day; term: number; schedule: readonly string[] }
  | { type: 'TERMINATE'; from: Day };

/** Terms of CUSTOM and PRE-PAY; only the latter has a prepayment. */
export type Negotiated = {
  term: number;
  schedule: readonly string[];
  discount: string;
  prepayment: string;
};

/** A request, and the days on which people do something with it. */
export type Ask = {
  wish: Wish;
  on: Day;
  /** The vendor wants it revised on that day, and the aggregator asks for the same again. */
  isRevised: boolean;
  approved?: Day;
  /** What the vendor settles an early end at on approving it, in the currency's major unit. */
  settlement?: string;
  rejected?: Day;
  withdrawn?: Day;
};

/** What is reported of a month: a line each. */
export type Usage = {
  id: string;
  site: string;
  product: string;
  customer: string;
  quantity: string;
  pointsPerUnit: string;
  minQuantity?: string;
  inMinCommit: boolean;
};

/** The life of a contract, told beforehand. */
export type Story = {
  n: number;
  family: 'RENTAL' | 'ISV';
  contractType: ContractType;
  currency: 'USD' | 'EUR' | 'JPY';
  asks: readonly Ask[];
  /** Day on which the vendor deactivates it. */
  deactivated?: Day;
  usage: Record<Month, readonly Usage[]>;
};

/** Lives of contracts over some months. */
export type Chronicle = {
  seed: number;
  first: Month;
  months: number;
  /** Days on which the daily job runs. */
  jobDays: readonly Day[];
  stories: readonly Story[];
};

/** Day of the month on which the month before is closed, at 02:00. */
export const CLOSING_DAY = 10;
