import type { Period } from '../../lambdas/domain/calendar/period.ts';
import type { UsageSite } from '../../lambdas/domain/contract/usage-site.ts';
import {
  NO_QUANTITY,
  type Points,
  pointsOf,
  QUANTITY_SCALE,
  type Quantity,
} from '../../lambdas/domain/numbers/amounts.ts';
import { powerOfTen } from '../../lambdas/domain/numbers/decimal.ts';
import type { UsageLine } from '../../lambdas/domain/usage/usage-line.ts';
import type { SeededRandom } from '../random.ts';
import { decimalsOf, plainProducts, productOf, type SampleFamily, type SampleProduct } from './products.ts';
import type { Reported } from './situation.ts';

/** A product at a site, and how much of a contract's usage it is. */
type Place = { product: SampleProduct; site: Site; weight: bigint };
type Site = Pick<UsageSite, 'id' | 'name'>;

/**
 * Where a contract's usage arises, the same every month: the finely measured first product of its family, which every
 * order has, then all other products at all sites, shuffled.
 */
export function placesOf(family: SampleFamily, sites: readonly Site[], random: SeededRandom): Place[] {
  const [first, ...others] = sites
    .flatMap((site) => plainProducts(family).map((product) => ({ product, site })))
    .map((place) => ({ ...place, weight: BigInt(1 + random.int(40)) }));
  return first ? [first, ...shuffled(others, random)] : [];
}

function shuffled<T>(members: readonly T[], random: SeededRandom): T[] {
  const result = [...members];
  for (let i = result.length - 1; i > 0; i--) {
    const j = random.int(i + 1);
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
}

/**
 * Usage lines of a month that add up to what is reported, but for less than the finest unit of the first product.
 *
 * @param idOfLine gives the n-th line its id
 */
export function usageLines(
  period: Period,
  reported: Reported,
  places: readonly Place[],
  idOfLine: (n: number) => string,
): UsageLine[] {
  const inside = places.slice(0, reported.lines);
  const outside = reported.outside === undefined ? [] : places.slice(reported.lines, reported.lines + OUTSIDE_LINES);
  const sites = [...new Map(places.map(({ site }) => [site.name, site])).values()].sort(byName);
  const drafts = [
    ...fitted(inside, reported.inside).map((draft) => ({ ...draft, inMinCommit: true })),
    ...fitted(outside, reported.outside ?? reported.inside).map((draft) => ({ ...draft, inMinCommit: false })),
    ...(reported.extra ?? []).map(({ product, quantity }, index) => ({
      product: productOf(product),
      site: sites[index % sites.length] as Site,
      quantity,
      inMinCommit: true,
    })),
  ];
  return drafts.map(({ product, site, quantity, inMinCommit }, index) => ({
    id: idOfLine(index),
    usagePeriod: period,
    siteId: site.id,
    siteName: site.name,
    productCode: product.code,
    productName: product.name,
    customerNumber: '',
    uom: product.uom,
    quantity,
    pointsPerUnit: product.pointsPerUnit,
    ...(product.minQuantity === undefined ? {} : { minQuantity: product.minQuantity }),
    inMinCommit,
  }));
}

const byName = (a: Site, b: Site): number => (a.name < b.name ? -1 : 1);

const OUTSIDE_LINES = 3;

/** Shares points out by weight in quantities of whole units of measure; the first place takes what is left. */
function fitted(
  places: readonly Place[],
  target: Points,
): { product: SampleProduct; site: Site; quantity: Quantity }[] {
  const [first, ...others] = places;
  if (!first) return [];
  let weights = 0n;
  for (const place of places) weights += place.weight;
  let left: bigint = target;
  const rest = others.map(({ product, site, weight }) => {
    const quantity = quantityFor(product, (target * weight) / weights) || oneOf(product, left / 2n);
    left -= pointsOf(quantity, product.pointsPerUnit);
    return { product, site, quantity };
  });
  const { product, site } = first;
  return [{ product, site, quantity: quantityFor(product, left) }, ...rest].filter((line) => line.quantity > 0n);
}

/** What a light place has all the same: the least that is counted, where so many points have room for it. */
function oneOf({ uom, pointsPerUnit }: SampleProduct, room: bigint): Quantity {
  const least = powerOfTen(QUANTITY_SCALE - decimalsOf(uom)) as Quantity;
  return pointsOf(least, pointsPerUnit) <= room ? least : NO_QUANTITY;
}

const ONE_UNIT = powerOfTen(QUANTITY_SCALE) as Quantity;

/** The largest quantity, with the decimals of its unit of measure, that counts no more than so many points. */
function quantityFor({ uom, pointsPerUnit }: SampleProduct, points: bigint): Quantity {
  const step = powerOfTen(QUANTITY_SCALE - decimalsOf(uom));
  const exact = (points * ONE_UNIT) / pointsOf(ONE_UNIT, pointsPerUnit);
  return ((exact / step) * step) as Quantity;
}
