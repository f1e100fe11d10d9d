import type { Period } from '../calendar/period.ts';
import type { Contract } from '../contract/contract.ts';
import type { Points } from '../numbers/amounts.ts';

type Limited = Pick<Contract, 'threshold' | 'crossed'>;

/**
 * The crossing that what a month has come to is, where it is told for the first time: spend above the contract's threshold,
 * once for each month and threshold (domain.md §5 "Money families").
 */
export function newCrossing({ threshold, crossed }: Limited, of: Period, spent: Points): Contract['crossed'] {
  if (threshold === undefined || spent <= threshold) return undefined;
  const isTold = crossed !== undefined && crossed.threshold === threshold && crossed.period >= of;
  return isTold ? undefined : { period: of, threshold };
}

/** Whether nothing new may be subscribed: a threshold was crossed that has not been raised since, or is by now. */
export function isBlocked({ threshold, crossed }: Limited, spent: Points): boolean {
  if (threshold === undefined) return false;
  return spent > threshold || (crossed !== undefined && threshold <= crossed.threshold);
}
