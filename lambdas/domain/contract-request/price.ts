import { isPointsFamily } from '../catalogue/family.ts';
import { type ContractSku, type ListedPrice, ONE_UNIT } from '../catalogue/price-list.ts';
import type { LockedPrice } from '../contract/contract.ts';
import {
  discounted,
  type MinorUnits,
  type Percent,
  POINTS_SCALE,
  type Points,
  UNIT_PRICE_SCALE,
} from '../numbers/amounts.ts';
import { type Currency, minorDigits } from '../numbers/currency.ts';
import { divideHalfEven, powerOfTen } from '../numbers/decimal.ts';

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
  const price = isPointsFamily(sku.family) ? discounted(locked.listPrice, locked.discount) : ONE_UNIT;
  const one = powerOfTen(POINTS_SCALE + UNIT_PRICE_SCALE - minorDigits(currency));
  return { price, net: divideHalfEven(prepayment * price, one) as MinorUnits };
}
