import type { BillingTerms } from '../domain/charging/billing-terms.ts';
import { formatPercent, formatPoints, formatUnitPrice, percent, points, unitPrice } from '../domain/numbers/amounts.ts';
import { type Currency, formatMoney, parseMoney } from '../domain/numbers/currency.ts';
import type { PlannedOrder } from './run-files.ts';

type PlannedTerms = NonNullable<PlannedOrder['terms']>;

/** Terms as the plan writes them: amounts as exact decimals. */
export function toPlannedTerms(terms: BillingTerms, currency: Currency): PlannedTerms {
  const { sku, minimumCommit, basis, settlement, customers } = terms;
  return {
    sku: { code: sku.code, contractType: sku.contractType, family: sku.family },
    minimumCommit: formatPoints(minimumCommit),
    contractRevision: basis.contractRevision,
    ...(basis.priceListVersion !== undefined && { priceListVersion: basis.priceListVersion }),
    listPrice: formatUnitPrice(basis.listPrice),
    discount: formatPercent(basis.discount),
    sellingPrice: formatUnitPrice(basis.sellingPrice),
    ...(basis.overagePrice !== undefined && { overagePrice: formatUnitPrice(basis.overagePrice) }),
    ...(settlement !== undefined && { settlement: formatMoney(settlement, currency) }),
    ...(customers && {
      customers: customers.map(({ customerNumber, minimumCommit: least, outstanding }) => ({
        customerNumber,
        minimumCommit: formatPoints(least),
        ...(outstanding !== undefined && { outstanding: formatPoints(outstanding) }),
      })),
    }),
  };
}

/** The terms that a plan has written. */
export function fromPlannedTerms(terms: PlannedTerms, currency: Currency): BillingTerms {
  const { priceListVersion, overagePrice } = terms;
  const settlement = terms.settlement === undefined ? undefined : parseMoney(terms.settlement, currency);
  return {
    sku: terms.sku,
    minimumCommit: points(terms.minimumCommit),
    basis: {
      contractRevision: terms.contractRevision,
      ...(priceListVersion !== undefined && { priceListVersion }),
      listPrice: unitPrice(terms.listPrice),
      discount: percent(terms.discount),
      sellingPrice: unitPrice(terms.sellingPrice),
      ...(overagePrice !== undefined && { overagePrice: unitPrice(overagePrice) }),
    },
    ...(settlement !== undefined && { settlement }),
    ...(terms.customers && {
      customers: terms.customers.map(({ customerNumber, minimumCommit, outstanding }) => ({
        customerNumber,
        minimumCommit: points(minimumCommit),
        ...(outstanding !== undefined && { outstanding: points(outstanding) }),
      })),
    }),
  };
}
