import { printedNumber } from '../documents/printed.ts';
import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { deviationOf, meanOf, type Variance } from '../domain/billing-order/variance.ts';
import { formatPercent, formatPoints, type Percent } from '../domain/numbers/amounts.ts';
import { divideHalfEven } from '../domain/numbers/decimal.ts';
import type { Caller } from './caller.ts';
import { ownOrder } from './own-order.ts';
import type { Portal } from './ports/portal.ts';

/**
 * What the portal has found when an order was submitted last, for its aggregator.
 * @throws PortalError NOT_FOUND
 */
export function findOrderReview(
  portal: Pick<Portal, 'billingOrders'>,
  caller: Caller,
  orderId: string,
): Promise<BillingOrder> {
  return ownOrder(portal, caller, 'readReviews', orderId);
}

/** A variance for people: "reported 2,400 points, 63 % above the mean 1,470 of 2026-04…2026-09". */
export function varianceText(variance: Variance): string {
  const { reported, from, to } = variance;
  const mean = `the mean ${printedNumber(formatPoints(meanOf(variance)))} of ${from}…${to}`;
  return `reported ${printedNumber(formatPoints(reported))} points, ${comparedTo(variance)} ${mean}`;
}

function comparedTo(variance: Variance): string {
  const deviation = deviationOf(variance);
  if (deviation === undefined) return variance.reported > 0n ? 'above' : 'as';
  const size = deviation < 0n ? -deviation : deviation;
  const whole = printedNumber(formatPercent((divideHalfEven(size, 10_000n) * 10_000n) as Percent));
  return `${whole} % ${deviation < 0n ? 'below' : 'above'}`;
}
