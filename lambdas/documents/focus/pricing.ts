import { isPointsFamily } from '../../domain/catalogue/family.ts';
import type { ChargeLineKind } from '../../domain/charging/charge.ts';
import { EXACT_SCALE } from '../../domain/charging/charge-points.ts';
import { minorDigits } from '../../domain/numbers/currency.ts';
import { powerOfTen } from '../../domain/numbers/decimal.ts';
import type { CanonicalInvoice } from '../canonical-invoice.ts';
import { add, type Exact, exact, lessPercent, magnitude, negated, times, UNIT } from '../exact.ts';
import type { LinePart } from './prepaid-parts.ts';
import type { Commitment, Pricing, Sku } from './row.ts';

/** The virtual currency that points are in FOCUS. */
export const POINTS = 'Points';

/** What a document's family counts: points, or money. */
export const unitOf = ({ contract, currency }: CanonicalInvoice): string =>
  isPointsFamily(contract.family) ? POINTS : currency;

/** How a line is priced; undefined where no price makes its amount. */
export function pricingOf(document: CanonicalInvoice, part: LinePart): Pricing | undefined {
  const { line, points } = part;
  if (line.kind === 'CORRECTION' || line.kind === 'SETTLEMENT') return undefined;
  const byQuantity = line.price && part.isWhole ? pricedByQuantity(document, part) : undefined;
  return byQuantity ?? pricedByPoints(document, points, exact(line.unitPrice), listPriceOf(document, part));
}

/**
 * So many points, each at a price. A price below zero, as an overage price below that of the contract makes it, is put as so
 * many points less.
 */
export function pricedByPoints(document: CanonicalInvoice, points: Exact, price: Exact, listPrice: Exact): Pricing {
  const quantity = price < 0n ? negated(points) : points;
  const prices = { listPrice: magnitude(listPrice), price: magnitude(price) };
  if (unitOf(document) !== POINTS)
    return pricedInMoney(document, quantity, document.currency, prices.price, prices.listPrice);
  return { quantity, unit: POINTS, ...prices, currency: POINTS, listPriceInCurrency: UNIT, priceInCurrency: UNIT };
}

function pricedInMoney(
  { currency }: CanonicalInvoice,
  quantity: Exact,
  unit: string,
  price: Exact,
  listPrice = price,
): Pricing {
  return { quantity, unit, listPrice, price, currency, listPriceInCurrency: listPrice, priceInCurrency: price };
}

/** Usage of a money family: so many units at the price of the product, where nothing else has made the amount. */
function pricedByQuantity(document: CanonicalInvoice, { line, quantity, amount }: LinePart): Pricing | undefined {
  if (!line.price || quantity === undefined) return undefined;
  const listPrice = exact(line.price.unitPrice);
  const price = lessPercent(listPrice, exact(line.price.discount));
  const minor = powerOfTen(EXACT_SCALE - minorDigits(document.currency));
  if (magnitude(add(times(quantity, price), negated(amount))) >= minor) return undefined;
  return pricedInMoney(document, quantity, line.uom || document.currency, price, listPrice);
}

/** List price of a point in the month that the line is of. */
function listPriceOf(document: CanonicalInvoice, { line }: LinePart): Exact {
  if (line.kind === 'SURCHARGE' || unitOf(document) !== POINTS) return exact(line.unitPrice);
  const { basis } = document.arrears?.find(({ usagePeriod }) => usagePeriod === line.usagePeriod) ?? document;
  return exact(basis.listPrice);
}

/** What a contract sells that is no product. */
export const skuOfContract = (skuCode: string, kind: ChargeLineKind, meter: string): Sku => ({
  id: skuCode,
  priceId: `${skuCode}/${kind}`,
  meter,
});

/** So much of what a contract has paid for up front. */
export const prepayment = (document: CanonicalInvoice, quantity: Exact): Commitment => ({
  ...{ id: `${document.contract.number}/prepayment`, type: 'Prepayment' },
  ...{ quantity, unit: unitOf(document) },
});
