import type { Period } from '../calendar/period.ts';
import type { Product } from '../catalogue/product.ts';
import { NO_QUANTITY, type PointsPerUnit, type Quantity } from '../numbers/amounts.ts';
import type { FedUsage } from '../usage/account-usage.ts';
import type { LinePrice } from '../usage/usage-line.ts';
import { type ProductCommitment, segmentIn } from './product-commitment.ts';

/** What an end customer has used of a product in a month, all of it. */
export type CustomerUse = { customerNumber: string; productCode: string; quantity: Quantity };

export type MonthFacts = {
  product: (code: string) => Pick<Product, 'code' | 'name' | 'uom'>;
  /** Price of a unit by the terms of a month. */
  priceIn: (productCode: string, of: Period) => LinePrice;
};

const keyOf = (customerNumber: string, productCode: string): string => JSON.stringify([customerNumber, productCode]);

/**
 * The lines that a month of an LPCaaS contract comes to: what is committed, used or not, at the price of the first month of its
 * segment, and what is used above it at that of the month (domain.md §5 "Money families").
 */
export function monthUsage(
  of: Period,
  commitments: readonly ProductCommitment[],
  used: readonly CustomerUse[],
  { product, priceIn }: MonthFacts,
): FedUsage[] {
  const committed = new Map<string, Quantity>();
  const lines: FedUsage[] = [];
  for (const { id: commitmentId, customerNumber, product: committedTo, segments } of commitments) {
    const segment = segmentIn({ segments }, of);
    if (!segment) continue;
    const key = keyOf(customerNumber, committedTo.code);
    committed.set(key, ((committed.get(key) ?? NO_QUANTITY) + segment.quantity) as Quantity);
    const price: LinePrice = { ...priceIn(committedTo.code, segment.from), from: 'SOURCE' };
    const line = lineOf(product(committedTo.code), customerNumber, segment.quantity, price);
    lines.push({ ...line, source: { commitmentId } });
  }
  for (const { customerNumber, productCode, quantity } of used) {
    const above = (quantity - (committed.get(keyOf(customerNumber, productCode)) ?? NO_QUANTITY)) as Quantity;
    if (above <= NO_QUANTITY) continue;
    lines.push(lineOf(product(productCode), customerNumber, above, priceIn(productCode, of)));
  }
  return lines;
}

const lineOf = (
  { code, name, uom }: Pick<Product, 'code' | 'name' | 'uom'>,
  customerNumber: string,
  quantity: Quantity,
  price: LinePrice,
): FedUsage => ({
  siteName: '',
  productCode: code,
  productName: name,
  customerNumber,
  uom,
  quantity,
  pointsPerUnit: 0n as PointsPerUnit,
  price,
  inMinCommit: true,
  origin: 'FEED',
});
