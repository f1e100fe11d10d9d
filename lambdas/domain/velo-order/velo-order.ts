import { addDays, daysFromTo, daysIn, firstDay, lastDay, type Period, type PlainDate } from '../calendar/period.ts';
import type { Contract } from '../contract/contract.ts';
import { lastBilledDay } from '../contract/order-months.ts';
import type { Percent, PointsPerUnit, Quantity, UnitPrice } from '../numbers/amounts.ts';
import type { Currency } from '../numbers/currency.ts';
import { divideHalfEven } from '../numbers/decimal.ts';
import type { FedUsage } from '../usage/account-usage.ts';

/** What an order is from a day on, until its next terms begin or it ends. */
export type VeloTerms = {
  from: PlainDate;
  quantity: Quantity;
  /** List price of one for a month, and what is taken off. */
  unitPrice: UnitPrice;
  discount: Percent;
};

/** A VeloCloud order: so many of a product, paid for by the month (domain.md §5, family VELO). */
export type VeloOrder = {
  /** Follows from sid and order number, of which there is one order. */
  id: string;
  sid: string;
  orderNumber: string;
  contractId: string;
  contractNumber: string;
  serviceProviderId: string;
  aggregatorId: string;
  productCode: string;
  productName: string;
  uom: string;
  currency: Currency;
  /** In the order of their days; the first are from the day it starts. */
  terms: readonly VeloTerms[];
  /** Last day that is paid for; open-ended while absent. */
  endDate?: PlainDate;
  createdTime: string;
  lastModifiedTime: string;
  version: number;
};

/** First day that is paid for. */
export const startDate = ({ terms }: Pick<VeloOrder, 'terms'>): PlainDate => (terms[0] as VeloTerms).from;

type Life = Pick<Contract, 'bolDate' | 'eolDate' | 'graceTermMonths' | 'status'>;
type Price = Pick<VeloTerms, 'unitPrice' | 'discount'>;

/**
 * What an order comes to in a month: for each price that it has in it a line, whose quantity is that of each day added up ÷
 * days of the month, rounded half-even to 6 decimals once. Days on which the contract isn't billed don't count.
 */
export function veloUsage(order: VeloOrder, contract: Life, of: Period): FedUsage[] {
  const days = new Map<string, { price: Price; unitDays: bigint }>();
  order.terms.forEach((terms, at) => {
    const active = activeDays(order, contract, of, at);
    const key = `${terms.unitPrice} ${terms.discount}`;
    const { price = terms, unitDays = 0n } = days.get(key) ?? {};
    if (active > 0) days.set(key, { price, unitDays: unitDays + terms.quantity * BigInt(active) });
  });
  return [...days.values()].map(({ price, unitDays }) =>
    lineOf(order, price, divideHalfEven(unitDays, BigInt(daysIn(of))) as Quantity),
  );
}

/** Days of a month on which terms of an order are paid for. */
function activeDays(order: VeloOrder, contract: Life, of: Period, at: number): number {
  const next = order.terms[at + 1];
  const first = latest(firstDay(of), contract.bolDate, (order.terms[at] as VeloTerms).from);
  const ends = [lastDay(of), next && addDays(next.from, -1), order.endDate, lastBilledDay(contract)];
  return daysFromTo(first, earliest(...ends));
}

const latest = (...days: PlainDate[]): PlainDate => days.reduce((a, b) => (a > b ? a : b));
const earliest = (...days: (PlainDate | undefined)[]): PlainDate =>
  days.filter((day) => day !== undefined).reduce((a, b) => (a < b ? a : b));

function lineOf(
  { productCode, productName, uom, currency, sid, orderNumber }: VeloOrder,
  { unitPrice, discount }: Price,
  quantity: Quantity,
): FedUsage {
  return {
    siteName: '',
    productCode,
    productName,
    customerNumber: '',
    uom,
    quantity,
    pointsPerUnit: 0n as PointsPerUnit,
    price: { unitPrice, discount, currency, from: 'SOURCE' },
    source: { sid, orderNumber },
    // The family has no minimum: all counts alike.
    inMinCommit: true,
    origin: 'FEED',
  };
}

/**
 * An order with other terms from a day on: what was to begin then or later falls away.
 * @param terms from a day on which the order runs
 */
export function withTerms(order: VeloOrder, terms: VeloTerms): VeloOrder {
  return { ...order, terms: [...order.terms.filter(({ from }) => from < terms.from), terms] };
}
