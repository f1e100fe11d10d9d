import { addDays, addMonths, dayOf } from '../../../lambdas/domain/calendar/period.ts';
import type { UnitPrice } from '../../../lambdas/domain/numbers/amounts.ts';
import type { Setting, SituatedContract, Situation } from '../situation.ts';
import { custom, negotiatedTerms } from '../terms.ts';
import { aboveMinimum, belowMinimum } from '../usage-patterns.ts';

/** Situations of CUSTOM contracts: negotiated monthly minimums at a discount. */
export const NEGOTIATED: readonly Situation[] = [
  { name: 'Negotiated minimum, usage above it', contracts: 8, draw: (s) => ({ ...custom(s), usage: aboveMinimum(s) }) },
  { name: 'Negotiated minimum, usage below it', contracts: 5, draw: (s) => ({ ...custom(s), usage: belowMinimum(s) }) },
  { name: 'Negotiated overage price', contracts: 2, draw: withOveragePrice },
  {
    name: 'Negotiated minimum, partial first month',
    contracts: 3,
    draw: (s) => ({ ...custom(s, dayOf(s.latest, 10 + s.random.int(12))), usage: belowMinimum(s) }),
  },
  { name: 'Negotiated minimum, terminated in mid-month', contracts: 2, draw: terminated },
  { name: 'Negotiated minimum, renewed in mid-month', contracts: 3, draw: renewed },
];

function withOveragePrice(s: Setting): SituatedContract {
  const contract = custom(s);
  const terms = contract.terms.map((each) => {
    if (!each.locked) return each;
    // A tenth above the list price.
    const overagePrice = ((each.locked.listPrice * 11n) / 10n) as UnitPrice;
    return { ...each, locked: { ...each.locked, overagePrice } };
  });
  return { ...contract, terms, usage: aboveMinimum(s) };
}

function terminated(s: Setting): SituatedContract {
  const eolDate = dayOf(s.latest, 12 + s.random.int(10));
  return { ...custom(s), status: 'TERMINATED', eolDate, usage: belowMinimum(s) };
}

function renewed(s: Setting): SituatedContract {
  const day = 10 + s.random.int(10);
  const before = negotiatedTerms(s, 'CUSTOM', dayOf(addMonths(s.latest, -12), day));
  const after = negotiatedTerms(s, 'CUSTOM', addDays(before.until, 1));
  const terms = [before, after];
  const usage = s.random.chance(0.5) ? aboveMinimum(s) : belowMinimum(s);
  return { status: 'ACTIVE', bolDate: before.from, eolDate: after.until, graceTermMonths: 0, terms, usage };
}
