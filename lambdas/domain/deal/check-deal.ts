import type { PlainDate } from '../calendar/period.ts';
import type { Product } from '../catalogue/product.ts';
import type { Contract } from '../contract/contract.ts';
import { type Checked, Faults } from '../contract-request/checks.ts';
import { type Currency, minorDigits, parseMoney } from '../numbers/currency.ts';
import { powerOfTen } from '../numbers/decimal.ts';
import type { DealFields } from './deal.ts';

/** A deal as it was told of: the value as an exact decimal in the currency's major unit. */
export type DealAsked = Omit<DealFields, 'productCategory' | 'projectedDealValue' | 'expectedCloseDate'> & {
  projectedDealValue: string;
  expectedCloseDate: PlainDate;
};

/** What a deal is checked against. */
export type DealFacts = {
  contract: Pick<Contract, 'listing' | 'currency'>;
  products: readonly Pick<Product, 'code' | 'category' | 'family'>[];
  /** The day it was registered. */
  creationDate: PlainDate;
};

// More than any deal is worth.
const MOST_DIGITS = 12;

/**
 * Checks what is told of a deal: a product of the contract's family, a value in the contract's currency, and a day on which
 * it may be won.
 * @returns it, or an error for each field that is wrong
 */
export function checkDeal(asked: DealAsked, { contract, products, creationDate }: DealFacts): Checked<DealFields> {
  const faults = new Faults();
  const product = products.find(
    ({ code, family }) => code === asked.productSKU && family === contract.listing.familyType,
  );
  if (!product) faults.add('productSKU', "is no product of the contract's family");
  const projectedDealValue = readValue(faults, asked.projectedDealValue, contract.currency);
  if (asked.expectedCloseDate < creationDate) {
    faults.add('expectedCloseDate', `must not be before ${creationDate}, the day it was registered`);
  }
  return faults.answer(
    product && projectedDealValue !== undefined
      ? { ...asked, productCategory: product.category, projectedDealValue }
      : undefined,
  );
}

function readValue(faults: Faults, text: string, currency: Currency) {
  const digits = minorDigits(currency);
  const value = parseMoney(text, currency);
  const field = 'projectedDealValue';
  if (value === undefined) return faults.add(field, `must be a plain number of at most ${digits} decimals`);
  if (value <= 0n || value > powerOfTen(MOST_DIGITS + digits)) {
    return faults.add(field, 'must be more than 0 and at most 1000000000000');
  }
  return value;
}
