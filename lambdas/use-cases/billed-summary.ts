import type { CanonicalDraft } from '../documents/canonical-invoice.ts';
import { costAt, type OrderSummary } from '../domain/billing-order/summary.ts';
import { isBilledExternally } from '../domain/charging/charge-external.ts';
import { type MinorUnits, percent, points, sum, unitPrice } from '../domain/numbers/amounts.ts';
import { parseMoney } from '../domain/numbers/currency.ts';

/** The totals of an order as they were billed: what the order keeps of its invoice for lists. */
export function billedSummary({ commit, basis, contract, currency, lines }: CanonicalDraft): OrderSummary {
  const minimumCommit = points(commit.minimumCommit);
  const reported = points(commit.reported);
  const prices = {
    contractRevision: Number(basis.contractRevision),
    listPrice: unitPrice(basis.listPrice),
    sellingPrice: unitPrice(basis.sellingPrice),
    discount: percent(basis.discount),
    ...(basis.overagePrice !== undefined && { overagePrice: unitPrice(basis.overagePrice) }),
  };
  const sku = { code: contract.skuCode, contractType: contract.contractType, family: contract.family };
  const usage = { reported, outsideCommit: points(commit.outsideCommit) };
  // What the usage and the minimum cost, as at the list price: neither what a prepayment covers nor a settlement.
  const amounts = lines
    .filter(({ kind }) => kind !== 'COVER' && kind !== 'SETTLEMENT')
    .map(({ amount }) => parseMoney(amount, currency));
  const net = sum(amounts as MinorUnits[]);
  return {
    minimumCommit,
    reported,
    overage: points(commit.overage),
    underage: points(commit.underage),
    total: points(commit.total),
    listPrice: isBilledExternally(sku.family)
      ? net
      : costAt(prices.listPrice, usage, { sku, minimumCommit, basis: prices, currency }),
    sellingPrice: net,
    discount: prices.discount,
  };
}
