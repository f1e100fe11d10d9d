import { type Day, daysOf, type Month, monthOf, monthsFrom } from './days.ts';
import { type Fraction, fraction, minus, partOf, rounded, times, total, ZERO } from './fractions.ts';
import type { PriceVersion, Sku } from './offer.ts';

export type PointPrice = { price: Fraction; overage?: Fraction };

/** Terms agreed from a day on, in the order in which they were agreed. CUSTOM and PRE-PAY have a schedule and a locked price. */
export type Terms = {
  from: Day;
  /** Last day they were agreed for. */
  until: Day;
  sku: Sku;
  negotiated?: { schedule: readonly string[] /** Month of the first entry. */; from: Month; locked: PointPrice };
};

const versionIn = (versions: readonly PriceVersion[], month: Month) => versions.findLast(({ from }) => from <= month);

/** The price of a SKU in a month, less a discount: rounded to 6 decimals (domain.md §5.4); that of overage has none. */
export function priceOf(versions: readonly PriceVersion[], sku: Sku, month: Month, discount: string): PointPrice {
  const listed = versionIn(versions, month)?.prices[sku.code];
  const list = fraction(listed?.list ?? '');
  const price = rounded(minus(list, partOf(times(list, fraction(discount)), 1, 100)), 6);
  return { price, ...(listed?.overage !== undefined && { overage: fraction(listed.overage) }) };
}

/** The terms agreed last for a day or before it, ended or not. */
function agreedBy(terms: readonly Terms[], day: Day): Terms | undefined {
  let found: Terms | undefined;
  for (const each of terms) if (each.from <= day && (!found || each.from >= found.from)) found = each;
  return found;
}

/** What a month is charged by: the terms of its last active day, in grace the last ones, and its minimum (domain.md §5). */
export function termsOfMonth(terms: readonly Terms[], month: Month, end: Day): { ruling: Terms; minimum: Fraction } {
  const days = daysOf(month);
  const inForce = days.map((day) => {
    const agreed = agreedBy(terms, day);
    return agreed && day <= agreed.until && day <= end ? agreed : undefined;
  });
  const ruling = inForce.findLast((each) => each !== undefined) ?? agreedBy(terms, days.at(-1) as Day);
  let isCut = false;
  const parts = terms.map((each) => {
    const held = inForce.filter((other) => other === each).length;
    if (held === 0) return ZERO;
    // An entry is agreed for the days its terms were to hold in the month, the minimum of a SKU for all of it.
    const { negotiated } = each;
    const agreed = negotiated ? days.filter((day) => day >= each.from && day <= each.until).length : days.length;
    isCut ||= held < agreed;
    const whole = negotiated ? (negotiated.schedule[monthsFrom(negotiated.from, month)] ?? '0') : each.sku.minimum;
    return partOf(fraction(whole), held, agreed);
  });
  return { ruling: ruling as Terms, minimum: isCut ? rounded(total(parts), 2) : total(parts) };
}

/** What the points of a month cost: the locked price, or that of the month. */
export const priceIn = ({ sku, negotiated }: Terms, versions: readonly PriceVersion[], month: Month): PointPrice =>
  negotiated?.locked ?? priceOf(versions, sku, month, '0');

/** Terms of a SKU from a day to the contract's end. */
export function agreed(
  sku: Sku,
  from: Day,
  until: Day,
  schedule?: readonly string[],
  termFrom?: Day,
  locked?: PointPrice,
): Terms {
  if (!schedule || !termFrom || !locked) return { from, until, sku };
  return { from, until, sku, negotiated: { schedule, from: monthOf(termFrom), locked } };
}
