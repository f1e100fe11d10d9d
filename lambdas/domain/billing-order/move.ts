import { type TransitionResult, transition } from '../transitions.ts';
import type { BillingOrder } from './billing-order.ts';
import {
  ADJUSTMENT_TRANSITIONS,
  BILLING_ORDER_TRANSITIONS,
  type BillingOrderActor,
  type BillingOrderStatus,
} from './status.ts';

/** Whether an order that was closed once is open again, with a later revision beside what was billed. */
export function isAdjusted({ status, billed }: Pick<BillingOrder, 'status' | 'billed'>): boolean {
  return billed !== undefined && status !== 'CLOSED';
}

/** Where a verb leads an order: by the table of adjustments once it has been closed (domain.md §4). */
export function moveOrder(
  { status, billed }: Pick<BillingOrder, 'status' | 'billed'>,
  verb: string,
  by: BillingOrderActor,
): TransitionResult<BillingOrderStatus> {
  return transition(billed ? ADJUSTMENT_TRANSITIONS : BILLING_ORDER_TRANSITIONS, status, verb, by);
}
