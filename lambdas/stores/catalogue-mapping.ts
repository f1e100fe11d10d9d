import type * as z from 'zod';
import { period } from '../domain/calendar/period.ts';
import type { OrderableSku } from '../domain/catalogue/catalogue.ts';
import type { PriceList } from '../domain/catalogue/price-list.ts';
import type { Product } from '../domain/catalogue/product.ts';
import {
  formatPercent,
  formatPoints,
  formatPointsPerUnit,
  formatQuantity,
  formatSplit,
  formatUnitPrice,
  percent,
  points,
  pointsPerUnit,
  quantity,
  split,
  unitPrice,
} from '../domain/numbers/amounts.ts';
import type * as items from './items.ts';
import { defined, maybe } from './mapping.ts';

/** Stored products, SKUs and price lists ↔ domain values. */
type Stored<Schema extends z.ZodType> = z.infer<Schema>;

export function toOrderableSkuItem(sku: OrderableSku): Stored<typeof items.OrderableSkuItem> {
  return { ...sku, minimumPoints: formatPoints(sku.minimumPoints), discount: formatPercent(sku.discount) };
}

export function fromOrderableSkuItem(item: Stored<typeof items.OrderableSkuItem>): OrderableSku {
  return defined({
    ...item,
    minimumPoints: points(item.minimumPoints),
    bolDate: period(item.bolDate),
    eolDate: maybe(item.eolDate, period),
    discount: percent(item.discount),
  }) as OrderableSku;
}

export function toProductItem(product: Product): Stored<typeof items.ProductItem> {
  return {
    ...product,
    pointsPerUnit: formatPointsPerUnit(product.pointsPerUnit),
    minQuantity: maybe(product.minQuantity, formatQuantity),
    replaces: maybe(product.replaces, (codes) => [...codes]),
    tiers: product.tiers?.map((tier) => ({
      from: formatQuantity(tier.from),
      to: maybe(tier.to, formatQuantity),
      pointsPerUnit: formatPointsPerUnit(tier.pointsPerUnit),
      split: formatSplit(tier.split),
    })),
  };
}

export function fromProductItem(item: Stored<typeof items.ProductItem>): Product {
  return defined({
    ...item,
    pointsPerUnit: pointsPerUnit(item.pointsPerUnit),
    minQuantity: maybe(item.minQuantity, quantity),
    tiers: item.tiers?.map((tier) =>
      defined({
        from: quantity(tier.from),
        to: maybe(tier.to, quantity),
        pointsPerUnit: pointsPerUnit(tier.pointsPerUnit),
        split: split(tier.split),
      }),
    ),
  }) as Product;
}

export function toPriceListItem(list: PriceList): Stored<typeof items.PriceListItem> {
  const prices = Object.entries(list.prices).map(([sku, price]) => [
    sku,
    { listPrice: formatUnitPrice(price.listPrice), overagePrice: maybe(price.overagePrice, formatUnitPrice) },
  ]);
  const productPrices = maybe(list.productPrices, (unit) => eachOf(unit, formatUnitPrice));
  return { ...list, prices: Object.fromEntries(prices), productPrices };
}

export function fromPriceListItem(item: Stored<typeof items.PriceListItem>): PriceList {
  const prices = Object.entries(item.prices).map(([sku, price]) => [
    sku,
    defined({ listPrice: unitPrice(price.listPrice), overagePrice: maybe(price.overagePrice, unitPrice) }),
  ]);
  const productPrices = maybe(item.productPrices, (unit) => eachOf(unit, unitPrice));
  return defined({
    ...item,
    validFrom: period(item.validFrom),
    prices: Object.fromEntries(prices),
    productPrices,
  }) as PriceList;
}

function eachOf<From, To>(record: Readonly<Record<string, From>>, to: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, to(value)]));
}
