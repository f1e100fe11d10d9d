import type { Period } from '../calendar/period.ts';
import type { Product } from '../catalogue/product.ts';
import type { Quantity } from '../numbers/amounts.ts';
import type { MeteredSums, NotBillableReason } from './metered-use.ts';
import { meteredQuantity } from './rules.ts';

/**
 * What one meter has reported of a product, site and customer in a month, in plain terms. Each number is rounded for
 * itself, so that those of several meters may differ from their line by some millionths.
 */
export type MeterUnits = {
  meterId: string;
  meterName: string;
  productCode: string;
  productName: string;
  uom: string;
  siteName: string;
  customerNumber: string;
  units: Quantity;
  /** Units that are never billed, by reason. */
  notBilled: readonly { reason: NotBillableReason; units: Quantity }[];
};

/** A meter's sums of a month, as they are told. */
export function meterUnits(
  meter: { id: string; name: string },
  sums: MeteredSums,
  of: Period,
  names: { productOf: (code: string) => Product | undefined; siteNameOf: (siteId: string) => string },
): MeterUnits[] {
  return [...sums.values()].map(({ productCode, siteId, customerNumber, billable, notBillable }) => {
    const { name: productName = '', uom = '' } = names.productOf(productCode) ?? {};
    return {
      meterId: meter.id,
      meterName: meter.name,
      productCode,
      productName,
      uom,
      siteName: names.siteNameOf(siteId),
      customerNumber,
      units: meteredQuantity(billable, of),
      notBilled: (Object.entries(notBillable) as [NotBillableReason, bigint][]).map(([reason, twice]) => ({
        reason,
        units: meteredQuantity(twice, of),
      })),
    };
  });
}
