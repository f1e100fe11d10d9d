import fc from 'fast-check';
import {
  type BilledMonth,
  deviates,
  deviationOf,
  meanOf,
  varianceOf,
} from '../../../lambdas/domain/billing-order/variance.ts';
import { addMonths, period } from '../../../lambdas/domain/calendar/period.ts';
import {
  formatPercent,
  formatPoints,
  type Percent,
  type Points,
  percent,
  points,
} from '../../../lambdas/domain/numbers/amounts.ts';

const RULE = { fewestMonths: 3, percent: percent('50') };
const months = (...reported: string[]): BilledMonth[] =>
  reported.map((text, index) => ({ period: addMonths(period('2026-04'), index), reported: points(text) }));

test('an order is compared with the mean of its own last months', () => {
  const variance = varianceOf(points('2400'), months('1500', '1400', '1450', '1500', '1470', '1500'), RULE);
  expect(variance).toMatchObject({ months: 6, from: '2026-04', to: '2026-09', flagged: true, limit: percent('50') });
  expect(formatPoints(meanOf(variance as never))).toBe('1470');
  expect(formatPercent(deviationOf(variance as never) as Percent)).toBe('63.2653');
});

test.each([
  ['exactly at the limit', '150', false],
  ['a hair above it', '150.00000000000001', true],
  ['exactly at the limit below', '50', false],
  ['a hair below that', '49.99999999999999', true],
])('%s: %s points against a mean of 100 stand out: %s', (_what, reported, flagged) => {
  expect(varianceOf(points(reported), months('100', '80', '120'), RULE)?.flagged).toBe(flagged);
});

test('with fewer billed months there is nothing to say', () => {
  expect(varianceOf(points('1000'), months('1', '1'), RULE)).toBeUndefined();
  expect(varianceOf(points('1000'), [], { ...RULE, fewestMonths: 0 })).toBeUndefined();
});

test('anything stands out from months of nothing, nothing does not', () => {
  const none = months('0', '0', '0');
  expect(varianceOf(points('0.01'), none, RULE)).toMatchObject({ flagged: true });
  expect(varianceOf(points('0'), none, RULE)).toMatchObject({ flagged: false });
  expect(deviationOf(varianceOf(points('5'), none, RULE) as never)).toBeUndefined();
});

const amount = fc.bigInt({ min: 0n, max: 10n ** 24n }).map((value) => value as Points);
const limit = fc.bigInt({ min: 0n, max: 10_000_000n }).map((value) => value as Percent);
const history = fc.array(amount, { minLength: 3, maxLength: 6 });
const inOrder = (all: readonly Points[]): BilledMonth[] =>
  all.map((reported, index) => ({ period: addMonths(period('2026-04'), index), reported }));

test('the order of months never matters, and a scale in which all is counted neither', () => {
  fc.assert(
    fc.property(amount, history, limit, fc.integer({ min: 1, max: 1000 }), (reported, all, most, scale) => {
      const rule = { fewestMonths: 3, percent: most };
      const flagged = varianceOf(reported, inOrder(all), rule)?.flagged;
      expect(varianceOf(reported, inOrder(all).reverse(), rule)?.flagged).toBe(flagged);
      const times = (of: Points) => (of * BigInt(scale)) as Points;
      expect(varianceOf(times(reported), inOrder(all.map(times)), rule)?.flagged).toBe(flagged);
    }),
  );
});

test('a greater limit never flags more, and the mean itself is never flagged', () => {
  fc.assert(
    fc.property(amount, history, limit, limit, (reported, all, one, other) => {
      const variance = varianceOf(reported, inOrder(all), { fewestMonths: 3, percent: one });
      if (!variance) throw new Error('there are enough months');
      const [less, more] = one < other ? [one, other] : [other, one];
      if (deviates(variance, more)) expect(deviates(variance, less)).toBe(true);
      const mean = { ...variance, reported, months: 1, sum: reported };
      expect(deviates(mean, 0n as Percent)).toBe(false);
    }),
  );
});

test('what is shown agrees with what is decided, to the last digit shown', () => {
  fc.assert(
    fc.property(amount, history, limit, (reported, all, most) => {
      const variance = varianceOf(reported, inOrder(all), { fewestMonths: 3, percent: most });
      const shown = variance && deviationOf(variance);
      if (shown === undefined || !variance) return;
      const size = shown < 0n ? -shown : shown;
      if (size > most) expect(variance.flagged).toBe(true);
      if (size < most) expect(variance.flagged).toBe(false);
    }),
  );
});
