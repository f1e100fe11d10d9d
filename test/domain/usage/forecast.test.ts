import fc from 'fast-check';
import { plainDate } from '../../../lambdas/domain/calendar/period.ts';
import { formatQuantity, quantity } from '../../../lambdas/domain/numbers/amounts.ts';
import { forecastLines, monthSoFar } from '../../../lambdas/domain/usage/forecast.ts';
import { usageLine } from '../support/builders.ts';
import { signed, skuOf } from '../support/contracts.ts';

const monthOf = (from: string, more: object, today: string) => {
  const { contract } = signed(skuOf('PAY-GO'), from, undefined, undefined, more);
  return monthSoFar(contract, plainDate(today));
};

test.each([
  ['2026-01-01', {}, '2026-11-01', 0, 30],
  ['2026-01-01', {}, '2026-11-11', 10, 30],
  ['2026-11-05', {}, '2026-11-11', 6, 26],
  ['2026-11-20', {}, '2026-11-11', 0, 11],
  ['2026-01-01', { eolDate: '2026-11-20', graceTermMonths: 0 }, '2026-11-11', 10, 20],
  ['2026-01-01', { eolDate: '2026-11-05', graceTermMonths: 0 }, '2026-11-11', 5, 5],
  ['2026-01-01', { eolDate: '2026-11-20', graceTermMonths: 1 }, '2026-11-11', 10, 30],
])('of a contract from %s %j, on %s %i days are over of %i', (from, more, today, elapsedDays, days) => {
  expect(monthOf(from, more, today)).toEqual({ elapsedDays, days });
});

test('metered lines go on by days, rounded half-even to 6 decimals; others stay', () => {
  const lines = [
    usageLine('metered', '0.000001', '1', { origin: 'METER' }),
    usageLine('fed', '1', '1', { origin: 'FEED' }),
    usageLine('by hand', '7', '1', { origin: 'HAND' }),
    usageLine('untold', '7', '1'),
  ];
  const at = (elapsedDays: number, days: number) =>
    forecastLines(lines, { elapsedDays, days }).map((line) => formatQuantity(line.quantity));
  expect(at(10, 30)).toEqual(['0.000003', '3', '7', '7']);
  expect(at(7, 31)).toEqual(['0.000004', '4.428571', '7', '7']);
  expect(at(2, 5)).toEqual(['0.000002', '2.5', '7', '7']);
  expect(at(0, 30)).toEqual(['0.000001', '1', '7', '7']);
});

test('a month that is over is forecast as it is, and more days left never make it less', () => {
  const amount = fc.integer({ min: 0, max: 10 ** 9 }).map((n) => usageLine('m', `${n}.5`, '1', { origin: 'METER' }));
  fc.assert(
    fc.property(amount, fc.integer({ min: 1, max: 31 }), fc.integer({ min: 0, max: 30 }), (line, elapsedDays, left) => {
      const [same] = forecastLines([line], { elapsedDays, days: elapsedDays });
      const [more] = forecastLines([line], { elapsedDays, days: elapsedDays + left });
      expect(same?.quantity).toBe(line.quantity);
      expect((more?.quantity ?? quantity('0')) >= line.quantity).toBe(true);
    }),
  );
});
