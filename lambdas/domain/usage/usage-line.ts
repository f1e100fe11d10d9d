import type { Period } from '../calendar/period.ts';
import type { Percent, PointsPerUnit, Quantity, UnitPrice } from '../numbers/amounts.ts';
import type { Currency } from '../numbers/currency.ts';

/** Why a person changed what a feed had filled in (domain.md §5). */
export const EDIT_REASONS = [
  'METER_ERROR',
  'METER_NOT_REPORTING',
  'WRONG_SITE',
  'WRONG_CUSTOMER',
  'LICENCE_CATEGORY',
  'LATE_USAGE',
  'OTHER',
] as const;
export type EditReason = (typeof EDIT_REASONS)[number];

/** How a line came in. */
export const LINE_ORIGINS = ['HAND', 'API', 'FILE', 'METER', 'FEED'] as const;
export type LineOrigin = (typeof LINE_ORIGINS)[number];

/** Where the price of a line comes from: the price list of its month, or what the line is of (an order, a commitment). */
export const PRICE_SOURCES = ['LIST', 'SOURCE'] as const;

/** What a unit costs, on lines of money families (domain.md §5). */
export type LinePrice = {
  /** List price of a unit. */
  unitPrice: UnitPrice;
  discount: Percent;
  currency: Currency;
  from: (typeof PRICE_SOURCES)[number];
};

/** What a feed's line is of, where its family tells; usage of different sources is told apart. */
export type LineSource = {
  /** MSP: the subscription. */
  subscriptionId?: string;
  /** VELO: the VeloCloud order. */
  sid?: string;
  orderNumber?: string;
  /** LPCAAS and hosts of MSP: the commitment that it charges. */
  commitmentId?: string;
  /** MSP: how the cloud service's own billing calls it; not told apart. */
  proformaNumber?: string;
  invoiceNumber?: string;
};

/** One reported quantity of a product, for a usage site and, where the family has them, an end customer. */
export type UsageLine = {
  id: string;
  /** The order's own, or an earlier one: then the line is arrears (domain.md §3). */
  usagePeriod: Period;
  /** Id of the usage site; absent when the contract has none. */
  siteId?: string;
  /** Name of the usage site as it was when the line was written; empty when the contract has none. */
  siteName: string;
  productCode: string;
  productName: string;
  /** Number of the end customer; empty when there is none. */
  customerNumber: string;
  /** Unit of measure, e.g. "GB vRAM". */
  uom: string;
  quantity: Quantity;
  pointsPerUnit: PointsPerUnit;
  /** Of money families, whose points per unit are 0. */
  price?: LinePrice;
  source?: LineSource;
  /** Least quantity billed when anything is used at all. */
  minQuantity?: Quantity;
  /** Whether the line counts towards the contract's minimum commit. */
  inMinCommit: boolean;
  /** Absent on lines that were there before the portal told: as by hand. */
  origin?: LineOrigin;
  /** What a feed said last, on lines that a feed has filled in: kept beside what a person made of it. */
  prefilled?: Quantity;
  /** What a person did to a prefilled line, or on an adjustment. */
  edit?: LineEdit;
  /** What whoever wrote the line said of it. */
  comment?: string;
  /** Quantities by cluster, where a meter tells them; they add up to the line's. */
  clusterUsages?: readonly { clusterId: string; quantity: Quantity }[];
};

/** A change with its reason, and what stood there before the first one. */
export type LineEdit = {
  reason: EditReason;
  /** Who changed it last, and when. */
  userId: string;
  time: string;
  /** Absent where the line was added. */
  original?: { quantity: Quantity; siteName: string; customerNumber: string };
};

/** Whether a line of an order is usage of an earlier period. */
export function isArrears(own: Period, line: Pick<UsageLine, 'usagePeriod'>): boolean {
  return line.usagePeriod !== own;
}
