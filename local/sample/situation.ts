import type { BillingOrderStatus } from '../../lambdas/domain/billing-order/status.ts';
import type { Period } from '../../lambdas/domain/calendar/period.ts';
import type { PriceList } from '../../lambdas/domain/catalogue/price-list.ts';
import type { Contract, ContractRevision } from '../../lambdas/domain/contract/contract.ts';
import type { Points, Quantity } from '../../lambdas/domain/numbers/amounts.ts';
import type { SeededRandom } from '../random.ts';
import type { SampleFamily } from './products.ts';

/** What a situation is drawn from. */
export type Setting = {
  /** The period that is closed for all to see, and the first month of history. */
  latest: Period;
  first: Period;
  family: SampleFamily;
  currency: string;
  priceLists: readonly PriceList[];
  random: SeededRandom;
};

/** A month of a contract, as its usage is drawn. */
export type Month = { period: Period; minimum: Points; random: SeededRandom };

/** What is reported in a month, in points; lines are found that add up to it. */
export type Reported = {
  inside: Points;
  /** On lines outside the commit. */
  outside?: Points;
  lines: number;
  /** Quantities of certain products, on top. */
  extra?: readonly { product: string; quantity: Quantity }[];
};

/** Terms of a contract as they were agreed one after the other. */
export type Terms = Omit<ContractRevision, 'contractId' | 'revision'>;

/** A contract in a situation: everything about it that isn't who holds it. */
export type SituatedContract = Pick<Contract, 'status' | 'bolDate' | 'eolDate' | 'graceTermMonths'> & {
  terms: readonly Terms[];
  /** PRE-PAY: what is prepaid when the history begins, and the balance the aggregator is told of. */
  prepaid?: Points;
  triggerPoint?: Points;
  delinquent?: boolean;
  /** Where the order of the latest period stands at the cutoff; approved unless told. */
  latestStatus?: Extract<BillingOrderStatus, 'PENDING_SP' | 'PENDING_AGGREGATOR'>;
  /** No purchase order is filled in by itself. */
  withoutPurchaseOrder?: boolean;
  /** Number of its usage sites; a few unless told. */
  sites?: number;
  /** What is reported in a month; undefined when nothing is. */
  usage: (month: Month) => Reported | undefined;
};

/** Something that happens in a programme, and how many contracts of the sample show it. */
export type Situation = {
  name: string;
  contracts: number;
  /** Only in this family; in either unless told. */
  family?: SampleFamily;
  draw: (setting: Setting) => SituatedContract;
};
