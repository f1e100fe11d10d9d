import type { Period } from '../calendar/period.ts';
import { type Points, type UnitPrice, unitPrice } from '../numbers/amounts.ts';
import type { Currency } from '../numbers/currency.ts';
import { compareCodePoints } from '../usage/canonical-order.ts';
import { type ContractType, type FamilyType, isPointsFamily } from './family.ts';

/** An orderable variant of a contract, e.g. VSPP3-1800-C. */
export type ContractSku = {
  code: string;
  contractType: ContractType;
  family: FamilyType;
  /** Monthly minimum of a PAY-GO SKU; zero for negotiated types. */
  minimumPoints: Points;
};

export type SkuPrice = {
  /** Price of one point. */
  listPrice: UnitPrice;
  /** Price of one point of overage, where the SKU has its own. */
  overagePrice?: UnitPrice;
};

/** A version of the prices in one currency, valid from a month on until a later version takes over. Never edited. */
export type PriceList = {
  currency: Currency;
  version: string;
  validFrom: Period;
  prices: Readonly<Record<string, SkuPrice>>;
  /** Price of a unit of products of money families. */
  productPrices?: Readonly<Record<string, UnitPrice>>;
};

/**
 * The version valid for a usage period: the one with the latest `validFrom` not after it; of two from
 * one month, the one whose version sorts last (domain.md §5 "Which price").
 */
export function priceListFor(versions: readonly PriceList[], currency: Currency, of: Period): PriceList | undefined {
  let valid: PriceList | undefined;
  for (const version of versions) {
    if (version.currency !== currency || version.validFrom > of) continue;
    if (!valid || byPrecedence(version, valid) > 0) valid = version;
  }
  return valid;
}

/** What money families count is the currency's major unit, each of which costs one. */
export const ONE_UNIT: UnitPrice = unitPrice('1');

/** A SKU's price in the list valid for a period, with the list's version. */
export type ListedPrice = SkuPrice & { priceListVersion: string };

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
  if (!isPointsFamily(sku.family)) return { listPrice: ONE_UNIT, priceListVersion: list.version };
  const price = Object.hasOwn(list.prices, sku.code) ? list.prices[sku.code] : undefined;
  return price && { ...price, priceListVersion: list.version };
}

/**
 * What a unit of a money family's product costs: by the latest list of the currency up to the one that counts which names it;
 * a list that doesn't leaves the price it had.
 *
 * @param version the list that counts (of CUSTOM and PRE-PAY the one their revision has locked); what was not sold yet then
 *   follows the list of the period
 */
export function productPrice(
  priceLists: readonly PriceList[],
  productCode: string,
  currency: Currency,
  { version, of }: { version: string | undefined; of: Period },
): UnitPrice | undefined {
  const named = priceLists
    .filter((list) => list.currency === currency && list.validFrom <= of)
    .filter(({ productPrices }) => productPrices && Object.hasOwn(productPrices, productCode))
    .sort(byPrecedence);
  const counts = priceLists.find((list) => list.currency === currency && list.version === version);
  const upToIt = counts && named.filter((list) => byPrecedence(list, counts) <= 0);
  return (upToIt?.at(-1) ?? named.at(-1))?.productPrices?.[productCode];
}

const byPrecedence = (a: PriceList, b: PriceList): number =>
  compareCodePoints(a.validFrom, b.validFrom) || compareCodePoints(a.version, b.version);
