import { period } from '../../domain/calendar/period.ts';
import { isPointsFamily } from '../../domain/catalogue/family.ts';
import { type ChargeLineKind, COUNTED_KINDS } from '../../domain/charging/charge.ts';
import type { CanonicalInvoice } from '../canonical-invoice.ts';
import { exact, NOTHING, times } from '../exact.ts';
import { billingPeriodOf, daysOfPeriods, isCorrection, type OfDocument } from './periods.ts';
import { type LinePart, prepaidParts, wholeLines } from './prepaid-parts.ts';
import { POINTS, prepayment, pricingOf, skuOfContract, unitOf } from './pricing.ts';
import type { Commitment, FocusRow, FocusView, Sku } from './row.ts';
import { burnedRows, roundingRows, taxRows } from './unprinted-rows.ts';

/** What each kind of line is in FOCUS. */
const KINDS: Readonly<
  Record<Exclude<ChargeLineKind, 'COVER'>, Pick<FocusRow, 'category' | 'frequency'> & { meter: string }>
> = {
  USAGE: { category: 'Usage', frequency: 'Usage-Based', meter: 'Usage' },
  UNDERAGE: { category: 'Usage', frequency: 'Recurring', meter: 'Minimum commit' },
  CUSTOMER_UNDERAGE: { category: 'Usage', frequency: 'Recurring', meter: 'Minimum of an end customer' },
  CUSTOMER_OUTSTANDING: { category: 'Usage', frequency: 'One-Time', meter: 'Outstanding minimums of an end customer' },
  SURCHARGE: { category: 'Usage', frequency: 'Usage-Based', meter: 'Overage' },
  PREPAYMENT: { category: 'Purchase', frequency: 'One-Time', meter: 'Prepayment' },
  SETTLEMENT: { category: 'Adjustment', frequency: 'One-Time', meter: 'Settlement' },
  CORRECTION: { category: 'Adjustment', frequency: 'One-Time', meter: 'Correction' },
};

/**
 * A document as rows of a FOCUS file. For the buyer: what a prepayment covers stands on the rows it pays for, a row more says
 * what of it a month has used up without usage, and tax has rows of its own; the billed costs of all come to what is
 * payable. For the service provider: the lines of its bill, nothing of which it pays to the vendor.
 */
export function focusRows(document: CanonicalInvoice, view: FocusView): FocusRow[] {
  const common = { document, view, billingPeriod: billingPeriodOf(document), daysOf: daysOfPeriods(document) };
  if (view === 'PROVIDER') {
    const lines = wholeLines(document).filter(({ line }) => COUNTED_KINDS.has(line.kind));
    return lines.map((part) => hidden(rowOfLine(common, part)));
  }
  const parts = prepaidParts(document);
  const rows = [...parts.map((part) => rowOfLine(common, part)), ...burnedRows(common), ...roundingRows(common, parts)];
  return [...rows, ...taxRows(common, rows)];
}

function rowOfLine(common: OfDocument, part: LinePart): FocusRow {
  const { document } = common;
  const { line, number, amount, points } = part;
  const kind = line.kind as Exclude<ChargeLineKind, 'COVER'>;
  const { meter, category, frequency } = KINDS[kind];
  const pricing = pricingOf(document, part);
  const commitment = commitmentOf(document, part);
  const effective = kind === 'PREPAYMENT' ? NOTHING : amount;
  const inPoints = pricing?.currency === POINTS;
  return {
    ...common,
    ...{ line: { line, number }, category, frequency, description: line.description },
    isCorrection: isCorrection(common, line.usagePeriod),
    chargePeriod: period(line.usagePeriod),
    ...(pricing && { sku: skuOf(document, part, meter), pricing }),
    ...consumptionOf(document, part),
    ...(commitment && { commitment }),
    billed: part.isPrepaid ? NOTHING : amount,
    effective,
    list: pricing ? times(pricing.listPrice, pricing.quantity) : amount,
    contracted: pricing ? times(pricing.price, pricing.quantity) : amount,
    pricingCurrency: pricing?.currency ?? document.currency,
    effectiveInPricingCurrency: inPoints && kind !== 'PREPAYMENT' ? points : effective,
  };
}

function skuOf({ contract }: CanonicalInvoice, { line }: LinePart, meter: string): Sku {
  if (line.productCode === '') return skuOfContract(contract.skuCode, line.kind, meter);
  return { id: line.productCode, priceId: `${contract.skuCode}/${line.productCode}`, meter: line.uom || meter };
}

function consumptionOf(document: CanonicalInvoice, { line, quantity, points }: LinePart): Pick<FocusRow, 'consumed'> {
  if (line.kind === 'SURCHARGE') return { consumed: { quantity: points, unit: unitOf(document) } };
  if (line.kind !== 'USAGE' || quantity === undefined) return {};
  return { consumed: { quantity, unit: line.uom || 'Units' } };
}

/** Minimums that were not reached, or fall due without ever being. */
const UNUSED: ReadonlySet<ChargeLineKind> = new Set(['UNDERAGE', 'CUSTOMER_UNDERAGE', 'CUSTOMER_OUTSTANDING']);

function commitmentOf(document: CanonicalInvoice, { line, points, isPrepaid }: LinePart): Commitment | undefined {
  if (line.kind === 'PREPAYMENT') return prepayment(document, points);
  if (isPrepaid) return { ...prepayment(document, points), status: 'Used' };
  if (!UNUSED.has(line.kind)) return undefined;
  const { number } = document.contract;
  const id = [number, line.customerNumber, 'minimum-commit'].filter(Boolean).join('/');
  const of = { id, type: 'Minimum commit', status: 'Unused' } as const;
  return { ...of, quantity: points, unit: unitOf(document) };
}

/** A row as the service provider sees it: it pays the aggregator, nothing to the vendor; of points families no money at all. */
function hidden(row: FocusRow): FocusRow {
  const unbilled = { ...row, billed: NOTHING };
  if (!isPointsFamily(row.document.contract.family)) return unbilled;
  return {
    ...unbilled,
    ...{ effective: NOTHING, list: NOTHING, contracted: NOTHING, pricingCurrency: POINTS },
    effectiveInPricingCurrency: exact(row.line?.line.points ?? '0'),
  };
}
