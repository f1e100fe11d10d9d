import type { BillingTerms } from '../domain/charging/billing-terms.ts';
import { formatPercent, formatPoints, formatUnitPrice, percent, points, unitPrice } from '../domain/numbers/amounts.ts';
import type { PlannedOrder } from './run-files.ts';

type PlannedTerms = NonNullable<PlannedOrder['terms']>;

/** Terms as the plan writes them: amounts as exact decimals. */
export function toPlannedTerms({ sku, minimumCommit, basis }: BillingTerms): PlannedTerms {
  return {
    sku: { code: sku.code, contractType: sku.contractType, family: sku.family },
    minimumCommit: formatPoints(minimumCommit),
    contractRevision: basis.contractRevision,
    ...(basis.priceListVersion !== undefined && { priceListVersion: basis.priceListVersion }),
    listPrice: formatUnitPrice(basis.listPrice),
    discount: formatPercent(basis.discount),
    sellingPrice: formatUnitPrice(basis.sellingPrice),
    ...(basis.overagePrice !== undefined && { overagePrice: formatUnitPrice(basis.overagePrice) }),
  };
}

/** The terms that a plan has written. */
export function fromPlannedTerms(terms: PlannedTerms): BillingTerms {
  const { priceListVersion, overagePrice } = terms;
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
  };
}
