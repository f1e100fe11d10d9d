import { addMonths } from '../../../lambdas/domain/calendar/period.ts';
import type { Situation } from '../situation.ts';
import { payGo } from '../terms.ts';
import { aboveMinimum, belowMinimum, latestOnly, nothing } from '../usage-patterns.ts';

/** Situations of orders that the cutoff of the latest period moves on (domain.md §3 "At cutoff"). */
export const AT_THE_CUTOFF: readonly Situation[] = [
  {
    name: 'Unreported at the cutoff: becomes delinquent',
    contracts: 3,
    draw: (s) => ({ ...payGo(s), latestStatus: 'PENDING_SP', usage: latestOnly(s, nothing, belowMinimum(s)) }),
  },
  {
    name: 'Delinquent, and unreported again',
    contracts: 2,
    draw: (s) => {
      const before = belowMinimum(s);
      const unreported = addMonths(s.latest, -1);
      return {
        ...payGo(s),
        latestStatus: 'PENDING_SP',
        delinquent: true,
        usage: (month) => (month.period >= unreported ? undefined : before(month)),
      };
    },
  },
  {
    name: 'Reported, not submitted: purchase orders missing',
    contracts: 3,
    draw: (s) => ({ ...payGo(s), latestStatus: 'PENDING_SP', withoutPurchaseOrder: true, usage: aboveMinimum(s) }),
  },
  {
    name: 'Submitted, waiting for the aggregator',
    contracts: 6,
    draw: (s) => ({ ...payGo(s), latestStatus: 'PENDING_AGGREGATOR', usage: aboveMinimum(s) }),
  },
];
