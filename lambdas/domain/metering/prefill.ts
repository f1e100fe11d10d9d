import type { Period } from '../calendar/period.ts';
import type { Product } from '../catalogue/product.ts';
import { NO_QUANTITY, type Quantity } from '../numbers/amounts.ts';
import { isAsFed } from '../usage/arrears.ts';
import { canonicalOrder } from '../usage/canonical-order.ts';
import { usageKeyText } from '../usage/line-key.ts';
import type { UsageLine } from '../usage/usage-line.ts';

/** What meters say of a product, site and customer in a month, as a line would have it. */
export type MeteredLine = Omit<UsageLine, 'id' | 'usagePeriod' | 'prefilled' | 'edit' | 'comment' | 'clusterUsages'>;

/** What a product's metered quantity makes of a line: metered usage counts towards the minimum commit. */
export function meteredLine(
  { code, name, uom, pointsPerUnit, minQuantity }: Product,
  place: { siteId: string; siteName: string; customerNumber: string },
  quantity: Quantity,
): MeteredLine {
  return {
    ...(place.siteId !== '' && { siteId: place.siteId }),
    siteName: place.siteName,
    productCode: code,
    productName: name,
    customerNumber: place.customerNumber,
    uom,
    quantity,
    pointsPerUnit,
    ...(minQuantity !== undefined && { minQuantity }),
    inMinCommit: true,
    origin: 'METER',
  };
}

/** A difference that a person has to look at: one has written or edited what the meters say otherwise. */
export type MeteringDifference = {
  lineId: string;
  productCode: string;
  siteName: string;
  customerNumber: string;
  /** What the meters say, and what the order has. */
  metered: Quantity;
  reported: Quantity;
};

/**
 * An order's lines with what the meters say of its month filled in: a line that nobody has touched follows them, one that
 * a person has written or edited keeps its quantity, remembers what the meters say, and is a difference where they have
 * said something else since (domain.md §3). Doing it again changes nothing.
 *
 * @param lines all of the order, in any order
 * @param metered all that the meters say of the month, one entry a product, site and customer
 * @param idOf the id of a new line, which follows from its product, site and customer
 */
export function prefilledLines(
  own: Period,
  lines: readonly UsageLine[],
  metered: readonly MeteredLine[],
  idOf: (key: string) => string,
): { lines: UsageLine[]; differences: MeteringDifference[] } {
  const said = new Map(metered.map((line) => [usageKeyText(line), line]));
  const after: UsageLine[] = [];
  const differences: MeteringDifference[] = [];
  const seen = new Set<string>();
  for (const line of [...lines].sort(canonicalOrder(own))) {
    const key = usageKeyText(line);
    const fresh = line.usagePeriod === own && !seen.has(key) ? said.get(key) : undefined;
    if (line.usagePeriod === own) seen.add(key);
    const filled = follow(own, line, fresh);
    if (filled) after.push(filled);
    if (filled && fresh && isDifferent(filled, fresh.quantity)) differences.push(differenceOf(filled, fresh.quantity));
    else if (filled && !fresh && isMetered(own, filled) && isDifferent(filled, NO_QUANTITY)) {
      differences.push(differenceOf(filled, NO_QUANTITY));
    }
  }
  for (const [key, line] of said) {
    if (seen.has(key)) continue;
    after.push({ ...line, id: idOf(key), usagePeriod: own, prefilled: line.quantity });
  }
  return { lines: after, differences };
}

const isMetered = (own: Period, { usagePeriod, origin, prefilled }: UsageLine): boolean =>
  usagePeriod === own && origin === 'METER' && prefilled !== undefined;

/** A line beside what the meters say of it now; none when nobody has touched it and they say nothing any more. */
function follow(own: Period, line: UsageLine, fresh: MeteredLine | undefined): UsageLine | undefined {
  if (fresh && isAsFed(line)) return { ...line, ...fresh, prefilled: fresh.quantity };
  if (fresh) return { ...line, prefilled: fresh.quantity };
  if (!isMetered(own, line)) return line;
  return isAsFed(line) ? undefined : { ...line, prefilled: NO_QUANTITY };
}

/** Whether the meters have said something else than a person knew, and the line doesn't have it. */
function isDifferent(line: UsageLine, metered: Quantity): boolean {
  if (isAsFed(line)) return false;
  return metered !== line.quantity && metered !== line.edit?.original?.quantity;
}

function differenceOf(line: UsageLine, metered: Quantity): MeteringDifference {
  const { id: lineId, productCode, siteName, customerNumber, quantity: reported } = line;
  return { lineId, productCode, siteName, customerNumber, metered, reported };
}
