import type { Period } from '../calendar/period.ts';
import type { MinorUnits } from '../numbers/amounts.ts';
import type { Currency } from '../numbers/currency.ts';

/**
 * What the vendor settles the minimums at that lapse with an early end: an amount of money, in place of all later entries
 * (domain.md §5 "Minimum commit of a month"). It is billed as a line of its own and counts neither as reported nor towards
 * the minimum.
 */
export type Settlement = { amount: MinorUnits; currency: Currency };

/** A settlement that has come due with the end, and the month whose order bills it. */
export type DueSettlement = Settlement & { period: Period };
