import fc from 'fast-check';
import { heldUsage } from '../../../lambdas/domain/billing-order/held-usage.ts';
import { period } from '../../../lambdas/domain/calendar/period.ts';
import { chargePoints } from '../../../lambdas/domain/charging/charge-points.ts';
import type { Tiers } from '../../../lambdas/domain/charging/line-points.ts';
import { formatPoints, NO_SPLIT, pointsPerUnit, quantity, split } from '../../../lambdas/domain/numbers/amounts.ts';
import { OCTOBER, pointsTerms, usageLine } from '../support/builders.ts';

const TIERS: Tiers = new Map([
  [
    'TIERED',
    [
      { from: quantity('0'), to: quantity('100'), pointsPerUnit: pointsPerUnit('3'), split: split('0.5') },
      { from: quantity('100'), pointsPerUnit: pointsPerUnit('2'), split: NO_SPLIT },
    ],
  ],
]);

test('an order holds the points of its own lines, inside and outside the commit', () => {
  const held = heldUsage(
    OCTOBER,
    [usageLine('a', '10', '3'), usageLine('b', '250', '1', { inMinCommit: false }), usageLine('c', '400', '4.5')],
    new Map(),
  );
  expect(held).toMatchObject({ lines: 3, quantity: quantity('660'), arrearsPeriods: [] });
  expect([formatPoints(held.reported), formatPoints(held.outsideCommit)]).toEqual(['1830', '250']);
});

test('arrears are held, but count neither as reported nor as outside the commit', () => {
  const late = { usagePeriod: period('2026-09') };
  const later = { usagePeriod: period('2026-08'), inMinCommit: false };
  const lines = [usageLine('a', '10', '3'), usageLine('b', '5', '3', late), usageLine('c', '7', '1', later)];
  const held = heldUsage(OCTOBER, lines, new Map());
  expect(held).toMatchObject({ lines: 3, quantity: quantity('22'), arrearsPeriods: ['2026-08', '2026-09'] });
  expect([formatPoints(held.reported), formatPoints(held.outsideCommit)]).toEqual(['30', '0']);
});

test('what an order holds is what its charge reports, in whatever order its lines come', () => {
  const line = fc.record({
    amount: fc.nat({ max: 10 ** 9 }),
    site: fc.constantFrom('Å', 'B', 'C'),
    productCode: fc.constantFrom('TIERED', 'PLAIN'),
    inMinCommit: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (drawn) => {
      const lines = drawn.map(({ amount, site, productCode, inMinCommit }, n) =>
        usageLine(`line-${n}`, `${amount}.5`, '1.25', { siteName: site, productCode, inMinCommit }),
      );
      const { reported, outsideCommit } = heldUsage(OCTOBER, [...lines].reverse(), TIERS);
      const { commit } = chargePoints(OCTOBER, lines, pointsTerms('0', '1', { tiers: TIERS }));
      expect({ reported, outsideCommit }).toEqual({ reported: commit.reported, outsideCommit: commit.outsideCommit });
    }),
  );
});
