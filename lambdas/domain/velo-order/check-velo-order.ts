import { isDate, type PlainDate, periodOf } from '../calendar/period.ts';
import type { Product } from '../catalogue/product.ts';
import type { Contract } from '../contract/contract.ts';
import { dayFault } from '../contract/order-months.ts';
import {
  PERCENT_SCALE,
  type Percent,
  percent,
  readAmount,
  UNIT_PRICE_SCALE,
  type UnitPrice,
} from '../numbers/amounts.ts';
import { parseDecimal } from '../numbers/decimal.ts';
import { lastDayForArrears } from '../usage/arrears.ts';
import { startDate, type VeloOrder, type VeloTerms } from './velo-order.ts';

/** What an order is, as it was sent: numbers as decimals. */
export type AskedTerms = { quantity: string; unitPrice: string; discount?: string | undefined };
export type AskedVeloOrder = AskedTerms & {
  productCode: string;
  currency: string;
  startDate: string;
  endDate?: string | undefined;
};

export type VeloFault = { field: string; message: string };
export type Checked<Value> =
  | { ok: true; value: Value }
  | { ok: false; errors: readonly VeloFault[] }
  /** Valid, but of a month that isn't billed any more (domain.md §3 "Arrears"): the last day it was. */
  | { ok: false; tooOld: PlainDate };

type Life = Pick<Contract, 'listing' | 'currency' | 'bolDate' | 'eolDate' | 'graceTermMonths' | 'status'>;
type Refuse = (field: string, message: string) => void;

/** What of an order is said by who enters it. */
export type EnteredOrder = Pick<VeloOrder, 'productCode' | 'productName' | 'uom' | 'currency' | 'terms' | 'endDate'>;

/**
 * Checks an order that is entered: a product of the family, in the contract's currency, from a day on which the contract is
 * active.
 * @param today the day it comes in, which decides whether it is too late
 */
export function checkVeloOrder(
  asked: AskedVeloOrder,
  contract: Life,
  products: readonly Product[],
  today: PlainDate,
): Checked<EnteredOrder> {
  const errors: VeloFault[] = [];
  const refuse: Refuse = (field, message) => errors.push({ field, message });
  const product = products.find(({ code, family }) => code === asked.productCode && family === 'VELO');
  if (contract.listing.familyType !== 'VELO') refuse('productCode', 'is for contracts of the family VELO');
  else if (!product) refuse('productCode', "is no product of the contract's family");
  if (asked.currency !== contract.currency) refuse('currency', `must be ${contract.currency}, as the contract's`);
  const from = readDay(asked.startDate, 'startDate', refuse);
  const fault = from && dayFault(contract, from);
  if (fault) refuse('startDate', fault);
  const endDate = asked.endDate === undefined ? undefined : readDay(asked.endDate, 'endDate', refuse);
  if (from && endDate && endDate < from) refuse('endDate', 'is before it starts');
  const terms = readTerms(asked, refuse);
  if (errors.length > 0 || !product || !from || !terms) return { ok: false, errors };
  const { code: productCode, name: productName, uom } = product;
  const { currency } = contract;
  const value = { productCode, productName, uom, currency, terms: [{ from, ...terms }] };
  return inTime(from, today, { ...value, ...(endDate && { endDate }) });
}

/** Checks other terms of an order from a day on which it runs. */
export function checkVeloTerms(
  asked: AskedTerms & { from: string },
  order: Pick<VeloOrder, 'terms' | 'endDate'>,
  today: PlainDate,
): Checked<VeloTerms> {
  const errors: VeloFault[] = [];
  const refuse: Refuse = (field, message) => errors.push({ field, message });
  const from = readDay(asked.from, 'from', refuse);
  const start = startDate(order);
  if (from && from < start) refuse('from', `is before it starts, ${start}`);
  if (from && order.endDate && from > order.endDate) refuse('from', `is after it ends, ${order.endDate}`);
  const terms = readTerms(asked, refuse);
  return errors.length > 0 || !from || !terms ? { ok: false, errors } : inTime(from, today, { from, ...terms });
}

/** Checks the last day of an order, which may be moved. */
export function checkVeloEnd(
  asked: string,
  order: Pick<VeloOrder, 'terms' | 'endDate'>,
  today: PlainDate,
): Checked<PlainDate> {
  const errors: VeloFault[] = [];
  const endDate = readDay(asked, 'endDate', (field, message) => errors.push({ field, message }));
  const start = startDate(order);
  if (endDate && endDate < start) errors.push({ field: 'endDate', message: `is before it starts, ${start}` });
  if (errors.length > 0 || !endDate) return { ok: false, errors };
  return inTime(order.endDate && order.endDate < endDate ? order.endDate : endDate, today, endDate);
}

/** @param day the first whose usage changes */
function inTime<Value>(day: PlainDate, today: PlainDate, value: Value): Checked<Value> {
  const last = lastDayForArrears(periodOf(day));
  return today > last ? { ok: false, tooOld: last } : { ok: true, value };
}

function readDay(text: string, field: string, refuse: Refuse): PlainDate | undefined {
  if (isDate(text)) return text;
  refuse(field, 'must be a day, YYYY-MM-DD');
  return undefined;
}

const MOST_PRICE = 10n ** BigInt(12 + UNIT_PRICE_SCALE);
const FULL_DISCOUNT = percent('100');

function readTerms(asked: AskedTerms, refuse: Refuse): Omit<VeloTerms, 'from'> | undefined {
  const quantity = readAmount(asked.quantity);
  if (quantity === undefined) refuse('quantity', 'must be above 0, at most 10^12, with at most 6 decimals');
  const unitPrice = within(asked.unitPrice, UNIT_PRICE_SCALE, MOST_PRICE) as UnitPrice | undefined;
  if (unitPrice === undefined) refuse('unitPrice', 'must be from 0 to 10^12, with at most 6 decimals');
  const discount = within(asked.discount ?? '0', PERCENT_SCALE, FULL_DISCOUNT) as Percent | undefined;
  if (discount === undefined) refuse('discount', 'must be from 0 to 100, with at most 4 decimals');
  if (quantity === undefined || unitPrice === undefined || discount === undefined) return undefined;
  return { quantity, unitPrice, discount };
}

function within(text: string, scale: number, most: bigint): bigint | undefined {
  const value = parseDecimal(text, scale);
  return value !== undefined && value >= 0n && value <= most ? value : undefined;
}
