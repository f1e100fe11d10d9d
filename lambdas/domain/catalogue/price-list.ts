import type { Period } from '../calendar/period.ts';
import type { Points, UnitPrice } from '../numbers/amounts.ts';
import type { Currency } from '../numbers/currency.ts';
import { compareCodePoints } from '../usage/canonical-order.ts';
import type { ContractType, FamilyType } from './family.ts';

/** An orderable variant of a contract, e.g. VSPP3-1800-C. */
export type ContractSku = {
  code: string;
  contractType: ContractType;
  family: FamilyType;
  /** Monthly minimum of a PAY-GO SKU; zero for negotiated types. */
  minimumPoints: Points;
};

export type SkuPrice = {
  /** Price of one point. */
  listPrice: UnitPrice;
  /** Price of one point of overage, where the SKU has its own. */
  overagePrice?: UnitPrice;
};

/** A version of the prices in one currency, valid from a month on until a later version takes over. Never edited. */
export type PriceList = {
  currency: Currency;
  version: string;
  validFrom: Period;
  prices: Readonly<Record<string, SkuPrice>>;
};

/**
 * The version valid for a usage period: the one with the latest `validFrom` not after it; of two from
 * one month, the one whose version sorts last (domain.md §5 "Which price").
 */
export function priceListFor(versions: readonly PriceList[], currency: Currency, of: Period): PriceList | undefined {
  let valid: PriceList | undefined;
  for (const version of versions) {
    if (version.currency !== currency || version.validFrom > of) continue;
    if (
      !valid ||
      version.validFrom > valid.validFrom ||
      (version.validFrom === valid.validFrom && compareCodePoints(version.version, valid.version) > 0)
    ) {
      valid = version;
    }
  }
  return valid;
}
