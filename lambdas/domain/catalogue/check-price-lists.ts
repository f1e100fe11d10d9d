import type { Period } from '../calendar/period.ts';
import { UNIT_PRICE_SCALE, type UnitPrice } from '../numbers/amounts.ts';
import { isCurrency } from '../numbers/currency.ts';
import { fieldsOf } from './entry-fields.ts';
import type { LoadCounts, LoadFault, LoadPath, PriceEntry, PriceListEntry } from './load.ts';
import { isSame } from './merge-entries.ts';
import type { PriceList, SkuPrice } from './price-list.ts';

/** What may have a price: SKUs, and the products of money families. */
export type PricedCodes = { skus: ReadonlySet<string>; products: ReadonlySet<string> };

/**
 * The price lists a load brings new. One that is there already may come again as it is, never changed; a new one begins
 * after every period that is frozen or billed (domain.md §5 "Which price").
 *
 * @param lastFrozen the latest period a close was started for
 */
export function checkPriceLists(
  entries: readonly PriceListEntry[],
  existing: readonly PriceList[],
  known: PricedCodes,
  lastFrozen: Period | undefined,
  faults: LoadFault[],
): { created: PriceList[]; counts: LoadCounts } {
  const before = new Map(existing.map((list) => [nameOf(list), list]));
  const seen = new Set<string>();
  const created: PriceList[] = [];
  let unchanged = 0;
  entries.forEach((entry, index) => {
    const path: LoadPath = ['priceLists', index];
    const list = readPriceList(entry, path, known, faults);
    if (seen.has(nameOf(entry)))
      faults.push({ path: [...path, 'version'], message: `is in this load twice: ${entry.version}` });
    seen.add(nameOf(entry));
    if (!list) return;
    const same = before.get(nameOf(list));
    if (same && isSame(same, list)) unchanged++;
    else if (same) {
      const message = `${entry.version} is there with other prices and can't be changed: load another version`;
      faults.push({ path: [...path, 'version'], message, conflict: 'PRICE_LIST_EXISTS' });
    } else if (lastFrozen !== undefined && list.validFrom <= lastFrozen) {
      const message = `must be after ${lastFrozen}, which is frozen or billed`;
      faults.push({ path: [...path, 'validFrom'], message, conflict: 'PERIOD_FROZEN' });
    } else created.push(list);
  });
  return { created, counts: { created: created.length, changed: 0, unchanged } };
}

const nameOf = ({ currency, version }: { currency: string; version: string }) => `${currency}#${version}`;

// A list is one item of at most 400 KB: 2,000 prices of 130 bytes are 260 KB.
const MOST_PRICES = 2_000;

function readPriceList(
  entry: PriceListEntry,
  path: LoadPath,
  known: PricedCodes,
  faults: LoadFault[],
): PriceList | undefined {
  const fields = fieldsOf(entry, path, faults);
  const currency = fields.code('currency');
  if (currency && !isCurrency(currency)) fields.refuse('currency', `is no currency of ISO 4217: ${currency}`);
  const version = fields.code('version');
  const validFrom = fields.month('validFrom');
  if (entry.prices.length > MOST_PRICES) fields.refuse('prices', `must be at most ${MOST_PRICES}`);
  const prices = new Map<string, SkuPrice>();
  const productPrices = new Map<string, UnitPrice>();
  entry.prices.forEach((price, index) => {
    const row = fieldsOf(price, [...path, 'prices', index], faults);
    if (price.product) readProductPrice(row, known, productPrices);
    else readSkuPrice(row, known, prices);
  });
  if (entry.prices.length === 0)
    fields.refuse('prices', 'are needed: a list without any would leave everything unpriced');
  if (!currency || !version || !validFrom || fields.failed()) return undefined;
  return {
    currency,
    version,
    validFrom,
    prices: Object.fromEntries(prices),
    ...(productPrices.size > 0 && { productPrices: Object.fromEntries(productPrices) }),
  };
}

type PriceRow = ReturnType<typeof fieldsOf<PriceEntry>>;

function readSkuPrice(row: PriceRow, { skus }: PricedCodes, prices: Map<string, SkuPrice>): void {
  const sku = row.code('sku');
  if (sku && !skus.has(sku)) row.refuse('sku', `there is no SKU ${sku}`);
  if (sku && prices.has(sku)) row.refuse('sku', `has a price in this list already: ${sku}`);
  const listPrice = row.decimal<UnitPrice>('listPrice', UNIT_PRICE_SCALE);
  const overagePrice = row.has('overagePrice') ? row.decimal<UnitPrice>('overagePrice', UNIT_PRICE_SCALE) : undefined;
  if (!sku || listPrice === undefined) return;
  prices.set(sku, { listPrice, ...(overagePrice !== undefined && { overagePrice }) });
}

function readProductPrice(row: PriceRow, { products }: PricedCodes, prices: Map<string, UnitPrice>): void {
  const product = row.code('product');
  if (row.has('sku')) row.refuse('sku', 'must be absent where a product is priced');
  if (row.has('overagePrice')) row.refuse('overagePrice', 'is of SKUs alone');
  if (product && !products.has(product)) row.refuse('product', `there is no product ${product} of a money family`);
  if (product && prices.has(product)) row.refuse('product', `has a price in this list already: ${product}`);
  const listPrice = row.decimal<UnitPrice>('listPrice', UNIT_PRICE_SCALE);
  if (product && listPrice !== undefined) prices.set(product, listPrice);
}
