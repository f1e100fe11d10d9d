import fc from 'fast-check';
import { period } from '../../../lambdas/domain/calendar/period.ts';
import { billsOf, chargeExternal } from '../../../lambdas/domain/charging/charge-external.ts';
import { costLines } from '../../../lambdas/domain/cost-report/cost-lines.ts';
import { isFinal } from '../../../lambdas/domain/cost-report/cost-report.ts';
import {
  COST_SCALE,
  type ExactCost,
  type ExactServiceCost,
  exactCost,
  MOST_SERVICES,
  roundedCosts,
} from '../../../lambdas/domain/cost-report/sum-costs.ts';
import { formatMoney, minorDigits } from '../../../lambdas/domain/numbers/currency.ts';
import { divideHalfEven, powerOfTen } from '../../../lambdas/domain/numbers/decimal.ts';
import type { UsageLine } from '../../../lambdas/domain/usage/usage-line.ts';

const costs = (entries: Record<string, string>): ExactServiceCost[] =>
  Object.entries(entries).map(([code, text]) => ({ code, name: code, cost: exactCost(text) as ExactCost, bills: [] }));

const amountsOf = (entries: Record<string, string>, currency = 'USD') => {
  const { services, total } = roundedCosts(costs(entries), currency);
  const amounts = services.map(({ code, amount }) => `${code} ${formatMoney(amount, currency)}`);
  return [...amounts, formatMoney(total, currency)];
};

test('the worked example of the README', () => {
  const exact = { AmazonEC2: '7.5039', AmazonS3: '0.0070', TAX: '1.4249' };
  expect(amountsOf(exact)).toEqual(['AmazonEC2 7.50', 'AmazonS3 0.01', 'TAX 1.43', '8.94']);
});

test.each([
  ['12.50', '12.5'],
  ['4.0E-7', '0.0000004'],
  ['1.25e2', '125'],
  ['-0.10', '-0.1'],
  ['0E-40', '0'],
  ['1.2345678901234567E-10', '0.00000000012345678901234567'],
])('%s is read exactly', (text, plain) => {
  const [whole = '', fraction = ''] = plain.replace('-', '').split('.');
  const magnitude = BigInt(whole + fraction.padEnd(COST_SCALE, '0'));
  expect(exactCost(text)).toBe(plain.startsWith('-') ? -magnitude : magnitude);
});

test.each(['', 'NaN', '1,5', '1.2.3', '0x10', '1E-40', '12345678901234567', ' 1'])('%j is no cost', (text) => {
  expect(exactCost(text)).toBeUndefined();
});

test('ties are rounded half-even, yen to whole ones', () => {
  expect(amountsOf({ A: '0.005' })).toEqual(['A 0.00', '0.00']);
  expect(amountsOf({ A: '0.015' })).toEqual(['A 0.02', '0.02']);
  expect(amountsOf({ A: '1.4', B: '1.4' }, 'JPY')).toEqual(['A 2', 'B 1', '3']);
});

test('what is beyond the most services is one line', () => {
  const many = Object.fromEntries(Array.from({ length: MOST_SERVICES + 5 }, (_, at) => [`S${at}`, `${at + 1}`]));
  const { services, total } = roundedCosts(costs({ ...many, CREDIT: '-9999' }), 'USD');
  expect(new Set(services.map(({ code }) => code)).size).toBe(MOST_SERVICES);
  const called = roundedCosts(costs({ ...many, OTHER: '5000' }), 'USD').services.filter(({ code }) => code === 'OTHER');
  expect(called.map(({ amount }) => amount)).toEqual([502_100n]);
  expect(services.find(({ code }) => code === 'CREDIT')?.amount).toBe(-999_900n);
  // The 7 that cost least: 1 + 2 + … + 7.
  expect(services.find(({ code }) => code === 'OTHER')?.amount).toBe(2_800n);
  const all = Object.values(many).reduce((sum, each) => sum + Number(each), -9999);
  expect(total).toBe(BigInt(all) * 100n);
});

const cost = fc.bigInt({ min: -(10n ** 42n), max: 10n ** 42n }).map((value) => value as ExactCost);
const report = fc.uniqueArray(fc.record({ code: fc.string({ minLength: 1, maxLength: 8 }), cost }), {
  selector: ({ code }) => code,
  minLength: 1,
  maxLength: 230,
});

test('lines are exactly the report, to the minor unit, in whatever order its rows came', () => {
  fc.assert(
    fc.property(report, fc.constantFrom('USD', 'JPY', 'BHD'), (rows, currency) => {
      const exact = rows.map((row) => ({ ...row, name: row.code, bills: [] }));
      const { services, total } = roundedCosts(exact, currency);
      const one = powerOfTen(COST_SCALE - minorDigits(currency));
      expect(total).toBe(
        divideHalfEven(
          rows.reduce((sum, row) => sum + row.cost, 0n),
          one,
        ),
      );
      expect(services.reduce((sum, { amount }) => sum + amount, 0n)).toBe(total);
      expect(roundedCosts(exact.toReversed(), currency)).toEqual({ services, total });
      const october = period('2026-10');
      const lines = costLines({ services, currency }).map(
        (line, at): UsageLine => ({
          ...line,
          usagePeriod: october,
          id: String(at),
        }),
      );
      expect(chargeExternal(october, lines, currency).net).toBe(total);
    }),
    { numRuns: 60 },
  );
});

test('a month counts below zero where credits outweigh costs, and late lines count beside it', () => {
  const october = period('2026-10');
  const { services } = roundedCosts(costs({ A: '-12.5', B: '2' }), 'USD');
  const own = costLines({ services, currency: 'USD' });
  const late = costLines({
    services: [{ code: 'A', name: 'A', amount: 100n as never, bills: ['X'] }],
    currency: 'USD',
  });
  const lines = [...own, ...late].map(
    (line, at): UsageLine => ({
      ...line,
      id: String(at),
      usagePeriod: at < own.length ? october : period('2026-09'),
    }),
  );
  const { commit, net, lines: printed } = chargeExternal(october, lines, 'USD');
  expect(net).toBe(-950n);
  expect(commit).toMatchObject({ reported: -10_50n * 10n ** 12n, arrears: 10n ** 14n, total: -950n * 10n ** 12n });
  expect(printed.map(({ productCode, amount }) => `${productCode} ${amount}`)).toEqual(['A -1250', 'B 200', 'A 100']);
  expect(billsOf(lines)).toEqual(['X']);
});

test('a report is final once all of it is billed and its month over', () => {
  const of = { isBilled: true, usagePeriod: period('2026-10') };
  expect(isFinal({ ...of, time: '2026-10-31T23:59:59.999Z' })).toBe(false);
  expect(isFinal({ ...of, time: '2026-11-01T00:00:00.000Z' })).toBe(true);
  expect(isFinal({ ...of, isBilled: false, time: '2026-11-01T00:00:00.000Z' })).toBe(false);
});
