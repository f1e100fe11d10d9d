/** Events the portal publishes on its bus (source `commerce-portal`). */
export const EVENT_SOURCE = 'commerce-portal';

export const EVENT_TYPES = {
  InvoiceIssued: 'An invoice or credit note has become visible to its aggregator.',
  BillingOrderChanged: 'A monthly billing order or an adjustment of it has moved to another status.',
  ContractRequestChanged: 'A request to make or change a contract was made, or has moved to another status.',
  ContractStatusChanged: 'A contract has moved to another status by itself or by the vendor.',
  OneOffOrderChanged: 'A one-off order was made, or has moved to another status.',
  PeriodClosed: "A run of a period's close has ended and reconciled.",
  PrepaymentBelowTriggerPoint: 'The balance of a PRE-PAY contract has fallen below its trigger point.',
} as const;

export type EventType = keyof typeof EVENT_TYPES;
