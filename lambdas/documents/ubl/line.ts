import type { PeriodWindow } from '../../domain/contract/billing-period.ts';
import type { CanonicalInvoice } from '../canonical-invoice.ts';
import {
  add,
  type Exact,
  exact,
  lessPercent,
  magnitude,
  negated,
  times,
  UNIT,
  written,
  writtenAmount,
} from '../exact.ts';
import { joined, printedNumber } from '../printed.ts';
import { type TaxCategory, ublCategory } from './tax-category.ts';

type Line = CanonicalInvoice['lines'][number];

/** So many at a price, which is never below zero: what is taken off has a quantity below zero. */
type Priced = { quantity: Exact; price: Exact; listPrice?: Exact };

// What rounding a line, or sharing out a rounded sum, may make of quantity × price: in the currency's major unit.
const TOLERANCE = exact('0.02');

/**
 * What an invoice line is priced by: units of a product, else points, else, where neither comes to its amount (an amount
 * that was agreed on, late usage that adds to another month), the amount itself.
 */
export function pricedLine({ price, quantity, points, unitPrice, amount }: Line): Priced {
  const total = exact(amount);
  const candidates: Priced[] = [{ quantity: exact(points), price: exact(unitPrice) }];
  if (price && quantity !== undefined) {
    const listPrice = exact(price.unitPrice);
    candidates.unshift({ quantity: exact(quantity), price: lessPercent(listPrice, exact(price.discount)), listPrice });
  }
  const comesTo = (priced: Priced) => magnitude(add(times(priced.quantity, priced.price), negated(total))) < TOLERANCE;
  const fitting = candidates.find(comesTo) ?? { quantity: UNIT, price: total };
  if (fitting.price >= 0n) return fitting;
  return { quantity: negated(fitting.quantity), price: negated(fitting.price) };
}

export type LineContext = {
  currency: string;
  tax: TaxCategory;
  /** −1 in a credit note, which says what it takes back as amounts above zero. */
  sign: 1n | -1n;
  quantityName: 'cbc:InvoicedQuantity' | 'cbc:CreditedQuantity';
  /** The days of a usage period. */
  windowOf: (usagePeriod: string) => PeriodWindow;
};

/** A line of an invoice or credit note (BG-25), its elements in the order of the schema. */
export function ublLine(line: Line, number: number, { currency, tax, sign, quantityName, windowOf }: LineContext) {
  const signed = (value: Exact) => (sign * value) as Exact;
  const { quantity, price, listPrice } = pricedLine(line);
  const note = noteOf(line);
  return {
    'cbc:ID': String(number),
    ...(note !== '' && { 'cbc:Note': note }),
    // UN/ECE recommendation 20: C62 is one of whatever is counted.
    [quantityName]: { '@_unitCode': 'C62', '#text': written(signed(quantity)) },
    'cbc:LineExtensionAmount': money(currency, writtenAmount(signed(exact(line.amount)))),
    'cac:InvoicePeriod': ublPeriod(windowOf(line.usagePeriod)),
    'cac:Item': {
      'cbc:Name': line.description === '' ? line.kind : line.description,
      ...(line.productCode !== '' && { 'cac:SellersItemIdentification': { 'cbc:ID': line.productCode } }),
      'cac:ClassifiedTaxCategory': ublCategory(tax),
    },
    'cac:Price': {
      'cbc:PriceAmount': money(currency, writtenAmount(price)),
      ...(listPrice !== undefined &&
        listPrice !== price && { 'cac:AllowanceCharge': discount(currency, listPrice, price) }),
    },
  };
}

const discount = (currency: string, listPrice: Exact, price: Exact) => ({
  'cbc:ChargeIndicator': 'false',
  'cbc:Amount': money(currency, writtenAmount(add(listPrice, negated(price)))),
  'cbc:BaseAmount': money(currency, writtenAmount(listPrice)),
});

function noteOf({ siteName, customerNumber, quantity, uom, pointsPerUnit }: Line): string {
  return joined(
    siteName && `Site ${siteName}`,
    customerNumber && `Customer ${customerNumber}`,
    quantity && joined(`${printedNumber(quantity)} ${uom}`),
    pointsPerUnit && `${pointsPerUnit} points per unit`,
  );
}

export const money = (currency: string, amount: string) => ({ '@_currencyID': currency, '#text': amount });

export const ublPeriod = ({ first, last }: PeriodWindow) => ({ 'cbc:StartDate': first, 'cbc:EndDate': last });
