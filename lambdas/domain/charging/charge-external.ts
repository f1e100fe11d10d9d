import type { Period } from '../calendar/period.ts';
import type { FamilyType } from '../catalogue/family.ts';
import { ONE_UNIT } from '../catalogue/price-list.ts';
import { type MinorUnits, NO_POINTS, POINTS_SCALE, type Points, sum } from '../numbers/amounts.ts';
import { type Currency, minorDigits } from '../numbers/currency.ts';
import { powerOfTen } from '../numbers/decimal.ts';
import { canonicalOrder, compareCodePoints } from '../usage/canonical-order.ts';
import { isArrears, type UsageLine } from '../usage/usage-line.ts';
import type { Charge, ChargeLine, CommitSummary } from './charge.ts';
import { usageLine } from './charge-lines.ts';
import { linePoints } from './line-points.ts';

/** Whether another party bills the family's contracts: the portal shows that and issues nothing (domain.md §6). */
export function isBilledExternally(family: FamilyType): boolean {
  return family === 'AWS_RESELL';
}

/**
 * What somebody else has billed, line by line as it came. There is no minimum and nothing to explain by tiers or months: late
 * lines count what they are over, and a month whose credits outweigh its costs is below zero.
 */
export function chargeExternal(period: Period, lines: readonly UsageLine[], currency: Currency): Charge {
  const sorted = [...lines].sort(canonicalOrder(period));
  const one = powerOfTen(POINTS_SCALE - minorDigits(currency));
  const points = linePoints(sorted, new Map());
  const charged = sorted.map((line, at): ChargeLine => {
    const cost = points[at] as Points;
    return { ...usageLine(line, cost, ONE_UNIT), amount: (cost / one) as MinorUnits };
  });
  const late = sum(charged.filter((line) => isArrears(period, line)).map((line) => line.points));
  const total = sum(charged.map((line) => line.points));
  return {
    currency,
    lines: charged,
    commit: {
      ...externalSummary((total - late) as Points),
      ...(late !== NO_POINTS && { arrears: late }),
      total,
    },
    net: sum(charged.map(({ amount }) => amount)),
  };
}

/** How a month stands that somebody else bills: what is reported is the total. */
export function externalSummary(reported: Points): CommitSummary {
  return {
    minimumCommit: NO_POINTS,
    reported,
    outsideCommit: NO_POINTS,
    overage: NO_POINTS,
    underage: NO_POINTS,
    total: reported,
  };
}

/** References of the bills that lines stand on, sorted; one line may name several with commas between them. */
export function billsOf(lines: readonly Pick<UsageLine, 'source'>[]): string[] {
  const named = lines.flatMap(({ source }) => source?.invoiceNumber?.split(BETWEEN_BILLS) ?? []);
  return [...new Set(named)].sort(compareCodePoints);
}

export const BETWEEN_BILLS = ', ';
