import { type Month, monthsLater } from '../../lives/days.ts';
import { type Fraction, fraction, minus, partOf } from '../../lives/fractions.ts';
import { LATER_PRICES } from '../year-contract.ts';
import { FED_PRODUCTS } from './offer.ts';

/** What one of a product costs in a month, discount taken off; never rounded. */
export type NetPrice = (code: string, month: Month) => Fraction;

/** PAY-GO follows the lists; what was negotiated has the first one's prices for good, and a discount. */
export function netPrices(first: Month, isNegotiated: boolean): NetPrice {
  return (code, month) => {
    const prices = FED_PRODUCTS.find((product) => product.code === code)?.prices ?? [];
    const isLater = !isNegotiated && month >= monthsLater(first, LATER_PRICES);
    const list = fraction(prices[isLater ? 1 : 0] ?? '');
    return isNegotiated ? minus(list, partOf(list, 125, 1000)) : list;
  };
}
