import { firstDay, monthsBetween } from '../../../lambdas/domain/calendar/period.ts';
import { type Points, points } from '../../../lambdas/domain/numbers/amounts.ts';
import type { Setting, SituatedContract, Situation } from '../situation.ts';
import { negotiatedTerms, wholePoints } from '../terms.ts';
import { latestOnly, nothing, type Pattern, shareOf, usualLines } from '../usage-patterns.ts';

/**
 * Situations of PRE-PAY contracts. Each begins with the history and is paid for a year; how many months of usage the
 * prepayment lasts for is what tells them apart.
 */
export const PREPAID: readonly Situation[] = [
  { name: 'Prepayment lasting as planned', contracts: 5, draw: (s) => prepaid(s, 12 * HALVES) },
  {
    name: 'Prepayment burning down without usage',
    contracts: 2,
    draw: (s) => {
      const contract = prepaid(s, 12 * HALVES);
      return { ...contract, usage: latestOnly(s, nothing, contract.usage) };
    },
  },
  { name: 'Prepayment running out in the latest period', contracts: 3, draw: (s) => prepaid(s, halvesOf(s) - 1) },
  { name: 'Prepayment used up before', contracts: 2, draw: (s) => prepaid(s, halvesOf(s) - 3) },
  { name: 'Balance crossing its trigger point in the latest period', contracts: 2, draw: crossing },
];

// Half months, so that a balance ends in the middle of a month's usage.
const HALVES = 2;
const halvesOf = ({ first, latest }: Setting): number => HALVES * (monthsBetween(first, latest) + 1);

const MONTHLY_USAGE = ['300', '650', '1100', '2000'] as const;

/** A contract whose prepayment pays for so many half months of usage, evenly planned over a year. */
function prepaid(s: Setting, halves: number): SituatedContract & { monthly: Points } {
  const monthly = points(s.random.pick(MONTHLY_USAGE));
  const prepaidPoints = wholePoints(monthly, halves, HALVES);
  const terms = negotiatedTerms(s, 'PRE-PAY', firstDay(s.first), wholePoints(prepaidPoints, 1, 12));
  return {
    status: 'ACTIVE',
    bolDate: terms.from,
    eolDate: terms.until,
    graceTermMonths: 0,
    terms: [terms],
    prepaid: prepaidPoints,
    usage: around(s, monthly),
    monthly,
  };
}

function crossing(s: Setting): SituatedContract {
  const contract = prepaid(s, 12 * HALVES);
  // What half of the latest month's usage leaves.
  const used = wholePoints(contract.monthly, halvesOf(s) - 1, HALVES);
  return { ...contract, triggerPoint: ((contract.prepaid ?? used) - used) as Points };
}

/** Much the same each month: so little more or less that a year's worth is off by less than half a month. */
function around(s: Setting, monthly: Points): Pattern {
  const lines = usualLines(s);
  return ({ random }) => ({ inside: shareOf(monthly, 98, 4, random), lines });
}
