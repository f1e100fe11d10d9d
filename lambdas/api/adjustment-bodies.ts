import type { ChargeLine } from '../domain/charging/charge.ts';
import {
  formatPoints,
  formatQuantity,
  type MinorUnits,
  type Points,
  type Quantity,
  sum,
} from '../domain/numbers/amounts.ts';
import { type Currency, formatMoney } from '../domain/numbers/currency.ts';
import type { Answer } from '../runtime/resource.ts';
import type { PageRequest } from '../use-cases/lists/definition.ts';
import type { AdjustedLine, Adjustment, Counted } from '../use-cases/read-adjustment.ts';

/** The difference that an adjustment makes, as the API answers it: a page of its lines; amounts for who sees them. */
export function differenceBody(
  { order: { revision, status, billed }, lines, billedPoints, adjustedPoints, amounts }: Adjustment,
  { limit, offset, changed }: PageRequest & { changed: boolean },
): Answer<'readVendorAdjustment'>['body'] {
  const money = amounts && moneyOf(amounts);
  const different = lines.filter(({ isSame }) => !isSame);
  const asked = changed ? different : lines;
  return {
    revision,
    status,
    ...(billed?.invoiceNumber !== undefined && { invoiceNumber: billed.invoiceNumber }),
    lines: asked.slice(offset, offset + limit).map((line) => lineBody(line, money)),
    lineCount: asked.length,
    changedCount: different.length,
    billedPoints: formatPoints(billedPoints),
    adjustedPoints: formatPoints(adjustedPoints),
    ...(amounts && {
      currency: amounts.currency,
      otherLines: otherLines(amounts),
      billedNet: formatMoney(amounts.billed.net, amounts.currency),
      adjustedNet: formatMoney(amounts.adjusted.net, amounts.currency),
      difference: formatMoney((amounts.adjusted.net - amounts.billed.net) as MinorUnits, amounts.currency),
    }),
  };
}

type Amounts = NonNullable<Adjustment['amounts']>;

/** What each usage line was billed with, and would be. */
type Money = { currency: Currency; billed: Map<string, MinorUnits>; adjusted: Map<string, MinorUnits> };

function moneyOf({ currency, billed, adjusted }: Amounts): Money {
  const byLine = (lines: readonly ChargeLine[]) =>
    new Map(lines.flatMap(({ usageLineId, amount }) => (usageLineId === undefined ? [] : [[usageLineId, amount]])));
  return { currency, billed: byLine(billed.lines), adjusted: byLine(adjusted.lines) };
}

function lineBody({ billed, adjusted, isSame }: AdjustedLine, money: Money | undefined) {
  const { line } = (adjusted ?? billed) as Counted;
  const { id, usagePeriod, siteName, productCode, customerNumber, uom, edit, comment } = line;
  const changed = billed ? ('CHANGED' as const) : ('ADDED' as const);
  const of = ({ line, points }: Counted, amounts: Map<string, MinorUnits> | undefined) => {
    const amount = amounts?.get(line.id);
    return {
      quantity: formatQuantity(line.quantity),
      points: formatPoints(points),
      ...(money && amount !== undefined && { amount: formatMoney(amount, money.currency) }),
    };
  };
  return {
    usageLineId: id,
    usagePeriod,
    siteName,
    productCode,
    customerNumber,
    uom,
    change: isSame ? ('SAME' as const) : adjusted ? changed : ('REMOVED' as const),
    ...(billed && { billed: of(billed, money?.billed) }),
    ...(adjusted && { adjusted: of(adjusted, money?.adjusted) }),
    ...(!isSame && { difference: differenceOf({ billed, adjusted }, money) }),
    ...(edit && !isSame && { reason: edit.reason }),
    ...(comment !== undefined && { comment }),
  };
}

type Sides = Record<'billed' | 'adjusted', Counted | undefined>;

function differenceOf({ billed, adjusted }: Sides, money: Money | undefined) {
  const less = (of: (counted: Counted) => bigint) => (adjusted ? of(adjusted) : 0n) - (billed ? of(billed) : 0n);
  const amountIn = (amounts: Money['billed'], of: Counted | undefined) => (of && amounts.get(of.line.id)) ?? 0n;
  return {
    quantity: formatQuantity(less(({ line }) => line.quantity) as Quantity),
    points: formatPoints(less(({ points }) => points) as Points),
    ...(money && {
      amount: formatMoney(
        (amountIn(money.adjusted, adjusted) - amountIn(money.billed, billed)) as MinorUnits,
        money.currency,
      ),
    }),
  };
}

/** Lines that charge no usage line, such as what is missing to the minimum: with them the amounts add up. */
function otherLines({ currency, billed, adjusted }: Amounts) {
  const others = (lines: readonly ChargeLine[]) => lines.filter(({ usageLineId }) => usageLineId === undefined);
  const keyOf = ({ usagePeriod, kind }: ChargeLine) => `${usagePeriod} ${kind}`;
  const [was, is] = [billed, adjusted].map(({ lines }) => Map.groupBy(others(lines), keyOf)) as [Grouped, Grouped];
  return [...new Set([...was.keys(), ...is.keys()])].map((key) => {
    const [before, after] = [was.get(key), is.get(key)];
    const { kind, usagePeriod, description } = ((after ?? before) as ChargeLine[])[0] as ChargeLine;
    return {
      kind,
      usagePeriod,
      description,
      ...(before && { billed: totalOf(before, currency) }),
      ...(after && { adjusted: totalOf(after, currency) }),
    };
  });
}

type Grouped = Map<string, ChargeLine[]>;

const totalOf = (lines: readonly ChargeLine[], currency: Currency) => ({
  points: formatPoints(sum(lines.map(({ points }) => points)) as Points),
  amount: formatMoney(sum(lines.map(({ amount }) => amount)) as MinorUnits, currency),
});
