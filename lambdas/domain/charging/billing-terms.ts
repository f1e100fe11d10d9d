import type { Period } from '../calendar/period.ts';
import { isPointsFamily } from '../catalogue/family.ts';
import { type ContractSku, listedPrice, type PriceList, priceListFor } from '../catalogue/price-list.ts';
import type { Contract, ContractRevision } from '../contract/contract.ts';
import { minimumCommitOf } from '../contract/minimum-commit.ts';
import { revisionFor } from '../contract/terms-in-force.ts';
import type { InvoiceBasis } from '../invoice/invoice.ts';
import { discounted, type MinorUnits, type Percent, type Points, percent, type UnitPrice } from '../numbers/amounts.ts';
import { minorDigits } from '../numbers/currency.ts';

/** What a month is charged by, fixed when the period is frozen (domain.md §6.1). */
export type BillingTerms = {
  sku: Pick<ContractSku, 'code' | 'contractType' | 'family'>;
  minimumCommit: Points;
  basis: InvoiceBasis;
  /** What an early end was settled at, on the order that bills it. */
  settlement?: MinorUnits;
};

/** SKU_NOT_PRICED: the valid list has no price for the SKU of a PAY-GO contract, or another has none locked. */
export type TermsProblem = 'NO_TERMS_IN_FORCE' | 'PRICE_LIST_MISSING' | 'SKU_NOT_PRICED';
export type TermsResult = { ok: true; terms: BillingTerms } | { ok: false; reason: TermsProblem };

const NO_DISCOUNT: Percent = percent('0');

/**
 * The terms of a contract for a usage period: PAY-GO follows its SKU in the price list valid for the period; CUSTOM and
 * PRE-PAY have price and discount locked in their revision (domain.md §5 "Which price").
 */
export function billingTermsFor(
  contract: Pick<Contract, 'currency' | 'eolDate' | 'settlement' | 'anniversary'>,
  revisions: readonly ContractRevision[],
  priceLists: readonly PriceList[],
  of: Period,
): TermsResult {
  const { currency, eolDate, anniversary } = contract;
  const revision = revisionFor(revisions, of, eolDate, anniversary);
  if (!revision) return { ok: false, reason: 'NO_TERMS_IN_FORCE' };
  const inMoney = !isPointsFamily(revision.sku.family);
  const decimals = inMoney ? minorDigits(currency) : undefined;
  const minimumCommit = minimumCommitOf(revisions, of, eolDate, { decimals, anniversary });
  const price =
    revision.sku.contractType === 'PAY-GO'
      ? listPriceOf(revision, currency, priceLists, of)
      : (revision.locked ?? 'SKU_NOT_PRICED');
  if (typeof price === 'string') return { ok: false, reason: price };
  const basis: InvoiceBasis = {
    contractRevision: revision.revision,
    priceListVersion: price.priceListVersion,
    listPrice: price.listPrice,
    discount: price.discount,
    // Of a money family the discount is taken off the prices of its products.
    sellingPrice: inMoney ? price.listPrice : discounted(price.listPrice, price.discount),
    ...(price.overagePrice === undefined ? {} : { overagePrice: price.overagePrice }),
  };
  const settled = contract.settlement?.period === of && { settlement: contract.settlement.amount };
  return { ok: true, terms: { sku: revision.sku, minimumCommit, basis, ...settled } };
}

type Price = { priceListVersion: string; listPrice: UnitPrice; discount: Percent; overagePrice?: UnitPrice };

function listPriceOf(
  revision: ContractRevision,
  currency: string,
  priceLists: readonly PriceList[],
  of: Period,
): Price | TermsProblem {
  if (!priceListFor(priceLists, currency, of)) return 'PRICE_LIST_MISSING';
  const price = listedPrice(priceLists, revision.sku, currency, of);
  return price ? { discount: NO_DISCOUNT, ...price } : 'SKU_NOT_PRICED';
}
