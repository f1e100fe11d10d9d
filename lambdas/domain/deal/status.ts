/** Published values of Deal.status (domain.md §4 "Deal"). */
export const DEAL_STATUSES = [
  'DRAFT',
  'PENDING_APPROVE',
  'PENDING_REVISION',
  'OPPORTUNITY',
  'CLOSED_WON',
  'CLOSED_LOST',
  'CLOSED_EXPIRED',
  'CLOSED_DENIED',
  'CLOSED_ABANDONED',
  'CLOSED_CONTRACT_TERMINATED',
  'CLOSED_AGGREGATOR_SWAPPED',
  'CLOSED_AS_LOST_PRODUCT_ACCESS',
] as const;
export type DealStatus = (typeof DEAL_STATUSES)[number];

/** Published values of Deal.extendStatus. */
export const DEAL_EXTENSION_STATUSES = ['NOT_EXTENDED', 'PENDING_EXTENSION', 'EXTENSION_DENIED', 'EXTENDED'] as const;
export type DealExtensionStatus = (typeof DEAL_EXTENSION_STATUSES)[number];

export type DealActor = 'AGGREGATOR' | 'VENDOR' | 'SYSTEM';

/** States in which something may still come of a deal. */
export const OPEN_DEAL_STATUSES = [
  'DRAFT',
  'PENDING_APPROVE',
  'PENDING_REVISION',
  'OPPORTUNITY',
] as const satisfies readonly DealStatus[];

/** Whether something may still come of a deal. */
export function isOpenDeal(status: DealStatus): boolean {
  return (OPEN_DEAL_STATUSES as readonly DealStatus[]).includes(status);
}
