import { isDate, type PlainDate, periodOf } from '../calendar/period.ts';
import type { Product } from '../catalogue/product.ts';
import type { Contract } from '../contract/contract.ts';
import { dayFault } from '../contract/order-months.ts';
import { NO_QUANTITY, type Quantity, readAmount } from '../numbers/amounts.ts';
import { lastDayForArrears } from '../usage/arrears.ts';
import {
  type DeliveredService,
  type DeliveryMeasure,
  isDelivered,
  measured,
  measureFault,
} from './service-delivery.ts';

/** A delivery as the vendor has sent it. */
export type AskedService = {
  productCode: string;
  measure: DeliveryMeasure;
  /** A decimal; absent for a fixed fee. */
  quantity?: string | undefined;
  deliveryDate: string;
  description: string;
};

export type DeliveryFault = { field: 'productCode' | 'measure' | 'quantity' | 'deliveryDate'; message: string };
export type CheckedDelivery =
  | { ok: true; value: DeliveredService }
  | { ok: false; errors: readonly DeliveryFault[] }
  /** Valid, but delivered so long ago that it isn't billed any more (domain.md §3 "Arrears"): the last day it was. */
  | { ok: false; tooOld: PlainDate };

/**
 * Checks what the vendor says of a delivery on a contract: a product of its family, a measure that goes with the product, a
 * day on which the contract was active and that is not to come.
 *
 * @param products those of the catalogue
 * @param today the day it comes in, which decides whether it is too late
 */
export function checkDelivery(
  asked: AskedService,
  contract: Pick<Contract, 'listing' | 'bolDate' | 'eolDate' | 'graceTermMonths' | 'status'>,
  products: readonly Product[],
  today: PlainDate,
): CheckedDelivery {
  const errors: DeliveryFault[] = [];
  const refuse = (field: DeliveryFault['field'], message: string) => errors.push({ field, message });
  const family = contract.listing.familyType;
  const product = products.find((each) => each.code === asked.productCode && each.family === family);
  if (!isDelivered(family)) refuse('productCode', 'is for contracts of services: families GSS and SRV');
  else if (!product) refuse('productCode', "is no product of the contract's family");
  const unfit = product && measureFault(asked.measure, product);
  if (unfit) refuse('measure', unfit);
  const amount = amountOf(asked);
  if (typeof amount === 'string') refuse('quantity', amount);
  const deliveryDate = isDate(asked.deliveryDate) ? asked.deliveryDate : undefined;
  const late = deliveryDate ? dateFault(deliveryDate, contract, today) : 'must be a day, YYYY-MM-DD';
  if (late) refuse('deliveryDate', late);
  if (errors.length > 0 || !product || !deliveryDate || typeof amount === 'string') return { ok: false, errors };
  const last = lastDayForArrears(periodOf(deliveryDate));
  if (today > last) return { ok: false, tooOld: last };
  const { measure, description } = asked;
  const service = { productCode: product.code, productName: product.name, measure, deliveryDate, description };
  return { ok: true, value: { ...service, ...measured(measure, amount, product) } };
}

/** Points or hours, nothing for a fixed fee; else what is wrong with them. */
function amountOf({ measure, quantity: text }: AskedService): Quantity | string {
  if (measure === 'FIXED_FEE') return text === undefined ? NO_QUANTITY : 'must be absent: a fixed fee is charged once';
  return readAmount(text) ?? 'must be above 0, at most 10^12, with at most 6 decimals';
}

function dateFault(day: PlainDate, contract: Parameters<typeof dayFault>[0], today: PlainDate): string | undefined {
  return day > today ? 'is still to come' : dayFault(contract, day);
}
