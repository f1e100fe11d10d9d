import { period } from '../../../lambdas/domain/calendar/period.ts';
import { checkTiers } from '../../../lambdas/domain/catalogue/check-tiers.ts';
import { FAMILY_TYPES, isPointsFamily } from '../../../lambdas/domain/catalogue/family.ts';
import { type PriceList, priceListFor } from '../../../lambdas/domain/catalogue/price-list.ts';
import type { Tier } from '../../../lambdas/domain/catalogue/product.ts';
import { NO_SPLIT, pointsPerUnit, quantity } from '../../../lambdas/domain/numbers/amounts.ts';

const tier = (from: string, to?: string): Tier => ({
  from: quantity(from),
  ...(to === undefined ? {} : { to: quantity(to) }),
  pointsPerUnit: pointsPerUnit('1'),
  split: NO_SPLIT,
});
const list = (version: string, validFrom: string, currency = 'USD'): PriceList => ({
  currency,
  version,
  validFrom: period(validFrom),
  prices: {},
});

test('tiers from 0 upwards without a gap, the last one open, are in order', () => {
  expect(checkTiers([tier('0')])).toEqual([]);
  expect(checkTiers([tier('0', '100'), tier('100', '250.5'), tier('250.5')])).toEqual([]);
});

test('each fault of a product’s tiers is named', () => {
  const joins = "doesn't begin where the one before it ends (the first: at 0)";
  expect(checkTiers([])).toEqual(['a tiered product has at least one tier']);
  expect(checkTiers([tier('1')])).toEqual([`tier 1 ${joins}`]);
  expect(checkTiers([tier('0', '100'), tier('101')])).toEqual([`tier 2 ${joins}`]);
  expect(checkTiers([tier('0', '100'), tier('99')])).toEqual([`tier 2 ${joins}`]);
  expect(checkTiers([tier('0', '0'), tier('0')])).toEqual(['tier 1 ends before it begins']);
  expect(checkTiers([tier('0'), tier('100')])).toEqual(['tier 2 comes after a tier without an upper end']);
  expect(checkTiers([tier('0', '100')])).toEqual(['tier 1, the last, has an upper end: usage above it would be free']);
});

test('a period is priced by the latest list of its currency that is valid by then, whatever their order', () => {
  const lists = [list('b', '2026-04'), list('a', '2026-01'), list('e', '2026-04', 'EUR'), list('c', '2026-07')];
  for (const versions of [lists, [...lists].reverse()]) {
    expect(priceListFor(versions, 'USD', period('2026-06'))?.version).toBe('b');
    expect(priceListFor(versions, 'USD', period('2026-07'))?.version).toBe('c');
    expect(priceListFor(versions, 'USD', period('2025-12'))).toBeUndefined();
  }
});

test('of two lists from one month the one that sorts last counts', () => {
  const twins = [list('2026-1', '2026-01'), list('2026-2', '2026-01')];
  expect(priceListFor(twins, 'USD', period('2026-01'))?.version).toBe('2026-2');
  expect(priceListFor([...twins].reverse(), 'USD', period('2026-01'))?.version).toBe('2026-2');
});

test('six families are charged in points, the others in money', () => {
  expect(FAMILY_TYPES.filter(isPointsFamily)).toEqual(['RENTAL', 'RENTAL_MAAS', 'ISV', 'SOV', 'GSS', 'SRV']);
});
