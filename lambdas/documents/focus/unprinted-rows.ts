import { period } from '../../domain/calendar/period.ts';
import { add, type Exact, exact, magnitude, NOTHING, negated, percentOf, times } from '../exact.ts';
import { isCorrection, type OfDocument } from './periods.ts';
import type { LinePart } from './prepaid-parts.ts';
import { POINTS, prepayment, pricedByPoints, skuOfContract } from './pricing.ts';
import type { FocusRow } from './row.ts';

/** What a month has drawn beyond its usage, as its burn-down entry was more: paid for up front, and not used. */
export function burnedRows(common: OfDocument): FocusRow[] {
  const { document } = common;
  const drawn = document.commit.prepayment?.drawn;
  if (drawn === undefined) return [];
  const covers = document.lines.filter(({ kind }) => kind === 'COVER').map(({ points }) => exact(points));
  const unused = add(exact(drawn), negated(magnitude(add(...covers))));
  if (unused <= 0n) return [];
  // A credit note prints the summary as it was, its lines negated.
  const points = document.corrects === undefined ? unused : negated(unused);
  const { basis, contract, usagePeriod } = document;
  const pricing = pricedByPoints(document, points, exact(basis.sellingPrice), exact(basis.listPrice));
  const cost = times(pricing.price, pricing.quantity);
  return [
    {
      ...common,
      ...{ category: 'Usage', frequency: 'Recurring', description: 'Prepayment used up by its schedule' },
      isCorrection: isCorrection(common, usagePeriod),
      chargePeriod: period(usagePeriod),
      sku: skuOfContract(contract.skuCode, 'PREPAYMENT', 'Prepayment'),
      pricing,
      commitment: { ...prepayment(document, points), status: 'Unused' },
      ...{ billed: NOTHING, effective: cost, contracted: cost },
      list: times(pricing.listPrice, pricing.quantity),
      pricingCurrency: pricing.currency,
      effectiveInPricingCurrency: pricing.currency === POINTS ? points : cost,
    },
  ];
}

/** What the printed cover differs by from the rows it was spread over: as a rule nothing, else a minor unit or so. */
export function roundingRows(common: OfDocument, parts: readonly LinePart[]): FocusRow[] {
  const { document } = common;
  const covers = document.lines.filter(({ kind }) => kind === 'COVER').map(({ amount }) => exact(amount));
  const prepaid = parts.filter(({ isPrepaid }) => isPrepaid).map(({ amount }) => amount);
  const difference = add(...covers, ...prepaid);
  if (difference === NOTHING) return [];
  return [unpriced(common, 'Adjustment', 'Rounding of what the prepayment covers', document.usagePeriod, difference)];
}

/** Tax: of each cost as the rate wants it. */
export function taxRows(common: OfDocument, rows: readonly FocusRow[]): FocusRow[] {
  const { document } = common;
  return document.taxes.map(({ rate, amount }) => {
    const taxed = (cost: (row: FocusRow) => Exact) => percentOf(add(...rows.map(cost)), exact(rate));
    const effective = taxed((row) => row.effective);
    return {
      ...unpriced(common, 'Tax', `Tax ${rate} %`, document.usagePeriod, exact(amount)),
      ...{ effective, effectiveInPricingCurrency: effective },
      list: taxed((row) => row.list),
      contracted: taxed((row) => row.contracted),
    };
  });
}

function unpriced(
  common: OfDocument,
  category: FocusRow['category'],
  description: string,
  usagePeriod: string,
  cost: Exact,
): FocusRow {
  return {
    ...common,
    ...{ category, frequency: 'One-Time', description, chargePeriod: period(usagePeriod) },
    isCorrection: isCorrection(common, usagePeriod),
    ...{ billed: cost, effective: cost, list: cost, contracted: cost },
    pricingCurrency: common.document.currency,
    effectiveInPricingCurrency: cost,
  };
}
