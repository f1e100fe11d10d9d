import { NO_POINTS, type Points } from '../numbers/amounts.ts';
import { maxOf } from '../numbers/decimal.ts';
import type { CommitSummary } from './charge.ts';

/** How a month stands against its minimum (domain.md §5.3). */
export function commitSummary(reported: Points, outsideCommit: Points, minimumCommit: Points): CommitSummary {
  return {
    minimumCommit,
    reported,
    outsideCommit,
    overage: maxOf(NO_POINTS, (reported - minimumCommit) as Points),
    underage: maxOf(NO_POINTS, (minimumCommit - reported) as Points),
    total: (maxOf(reported, minimumCommit) + outsideCommit) as Points,
  };
}
