import type { Period } from '../calendar/period.ts';
import { type FamilyType, isPointsFamily } from '../catalogue/family.ts';
import { type PriceList, productPrice } from '../catalogue/price-list.ts';
import type { InvoiceBasis } from '../invoice/invoice.ts';
import type { Currency } from '../numbers/currency.ts';
import type { LinePrice, UsageLine } from '../usage/usage-line.ts';
import type { BillingTerms } from './billing-terms.ts';

/** What products of a money family cost a contract in a month. */
export type ProductPrices = {
  priceLists: readonly PriceList[];
  currency: Currency;
  of: Period;
  /** Terms of the month: the price list that counts and the discount. */
  basis: Pick<InvoiceBasis, 'priceListVersion' | 'discount'>;
};

/** The price a line of a product has by the price list; undefined where no list of the currency has one yet. */
export function listedLinePrice(
  { priceLists, currency, of, basis }: ProductPrices,
  productCode: string,
): LinePrice | undefined {
  const { priceListVersion: version, discount } = basis;
  const unitPrice = productPrice(priceLists, productCode, currency, { version, of });
  return unitPrice === undefined ? undefined : { unitPrice, discount, currency, from: 'LIST' };
}

/**
 * Lines of one month with the prices they are charged by: of a money family those of the terms of the month, which may be
 * others than when the line was written, as a list counts for all of its months; a price that came with what the line is of
 * stays (domain.md §5 "Which price").
 */
export function pricedLines(
  family: FamilyType,
  lines: readonly UsageLine[],
  prices: ProductPrices,
): readonly UsageLine[] {
  if (isPointsFamily(family)) return lines;
  return lines.map((line) => {
    if (line.price?.from === 'SOURCE') return line;
    const price = listedLinePrice(prices, line.productCode);
    return price ? { ...line, price } : line;
  });
}

/**
 * The lines of an order with the prices they are charged by: its own month's by its terms, those of arrears by the terms of
 * their month.
 */
export function pricedOrder(
  lines: readonly UsageLine[],
  { sku, basis }: Pick<BillingTerms, 'sku' | 'basis'>,
  { usagePeriod, ...prices }: Pick<ProductPrices, 'priceLists' | 'currency'> & { usagePeriod: Period },
  months: readonly { period: Period; basis: InvoiceBasis }[] = [],
): readonly UsageLine[] {
  if (isPointsFamily(sku.family)) return lines;
  const basisOf = new Map([[usagePeriod, basis], ...months.map((month) => [month.period, month.basis] as const)]);
  return [...Map.groupBy(lines, (line) => line.usagePeriod)].flatMap(([of, ofMonth]) =>
    pricedLines(sku.family, ofMonth, { ...prices, of, basis: basisOf.get(of) ?? basis }),
  );
}
