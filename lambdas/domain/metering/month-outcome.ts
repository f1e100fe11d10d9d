/** Why readings of a contract's month wait, or are never billed. */
export const MONTH_REASONS = ['NO_ORDER', 'ORDER_CANCELLED', 'NO_CARRIER'] as const;

/**
 * What came of a month's readings when they were compared last with all that is reported of it. APPLIED: they are in orders,
 * or told as differences. WAITS: no order takes them yet. NOT_BILLABLE: none ever does.
 */
export const MONTH_OUTCOMES = ['APPLIED', 'WAITS', 'NOT_BILLABLE'] as const;

export type MonthOutcome = {
  outcome: (typeof MONTH_OUTCOMES)[number];
  reason?: (typeof MONTH_REASONS)[number] | undefined;
  time: string;
};
