import type { MeteringRule } from '../metering/rules.ts';
import type { PointsPerUnit, Quantity, Split } from '../numbers/amounts.ts';
import type { ContractKind, FamilyType } from './family.ts';

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
  /** TERM: billed on Term contracts of the family alone. */
  kind?: ContractKind;
  uom: string;
  pointsPerUnit: PointsPerUnit;
  /** Graduated ranges from 0 upwards without a gap; absent where every unit counts the same. */
  tiers?: readonly Tier[];
  minQuantity?: Quantity;
  /** How a usage meter's readings make its quantity; absent where no meter reports it. */
  metering?: MeteringRule;
  /** Retired codes that it stands for: usage metered under one of them counts as this product's. */
  replaces?: readonly string[];
};
