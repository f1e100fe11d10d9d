import {
  discounted,
  formatUnitPrice,
  type MinorUnits,
  NotADecimalError,
  percent,
  percentageOf,
  points,
  pointsOf,
  pointsPerUnit,
  quantity,
  split,
  splitPointsOf,
  unitPrice,
} from '../../../lambdas/domain/numbers/amounts.ts';
import { formatMoney, isCurrency, minorDigits, parseMoney } from '../../../lambdas/domain/numbers/currency.ts';

test('Worked example 5: a selling price is rounded to 6 decimals', () => {
  expect(formatUnitPrice(discounted(unitPrice('1.00'), percent('20')))).toBe('0.80');
  expect(formatUnitPrice(discounted(unitPrice('1.234567'), percent('12.5')))).toBe('1.080246');
});

test('a full discount costs nothing and none costs the list price', () => {
  expect(discounted(unitPrice('1.234567'), percent('100'))).toBe(0n);
  expect(discounted(unitPrice('1.234567'), percent('0'))).toBe(unitPrice('1.234567'));
});

test('points of a quantity are exact to the last of all decimals', () => {
  expect(pointsOf(quantity('0.000001'), pointsPerUnit('0.0001'))).toBe(points('0.0000000001'));
  expect(splitPointsOf(quantity('0.000001'), pointsPerUnit('0.0001'), split('0.0001'))).toBe(
    points('0.00000000000001'),
  );
});

test('a percentage of an amount is rounded half-even to the minor unit', () => {
  const of = (amount: bigint, rate: string) => percentageOf(amount as MinorUnits, percent(rate));
  expect([of(50n, '5'), of(150n, '5'), of(-50n, '5')]).toEqual([2n, 8n, -2n]);
});

test('what is no decimal is refused with the text and what was expected', () => {
  expect(() => quantity('1.0000001')).toThrow(NotADecimalError);
  expect(() => quantity('ten')).toThrow('"ten" is no quantity: a plain decimal of at most 6 decimals is');
});

test.each([
  ['JPY', 0, '1610'],
  ['USD', 2, '16.10'],
  ['BHD', 3, '1.610'],
  ['CLF', 4, '0.1610'],
])('%s has %i digits', (currency, digits, text) => {
  expect(isCurrency(currency)).toBe(true);
  expect(minorDigits(currency)).toBe(digits);
  expect(formatMoney(1610n as MinorUnits, currency)).toBe(text);
  expect(parseMoney(text, currency)).toBe(1610n);
});

test('an amount finer than the minor unit is no money, and an unknown code no currency', () => {
  expect(parseMoney('0.5', 'JPY')).toBeUndefined();
  expect(parseMoney('0.005', 'USD')).toBeUndefined();
  expect(['usd', 'XXX', '', 'constructor'].map(isCurrency)).toEqual([false, false, false, false]);
});
