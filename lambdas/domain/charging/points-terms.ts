import { NO_POINTS, type Points } from '../numbers/amounts.ts';
import type { Currency } from '../numbers/currency.ts';
import type { BillingTerms } from './billing-terms.ts';
import type { PointsTerms } from './charge-points.ts';
import type { Tiers } from './line-points.ts';

/**
 * What charging needs of the terms a month is billed by.
 * @param balance of the prepayment ledger before this month, absent when the ledger has no entry; read for PRE-PAY only
 */
export function pointsTermsOf(
  {
    minimumCommit,
    basis,
    sku,
    settlement,
    customers,
  }: Pick<BillingTerms, 'minimumCommit' | 'basis'> & Partial<BillingTerms>,
  currency: Currency,
  tiers: Tiers,
  balance?: Points,
): PointsTerms {
  return {
    currency,
    minimumCommit,
    price: basis.sellingPrice,
    ...(basis.overagePrice === undefined ? {} : { overagePrice: basis.overagePrice }),
    tiers,
    ...(customers && { customers }),
    ...(settlement === undefined ? {} : { settlement }),
    ...(sku?.contractType === 'PRE-PAY' ? { balance: balance ?? NO_POINTS } : {}),
  };
}
