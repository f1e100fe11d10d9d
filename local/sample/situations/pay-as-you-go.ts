import { addMonths, dayOf, firstDay, lastDay, monthsBetween } from '../../../lambdas/domain/calendar/period.ts';
import { FORGOTTEN, payGoSku } from '../price-lists.ts';
import type { Setting, SituatedContract, Situation } from '../situation.ts';
import { endingPayGo, longAgo, payGo } from '../terms.ts';
import { aboveMinimum, belowMinimum, latestOnly, nothing, shareOf, somePoints, usualLines } from '../usage-patterns.ts';

/** Situations of PAY-GO contracts. */
export const PAY_AS_YOU_GO: readonly Situation[] = [
  { name: 'Usage above the minimum', contracts: 12, draw: (s) => ({ ...payGo(s), usage: aboveMinimum(s) }) },
  { name: 'Usage below the minimum', contracts: 9, draw: (s) => ({ ...payGo(s), usage: belowMinimum(s) }) },
  { name: 'Usage growing over the minimum', contracts: 6, draw: growing },
  {
    name: 'Nothing reported: the minimum is billed',
    contracts: 3,
    draw: (s) => ({ ...payGo(s), usage: latestOnly(s, nothing, belowMinimum(s)) }),
  },
  {
    name: 'Overage at a price of its own',
    contracts: 3,
    family: 'RENTAL',
    draw: (s) => ({ ...payGo(s, { size: '10800' }), usage: aboveMinimum(s) }),
  },
  { name: 'Partial first month', contracts: 4, draw: startsInMidMonth },
  { name: 'Partial last month', contracts: 3, draw: endsInMidMonth },
  {
    name: 'In grace after its end, with usage',
    contracts: 3,
    draw: (s) => ({ ...endingPayGo(s, lastDay(addMonths(s.latest, -1)), 3), usage: somePoints(s, 150, 900) }),
  },
  {
    name: 'In grace without usage: nothing to bill',
    contracts: 2,
    draw: (s) => ({
      ...endingPayGo(s, lastDay(addMonths(s.latest, -1)), 2),
      usage: latestOnly(s, nothing, belowMinimum(s)),
    }),
  },
  {
    name: 'Ended during the history: no order any more',
    contracts: 2,
    draw: (s) => ({ ...endingPayGo(s, dayOf(addMonths(s.latest, -2), 14), 0), usage: belowMinimum(s) }),
  },
  { name: 'Renewed in mid-month with another SKU', contracts: 2, draw: renewed },
  { name: 'Upgraded on the first of the month', contracts: 4, draw: upgraded },
  {
    name: 'SKU missing in the next price list',
    contracts: 1,
    family: FORGOTTEN.family,
    draw: (s) => ({ ...payGo(s, { size: FORGOTTEN.size }), usage: aboveMinimum(s) }),
  },
];

function growing(s: Setting): SituatedContract {
  const lines = usualLines(s);
  const months = monthsBetween(s.first, s.latest) + 1;
  // From 70 % of the minimum in the first month to 130 % in the latest.
  const percentIn = (month: number) => 70 + Math.floor((60 * month) / months);
  return {
    ...payGo(s),
    usage: ({ period, minimum, random }) => ({
      inside: shareOf(minimum, percentIn(monthsBetween(s.first, period) + 1), 5, random),
      lines,
    }),
  };
}

function startsInMidMonth(s: Setting): SituatedContract {
  const contract = payGo(s, { from: dayOf(s.latest, 11 + s.random.int(12)) });
  return { ...contract, usage: s.random.chance(0.5) ? aboveMinimum(s) : belowMinimum(s) };
}

function endsInMidMonth(s: Setting): SituatedContract {
  const eolDate = dayOf(s.latest, 9 + s.random.int(12));
  const contract = endingPayGo(s, eolDate, 0);
  return { ...contract, status: s.random.chance(0.5) ? 'TERMINATED' : 'EXPIRED', usage: belowMinimum(s) };
}

function renewed(s: Setting): SituatedContract {
  const day = 8 + s.random.int(14);
  const from = dayOf(addMonths(s.latest, -12), day);
  const contract = payGo(s, { from, size: '600' });
  const renewal = { from: dayOf(s.latest, day), sku: payGoSku(s.family, '1800') };
  const until = dayOf(s.latest, day - 1);
  return {
    ...contract,
    terms: [...contract.terms.map((terms) => ({ ...terms, until })), renewal],
    usage: aboveMinimum(s),
  };
}

function upgraded(s: Setting): SituatedContract {
  const contract = payGo(s, { from: longAgo(s), size: '360' });
  const upgrade = { from: firstDay(s.latest), sku: payGoSku(s.family, '1200') };
  return { ...contract, terms: [...contract.terms, upgrade], usage: aboveMinimum(s) };
}
