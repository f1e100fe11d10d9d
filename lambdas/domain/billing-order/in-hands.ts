import type { BillingOrder } from './billing-order.ts';
import type { BillingOrderStatus } from './status.ts';

const BEFORE_SUBMISSION: ReadonlySet<BillingOrderStatus> = new Set(['NOT_OPEN', 'PENDING_SP']);

/** Whether an order is in its service provider's hands for the first time: usage comes in by whatever way, arrears too. */
export function takesUsage({
  status,
  sealedBy,
  billed,
}: Pick<BillingOrder, 'status' | 'sealedBy' | 'billed'>): boolean {
  return BEFORE_SUBMISSION.has(status) && sealedBy === undefined && billed === undefined;
}
