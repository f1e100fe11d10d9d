import { isDeepStrictEqual } from 'node:util';
import { fromCanonical } from '../documents/from-canonical.ts';
import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { countsByLine } from '../domain/billing-order/counts-by-line.ts';
import { isAdjusted } from '../domain/billing-order/move.ts';
import type { ChargeLine } from '../domain/charging/charge.ts';
import type { Tiers } from '../domain/charging/line-points.ts';
import { type MinorUnits, NO_POINTS, type Points, sum } from '../domain/numbers/amounts.ts';
import type { Currency } from '../domain/numbers/currency.ts';
import { canonicalOrder } from '../domain/usage/canonical-order.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import type { Caller } from './caller.ts';
import { ownOrder } from './own-order.ts';
import { type PricingPortal, priceOrder } from './price-order.ts';
import { printedInvoice } from './standing-months.ts';
import { tiersOf } from './tiers.ts';

export type Counted = { line: UsageLine; points: Points };

/** A line as it was billed and as the adjustment has it; one of them is missing where it was added or removed. */
export type AdjustedLine = { billed?: Counted; adjusted?: Counted; isSame: boolean };

/** What is printed, and what the next close would print: lines as on documents, without tax. */
export type Printed = { lines: readonly ChargeLine[]; net: MinorUnits };

export type Adjustment = {
  order: BillingOrder;
  lines: readonly AdjustedLine[];
  billedPoints: Points;
  adjustedPoints: Points;
  /** What of it is money; absent for who sees points only. */
  amounts?: { currency: Currency; billed: Printed; adjusted: Printed };
};

/**
 * What an open adjustment makes of the lines that were billed, in canonical order, and of what was billed for them; without
 * one all are the same. What it would be billed with is told as everything stands now.
 * @throws PortalError NOT_FOUND; NOT_PRICED
 */
export async function readAdjustment(portal: PricingPortal, caller: Caller, orderId: string): Promise<Adjustment> {
  const order = await ownOrder(portal, caller, 'readAdjustments', orderId);
  const { billed, lineSet, usagePeriod } = order;
  const billedSet = billed && isAdjusted(order) ? billed.lineSet : lineSet;
  const [before, after, tiers] = await Promise.all([
    portal.billingOrders.linesOf(orderId, billedSet),
    portal.billingOrders.linesOf(orderId, lineSet),
    tiersOf(portal),
  ]);
  const was = counted(order, before, tiers);
  const is = counted(order, after, tiers);
  // Families that can be adjusted are counted in points, and of those a service provider sees no amounts.
  const amounts = caller.organizationType === 'SERVICE_PROVIDER' ? undefined : await amountsOf(portal, order, after);
  const sorted = [...was, ...is].sort((a, b) => canonicalOrder(usagePeriod)(a.line, b.line));
  const [wasById, isById] = [byId(was), byId(is)];
  return {
    order,
    lines: [...new Set(sorted.map(({ line }) => line.id))].map((id) => {
      const [billedLine, adjusted] = [wasById.get(id), isById.get(id)];
      return {
        ...(billedLine && { billed: billedLine }),
        ...(adjusted && { adjusted }),
        isSame: isDeepStrictEqual(billedLine, adjusted),
      };
    }),
    billedPoints: pointsOf(was),
    adjustedPoints: pointsOf(is),
    ...(amounts && { amounts }),
  };
}

/** None of an order that was never billed. */
async function amountsOf(
  portal: PricingPortal,
  order: BillingOrder,
  lines: readonly UsageLine[],
): Promise<Adjustment['amounts']> {
  if (!order.billed) return undefined;
  const { invoiceNumber } = order.billed;
  const document = invoiceNumber === undefined ? undefined : fromCanonical(await printedInvoice(portal, invoiceNumber));
  const billed = document ? { lines: document.lines, net: document.net } : NOTHING_PRINTED;
  if (document && !isAdjusted(order)) return { currency: document.currency, billed, adjusted: billed };
  const { contract, charged } = await priceOrder(portal, order);
  const adjusted = isAdjusted(order) ? charged(lines) : billed;
  return { currency: contract.currency, billed, adjusted: { lines: adjusted.lines, net: adjusted.net } };
}

const NOTHING_PRINTED: Printed = { lines: [], net: 0n as MinorUnits };

function counted({ usagePeriod }: BillingOrder, lines: readonly UsageLine[], tiers: Tiers): Counted[] {
  const counts = countsByLine(lines, tiers);
  const sorted = [...lines].sort(canonicalOrder(usagePeriod));
  return sorted.map((line) => ({ line, points: counts.get(line.id)?.points ?? NO_POINTS }));
}

const byId = (lines: readonly Counted[]) => new Map(lines.map((counted) => [counted.line.id, counted]));

const pointsOf = (lines: readonly Counted[]): Points => sum(lines.map(({ points }) => points));
