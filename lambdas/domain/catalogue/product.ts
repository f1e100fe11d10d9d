import type { PointsPerUnit, Quantity, Split } from '../numbers/amounts.ts';
import type { FamilyType } from './family.ts';

/** A range [from, to) of a product's whole quantity in an order and what one unit in it counts (domain.md §5.1). */
export type Tier = {
  from: Quantity;
  /** Absent in the last, open range. */
  to?: Quantity;
  pointsPerUnit: PointsPerUnit;
  /** A catalogue factor on the range, 1 by default. */
  split: Split;
};

/** What can be reported on a contract of its family. */
export type Product = {
  /** UUID. */
  id: string;
  code: string;
  name: string;
  category: string;
  family: FamilyType;
  uom: string;
  pointsPerUnit: PointsPerUnit;
  /** Graduated ranges from 0 upwards without a gap; absent where every unit counts the same. */
  tiers?: readonly Tier[];
  minQuantity?: Quantity;
};
