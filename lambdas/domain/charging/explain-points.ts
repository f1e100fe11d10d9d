import type { ArrearsBasis, InvoiceDraft } from '../invoice/invoice.ts';
import {
  type Percent,
  type Points,
  type PointsPerUnit,
  pointsOf,
  type Quantity,
  sum,
  type UnitPrice,
} from '../numbers/amounts.ts';
import { canonicalOrder } from '../usage/canonical-order.ts';
import type { UsageLine } from '../usage/usage-line.ts';
import type { ChargeLine, CommitSummary } from './charge.ts';
import { billedQuantity, type TierPart, type Tiers, tierParts } from './line-points.ts';

/** What of a document its lines are explained from. */
export type ExplainedDocument = Pick<
  InvoiceDraft,
  'usagePeriod' | 'currency' | 'contract' | 'lines' | 'commit' | 'basis' | 'arrears'
>;

/** What a line's points are made of. */
export type PointsRule =
  /** Billed quantity × points per unit; `minQuantity` where that is billed instead of the quantity. */
  | { rule: 'QUANTITY'; billed: Quantity; pointsPerUnit: PointsPerUnit; minQuantity?: Quantity }
  /** Money families: billed quantity × list price of a unit, less the discount, rounded by itself. */
  | {
      rule: 'PRICED';
      billed: Quantity;
      unitPrice: UnitPrice;
      discount: Percent;
      minQuantity?: Quantity;
    }
  /** Ranges filled by all usage of the product in the order. */
  | { rule: 'TIERS'; billed: Quantity; parts: readonly TierPart[] }
  /** The catalogue's ranges are others than those it was billed by. */
  | { rule: 'RANGES_CHANGED'; billed: Quantity }
  /** What late usage adds to its own month. */
  | { rule: 'ADDED_TO_MONTH'; month: ArrearsBasis }
  | { rule: 'MINIMUM_NOT_REACHED'; minimumCommit: Points; reported: Points }
  | { rule: 'OVERAGE'; minimumCommit: Points; reported: Points; overage: Points }
  | { rule: 'COVERED'; prepayment: NonNullable<CommitSummary['prepayment']> }
  /** What arrears on other documents make a difference of, now that their month is billed once more. */
  | { rule: 'CORRECTED' }
  | { rule: 'PREPAID' }
  /** An amount of money alone. */
  | { rule: 'NONE' };

/**
 * What the points of a document's line are made of (domain.md §3 "Arrears", §5).
 * @param usage the usage lines that were billed, in any order
 */
export function explainPoints(
  document: ExplainedDocument,
  line: ChargeLine,
  usage: readonly UsageLine[],
  tiers: Tiers,
): PointsRule {
  const { commit, usagePeriod: own } = document;
  const month = document.arrears?.find(({ usagePeriod }) => usagePeriod === line.usagePeriod);
  switch (line.kind) {
    case 'USAGE':
      return month && line.usagePeriod !== own ? { rule: 'ADDED_TO_MONTH', month } : usageRule(own, line, usage, tiers);
    case 'UNDERAGE':
      return { rule: 'MINIMUM_NOT_REACHED', minimumCommit: commit.minimumCommit, reported: commit.reported };
    case 'SURCHARGE': {
      const { minimumCommit, reported } = month ?? commit;
      return { rule: 'OVERAGE', minimumCommit, reported, overage: (reported - minimumCommit) as Points };
    }
    case 'COVER':
      return commit.prepayment ? { rule: 'COVERED', prepayment: commit.prepayment } : { rule: 'NONE' };
    case 'CORRECTION':
      return { rule: 'CORRECTED' };
    case 'PREPAYMENT':
      return { rule: 'PREPAID' };
    case 'SETTLEMENT':
      return { rule: 'NONE' };
  }
}

function usageRule(
  own: ExplainedDocument['usagePeriod'],
  line: ChargeLine,
  usage: readonly UsageLine[],
  tiers: Tiers,
): PointsRule {
  const lines = usage.filter(({ usagePeriod }) => usagePeriod === own).sort(canonicalOrder(own));
  const index = lines.findIndex(({ id }) => id === line.usageLineId);
  const source = lines[index];
  // What was billed is kept for good: a line without usage was billed from nothing.
  if (!source) return { rule: 'NONE' };
  const billed = billedQuantity(source);
  const { pointsPerUnit, minQuantity } = source;
  const isRaised = minQuantity !== undefined && billed !== source.quantity;
  const least = isRaised && { minQuantity };
  // The document says what it was priced by, which may be another list than when the usage was written.
  if (line.price) return { rule: 'PRICED', billed, ...line.price, ...least };
  const parts = tiers.has(source.productCode) ? (tierParts(lines, tiers)[index] ?? []) : undefined;
  const counted = parts ? sum(parts.map(({ points }) => points)) : pointsOf(billed, source.pointsPerUnit);
  if (counted !== line.points) return { rule: 'RANGES_CHANGED', billed };
  if (parts) return { rule: 'TIERS', billed, parts };
  return { rule: 'QUANTITY', billed, pointsPerUnit, ...least };
}
