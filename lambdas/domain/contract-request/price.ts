import type { Period } from '../calendar/period.ts';
import { isPointsFamily } from '../catalogue/family.ts';
import { type ContractSku, type PriceList, priceListFor, type SkuPrice } from '../catalogue/price-list.ts';
import type { LockedPrice } from '../contract/contract.ts';
import {
  discounted,
  type MinorUnits,
  type Percent,
  POINTS_SCALE,
  type Points,
  UNIT_PRICE_SCALE,
  unitPrice,
} from '../numbers/amounts.ts';
import { type Currency, minorDigits } from '../numbers/currency.ts';
import { divideHalfEven, powerOfTen } from '../numbers/decimal.ts';

/** A SKU's price in the list valid for a period, with the list's version. */
export type ListedPrice = SkuPrice & { priceListVersion: string };

// A commitment in money is counted in the currency's major unit, each of which costs one.
const ONE = unitPrice('1');

/**
 * What a SKU costs in a currency in a period; undefined when the valid list has no price for it. Money families have no
 * price per SKU: their products have.
 */
export function listedPrice(
  priceLists: readonly PriceList[],
  sku: Pick<ContractSku, 'code' | 'family'>,
  currency: Currency,
  of: Period,
): ListedPrice | undefined {
  const list = priceListFor(priceLists, currency, of);
  if (!list) return undefined;
  if (!isPointsFamily(sku.family)) return { listPrice: ONE, priceListVersion: list.version };
  const price = Object.hasOwn(list.prices, sku.code) ? list.prices[sku.code] : undefined;
  return price && { ...price, priceListVersion: list.version };
}

/** The price as a CUSTOM or PRE-PAY contract locks it when it is asked for (domain.md §5 "Which price"). */
export function lockPrice(price: ListedPrice, discount: Percent): LockedPrice {
  return { ...price, discount };
}

/** What a prepayment is invoiced at: price of one unit, and the net amount, rounded half-even (domain.md §5 "PRE-PAY"). */
export function priceOfPrepayment(
  prepayment: Points,
  sku: Pick<ContractSku, 'family'>,
  locked: LockedPrice,
  currency: Currency,
) {
  const price = isPointsFamily(sku.family) ? discounted(locked.listPrice, locked.discount) : ONE;
  const one = powerOfTen(POINTS_SCALE + UNIT_PRICE_SCALE - minorDigits(currency));
  return { price, net: divideHalfEven(prepayment * price, one) as MinorUnits };
}
