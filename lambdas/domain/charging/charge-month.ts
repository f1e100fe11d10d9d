import type { Period } from '../calendar/period.ts';
import { NO_POINTS, type Points } from '../numbers/amounts.ts';
import type { Currency } from '../numbers/currency.ts';
import type { UsageLine } from '../usage/usage-line.ts';
import type { BillingTerms } from './billing-terms.ts';
import type { Charge } from './charge.ts';
import { chargeExternal, isBilledExternally } from './charge-external.ts';
import { chargePoints, type PointsTerms } from './charge-points.ts';
import type { Tiers } from './line-points.ts';

export type MonthUsage = {
  currency: Currency;
  terms: BillingTerms;
  lines: readonly UsageLine[];
  tiers: Tiers;
  /** Balance of the prepayment ledger before this month, absent when the ledger has no entry; read for PRE-PAY only. */
  balance?: Points;
};

/** What a contract's usage of a month costs by the terms of that month: on an invoice, or in an estimate of one. */
export function chargeMonth(of: Period, { currency, terms, lines, tiers, balance }: MonthUsage): Charge {
  if (isBilledExternally(terms.sku.family)) return chargeExternal(of, lines, currency);
  return chargePoints(of, lines, pointsTermsOf(terms, currency, tiers, balance));
}

/** What charging needs of the terms a month is billed by. */
export function pointsTermsOf(
  { minimumCommit, basis, sku, settlement }: Pick<BillingTerms, 'minimumCommit' | 'basis'> & Partial<BillingTerms>,
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
    ...(settlement === undefined ? {} : { settlement }),
    ...(sku?.contractType === 'PRE-PAY' ? { balance: balance ?? NO_POINTS } : {}),
  };
}
