import { type Period, type PlainDate, periodOf } from '../calendar/period.ts';
import type { FamilyType } from '../catalogue/family.ts';
import type { Product } from '../catalogue/product.ts';
import { type PointsPerUnit, pointsPerUnit, type Quantity, quantity } from '../numbers/amounts.ts';
import type { FedUsage } from '../usage/account-usage.ts';
import type { UsageLine } from '../usage/usage-line.ts';
import type { ServiceDeliveryStatus } from './status.ts';

/** What a delivery is measured in: a number of points, hours of work, or the product once at its price. */
export const DELIVERY_MEASURES = ['POINTS', 'HOURS', 'FIXED_FEE'] as const;
export type DeliveryMeasure = (typeof DELIVERY_MEASURES)[number];

/** What the vendor says of a delivery, as far as it may be corrected. */
export type DeliveredService = {
  productCode: string;
  productName: string;
  measure: DeliveryMeasure;
  /** Points or hours; 1 of a fixed fee. */
  quantity: Quantity;
  /** Unit of measure of the quantity, and how many points one counts. */
  uom: string;
  pointsPerUnit: PointsPerUnit;
  deliveryDate: PlainDate;
  description: string;
};

/** A record of professional services that the vendor has delivered (domain.md §5, families GSS and SRV). */
export type ServiceDelivery = DeliveredService & {
  /** The vendor's own number: there is one record of each in the programme. */
  number: string;
  contractId: string;
  contractNumber: string;
  serviceProviderId: string;
  aggregatorId: string;
  status: ServiceDeliveryStatus;
  /** What was said last by whoever disputed, corrected, confirmed or withdrew it. */
  comment?: string;
  createdTime: string;
  lastModifiedTime: string;
  version: number;
};

const SERVICE_FAMILIES: ReadonlySet<FamilyType> = new Set(['GSS', 'SRV']);

/** Whether a family's usage comes from records of services delivered (table of domain.md §5). */
export function isDelivered(family: FamilyType): boolean {
  return SERVICE_FAMILIES.has(family);
}

const ONE = quantity('1');
const ONE_POINT = pointsPerUnit('1');

/** Whether a product is counted by the hour; any other is counted once, for a fixed fee. */
export function isHourly({ uom }: Pick<Product, 'uom'>): boolean {
  return uom.toLowerCase() === 'hour';
}

/**
 * Why a product can't be delivered by a measure: hours are of products counted by the hour, a fixed fee of all others, so that
 * nobody charges six hours at the price of six days; points can't fill the ranges of a tiered product.
 */
export function measureFault(measure: DeliveryMeasure, product: Pick<Product, 'uom' | 'tiers'>): string | undefined {
  if (measure === 'HOURS' && !isHourly(product)) return `must not be HOURS: the product is counted by ${product.uom}`;
  if (measure === 'FIXED_FEE' && isHourly(product)) return 'must not be FIXED_FEE: the product is counted by the hour';
  if (measure === 'POINTS' && product.tiers) return 'must not be POINTS: the product has tiers';
  return undefined;
}

/**
 * What a delivery counts: points × 1, hours × the product's points per unit, a fixed fee once the product's points per unit.
 * @param amount points or hours; ignored for a fixed fee
 */
export function measured(
  measure: DeliveryMeasure,
  amount: Quantity,
  { uom, pointsPerUnit: perUnit }: Pick<Product, 'uom' | 'pointsPerUnit'>,
): Pick<DeliveredService, 'quantity' | 'uom' | 'pointsPerUnit'> {
  if (measure === 'POINTS') return { quantity: amount, uom: 'Point', pointsPerUnit: ONE_POINT };
  return { quantity: measure === 'HOURS' ? amount : ONE, uom, pointsPerUnit: perUnit };
}

/** The month a delivery is usage of. */
export const deliveryMonth = ({ deliveryDate }: Pick<DeliveredService, 'deliveryDate'>): Period =>
  periodOf(deliveryDate);

/**
 * Whether a delivery is usage: while nobody disputes it, accepted or not, so that it is on the order that the service provider
 * reviews; what is disputed waits.
 */
export function isCharged({ status }: Pick<ServiceDelivery, 'status'>): boolean {
  return status === 'PENDING_ACCEPTANCE' || status === 'ACCEPTED';
}

/** What the deliveries of a month say of its usage: a line for each that is charged. */
export function deliveredUsage(deliveries: readonly ServiceDelivery[]): FedUsage[] {
  return deliveries.filter(isCharged).map((delivery) => ({
    siteName: '',
    productCode: delivery.productCode,
    productName: delivery.productName,
    customerNumber: '',
    uom: delivery.uom,
    quantity: delivery.quantity,
    pointsPerUnit: delivery.pointsPerUnit,
    inMinCommit: true,
    origin: 'FEED',
    source: { deliveryNumber: delivery.number },
  }));
}

/** Whether a line of an order is that of a delivery. */
export function isOfDelivery(
  { source }: Pick<UsageLine, 'source'>,
  { number }: Pick<ServiceDelivery, 'number'>,
): boolean {
  return source?.deliveryNumber === number;
}
