/** Events the portal publishes on its bus (source `commerce-portal`). */
export const EVENT_SOURCE = 'commerce-portal';

export const EVENT_TYPES = {
  InvoiceIssued: 'An invoice or credit note has become visible to its aggregator.',
  PeriodClosed: "A run of a period's close has ended and reconciled.",
  PrepaymentBelowTriggerPoint: 'The balance of a PRE-PAY contract has fallen below its trigger point.',
} as const;

export type EventType = keyof typeof EVENT_TYPES;
