import type { Period } from '../calendar/period.ts';
import type { MinorUnits, Percent, Points, PointsPerUnit, Quantity, UnitPrice } from '../numbers/amounts.ts';
import type { Currency } from '../numbers/currency.ts';

/** What a printed line stands for (domain.md §3 "Arrears", §5.5, PRE-PAY). */
export const CHARGE_LINE_KINDS = [
  'USAGE',
  'UNDERAGE',
  'SETTLEMENT',
  'SURCHARGE',
  'CORRECTION',
  'COVER',
  'PREPAYMENT',
] as const;
export type ChargeLineKind = (typeof CHARGE_LINE_KINDS)[number];

/**
 * A line of a charge: points × price = amount, the amounts adding up exactly to the charge. A settlement has an amount
 * alone: 0 points at a price of 0.
 */
export type ChargeLine = {
  kind: ChargeLineKind;
  usagePeriod: Period;
  description: string;
  siteName: string;
  productCode: string;
  customerNumber: string;
  uom: string;
  /** What was reported; absent on lines that are not usage. */
  quantity?: Quantity;
  pointsPerUnit?: PointsPerUnit;
  /** Usage of a money family: list price of a unit and what is taken off; `points` is what it costs, at a price of 1. */
  price?: { unitPrice: UnitPrice; discount: Percent };
  /** Points the line charges: of arrears, what they add to their own month; negative on a cover line. */
  points: Points;
  /** Price of one point. */
  unitPrice: UnitPrice;
  amount: MinorUnits;
  inMinCommit: boolean;
  /** The usage line it charges; absent on lines that are not usage. */
  usageLineId?: string;
};

/** How the month stands against the contract's minimum commit, all in points (domain.md §5.2, 5.3). */
export type CommitSummary = {
  minimumCommit: Points;
  reported: Points;
  outsideCommit: Points;
  overage: Points;
  underage: Points;
  /** What usage of earlier months adds to those (domain.md §3 "Arrears"); absent without any. */
  arrears?: Points;
  total: Points;
  /** Only for PRE-PAY. */
  prepayment?: { balanceBefore: Points; drawn: Points; balanceAfter: Points };
};

/** The charge of one order: what its invoice prints. */
export type Charge = {
  currency: Currency;
  lines: readonly ChargeLine[];
  commit: CommitSummary;
  /** Sum of the lines' amounts. */
  net: MinorUnits;
};
