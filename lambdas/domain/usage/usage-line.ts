import type { Period } from '../calendar/period.ts';
import type { PointsPerUnit, Quantity } from '../numbers/amounts.ts';

/** One reported quantity of a product, for a usage site and, where the family has them, an end customer. */
export type UsageLine = {
  id: string;
  usagePeriod: Period;
  /** Name of the usage site; empty when the contract has none. */
  siteName: string;
  productCode: string;
  productName: string;
  /** Number of the end customer; empty when there is none. */
  customerNumber: string;
  /** Unit of measure, e.g. "GB vRAM". */
  uom: string;
  quantity: Quantity;
  pointsPerUnit: PointsPerUnit;
  /** Least quantity billed when anything is used at all. */
  minQuantity?: Quantity;
  /** Whether the line counts towards the contract's minimum commit. */
  inMinCommit: boolean;
};
