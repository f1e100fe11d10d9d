import { isPeriod, type Period, periodOf } from '../calendar/period.ts';
import type { Product } from '../catalogue/product.ts';
import type { Contract } from '../contract/contract.ts';
import { type Checked, Faults } from '../contract-request/checks.ts';
import type { Quantity } from '../numbers/amounts.ts';
import { checkQuantity } from '../usage/check-entry.ts';
import {
  type CommitmentTerm,
  overlaps,
  type ProductCommitment,
  type Segment,
  segmentFrom,
} from './product-commitment.ts';

/** ProductCommitmentCreateRequest: the quantity as an exact decimal. */
export type AskedProductCommitment = {
  customerId: string;
  product: string;
  uom: string;
  quantity: string;
  bol: string;
  term: CommitmentTerm;
};

export type ProductCommitmentFacts = {
  contract: Pick<Contract, 'bolDate' | 'eolDate'>;
  /** Numbers of the contract's customers, by id. */
  customers: ReadonlyMap<string, string>;
  /** Products of the contract's family, by code. */
  products: ReadonlyMap<string, Product>;
  /** All of the contract. */
  commitments: readonly ProductCommitment[];
  frozenUntil: Period | undefined;
  /** Whether a unit of a product has a price in a month. */
  isPriced: (productCode: string, of: Period) => boolean;
};

export type CheckedProductCommitment = {
  customerNumber: string;
  product: Product;
  segment: Segment;
};

/** Checks a product commitment that is asked for, and names everything that is wrong with it (domain README). */
export function checkProductCommitment(
  facts: ProductCommitmentFacts,
  asked: AskedProductCommitment,
): Checked<CheckedProductCommitment> {
  const faults = new Faults();
  const customerNumber =
    facts.customers.get(asked.customerId) ?? faults.add('customerId', 'is no end customer of the contract');
  const product = facts.products.get(asked.product) ?? faults.add('product', "is no product of the contract's family");
  if (product && product.uom !== asked.uom) faults.add('uom', `must be that of the product, ${product.uom}`);
  const quantity = readQuantity(faults, asked.quantity);
  const from = readMonth(faults, facts, asked.bol);
  if (!customerNumber || !product || quantity === undefined || !from) {
    return faults.answer<CheckedProductCommitment>(undefined);
  }
  if (!facts.isPriced(product.code, from)) faults.add('product', `has no price in ${from} yet`);
  const segment = segmentFrom(from, asked.term, quantity);
  const made = { customerId: asked.customerId, product, segments: [segment] };
  const other = facts.commitments.find((each) => overlaps(each, made));
  if (other) faults.add('bol', `overlaps the customer's commitment ${other.id} for the product`);
  return faults.answer({ customerNumber, product, segment });
}

function readQuantity(faults: Faults, text: string): Quantity | undefined {
  const checked = checkQuantity(text);
  if (!checked.ok) return faults.add('quantity', checked.faults[0]?.message ?? 'is no quantity');
  return checked.value > 0n ? checked.value : faults.add('quantity', 'must be more than 0');
}

function readMonth(
  faults: Faults,
  { contract: { bolDate, eolDate }, frozenUntil }: ProductCommitmentFacts,
  text: string,
): Period | undefined {
  if (!isPeriod(text)) return faults.add('bol', 'must be a month, YYYY-MM, e.g. 2026-11');
  if (frozenUntil !== undefined && text <= frozenUntil) {
    return faults.add('bol', `lies in a frozen period: ${frozenUntil} is the last`);
  }
  if (text < periodOf(bolDate)) return faults.add('bol', `is before the contract, which begins on ${bolDate}`);
  if (eolDate !== undefined && text > periodOf(eolDate)) {
    return faults.add('bol', `is after the contract, which ends on ${eolDate}`);
  }
  return text;
}
