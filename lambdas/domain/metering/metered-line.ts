import type { Product } from '../catalogue/product.ts';
import type { Quantity } from '../numbers/amounts.ts';
import type { FedUsage } from '../usage/account-usage.ts';

/** What a product's metered quantity makes of a line: metered usage counts towards the minimum commit. */
export function meteredLine(
  { code, name, uom, pointsPerUnit, minQuantity }: Product,
  place: { siteId: string; siteName: string; customerNumber: string },
  quantity: Quantity,
): FedUsage {
  return {
    ...(place.siteId !== '' && { siteId: place.siteId }),
    siteName: place.siteName,
    productCode: code,
    productName: name,
    customerNumber: place.customerNumber,
    uom,
    quantity,
    pointsPerUnit,
    ...(minQuantity !== undefined && { minQuantity }),
    inMinCommit: true,
    origin: 'METER',
  };
}

/**
 * A difference that a person has to look at: one has written or edited what the meters say otherwise, or more than they
 * say has left the service provider's hands.
 */
export type MeteringDifference = {
  /** The order's line of it; where there is none, the id that it would have. */
  lineId: string;
  productCode: string;
  siteName: string;
  customerNumber: string;
  /** What the meters say, and what is reported: on the order and as arrears on others. */
  metered: Quantity;
  reported: Quantity;
  /** When it was found. */
  since: string;
};
