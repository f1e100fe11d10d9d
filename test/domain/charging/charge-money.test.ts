import * as fc from 'fast-check';
import { period } from '../../../lambdas/domain/calendar/period.ts';
import type { PriceList } from '../../../lambdas/domain/catalogue/price-list.ts';
import { billingTermsFor } from '../../../lambdas/domain/charging/billing-terms.ts';
import { chargeLate } from '../../../lambdas/domain/charging/charge-late.ts';
import { pointsTermsOf } from '../../../lambdas/domain/charging/charge-month.ts';
import { chargePoints } from '../../../lambdas/domain/charging/charge-points.ts';
import { explainLine } from '../../../lambdas/domain/charging/explain-line.ts';
import { pricedLines, pricedOrder } from '../../../lambdas/domain/charging/priced-lines.ts';
import { formatPoints, percent, points, quantity, unitPrice } from '../../../lambdas/domain/numbers/amounts.ts';
import { formatMoney } from '../../../lambdas/domain/numbers/currency.ts';
import type { LinePrice, UsageLine } from '../../../lambdas/domain/usage/usage-line.ts';
import { amountsOf, OCTOBER, pointsTerms, revisionOf, usageLine } from '../support/builders.ts';

const price = (unit: string, discount = '0', more: Partial<LinePrice> = {}): LinePrice => ({
  unitPrice: unitPrice(unit),
  discount: percent(discount),
  currency: 'USD',
  from: 'LIST',
  ...more,
});

const moneyLine = (id: string, amount: string, of: LinePrice, more: Partial<UsageLine> = {}): UsageLine =>
  usageLine(id, amount, '0', { price: of, ...more });

const inMoney = (minimum: string) => pointsTerms(minimum, '1');

test('Worked example 14: a line is rounded by itself, its net price never', () => {
  const charge = chargePoints(OCTOBER, [moneyLine('1', '10000000', price('0.000123', '15'))], inMoney('0'));
  expect(amountsOf(charge)).toEqual(['1045.50']);
  expect(charge.lines).toMatchObject([{ price: { unitPrice: unitPrice('0.000123'), discount: percent('15') } }]);
  expect(charge.lines[0]).not.toHaveProperty('pointsPerUnit');
});

test('each line is rounded half-even by itself, the minimum is reached by whole minor units', () => {
  const lines = ['1', '2', '3'].map((id) => moneyLine(id, '1', price('0.125')));
  const outside = moneyLine('4', '1', price('7'), { inMinCommit: false });
  const charge = chargePoints(OCTOBER, [...lines, outside], inMoney('100'));
  expect(amountsOf(charge)).toEqual(['0.12', '0.12', '0.12', '7.00', '99.64']);
  expect(charge.commit).toMatchObject({ reported: points('0.36'), underage: points('99.64'), total: points('107') });
  expect(formatMoney(charge.net, 'USD')).toBe('107.00');
});

test('yen and dinar are rounded to their own minor units; a line that takes back is negative', () => {
  const of = (currency: string, ...amounts: string[]) => {
    const lines = amounts.map((amount) => moneyLine(amount, amount, price('1.0625', '0', { currency })));
    return amountsOf(chargePoints(OCTOBER, lines, pointsTerms('0', '1', { currency })));
  };
  expect([of('JPY', '8'), of('BHD', '1'), of('USD', '10', '-2')]).toEqual([['8'], ['1.062'], ['-2.12', '10.62']]);
});

test('a prepayment of money is drawn by what usage costs', () => {
  const terms = { ...inMoney('10'), balance: points('30') };
  const charge = chargePoints(OCTOBER, [moneyLine('1', '5', price('10', '20'))], terms);
  expect(amountsOf(charge)).toEqual(['40.00', '-30.00']);
  expect(charge.commit.prepayment).toEqual({
    balanceBefore: points('30'),
    drawn: points('30'),
    balanceAfter: points('0'),
  });
});

const cents = fc.integer({ min: 0, max: 10_000 });
const anyLine = fc.record({
  quantity: fc.integer({ min: -5_000_000, max: 50_000_000 }),
  unit: fc.integer({ min: 0, max: 3_000_000 }),
  discount: fc.integer({ min: 0, max: 1_000_000 }),
  inMinCommit: fc.boolean(),
});

const lineOf = (of: { quantity: number; unit: number; discount: number; inMinCommit: boolean }, id: number) =>
  moneyLine(
    String(id),
    '0',
    price('0', '0', { unitPrice: BigInt(of.unit) as never, discount: BigInt(of.discount) as never }),
    { quantity: BigInt(of.quantity) as never, inMinCommit: of.inMinCommit },
  );

test('the charge is the sum of its lines, at least the minimum, whatever order they came in', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 12 }), cents, (texts, minimum) => {
      const terms = inMoney(String(minimum / 100));
      const lines = texts.map(lineOf);
      const charge = chargePoints(OCTOBER, lines, terms);
      expect(charge.lines.reduce((sum, line) => sum + line.amount, 0n)).toBe(charge.net);
      for (const line of charge.lines) expect(line.points).toBe(line.amount * 10n ** 12n);
      expect(charge.commit.total).toBe(charge.net * 10n ** 12n);
      expect(charge.commit.total - charge.commit.outsideCommit).toBeGreaterThanOrEqual(terms.minimumCommit);
      expect(chargePoints(OCTOBER, lines.toReversed(), terms)).toEqual(charge);
    }),
  );
});

test('late usage costs what it would have cost on time', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { minLength: 1, maxLength: 8 }), fc.nat(7), cents, (texts, split, minimum) => {
      const terms = inMoney(String(minimum / 100));
      const lines = texts.map(lineOf);
      const [own, late] = [lines.slice(0, split), lines.slice(split)];
      const charge = chargePoints(OCTOBER, own, terms);
      const month = { period: OCTOBER, terms, own, late: [], printed: { own: charge.lines, late: [] } };
      const added = chargeLate(month, late);
      expect(charge.net + added.net).toBe(chargePoints(OCTOBER, lines, terms).net);
      expect(added.lines.reduce((sum, line) => sum + line.amount, 0n)).toBe(added.net);
    }),
  );
});

const list = (version: string, validFrom: string, prices: Record<string, string>): PriceList => ({
  currency: 'USD',
  version,
  validFrom: period(validFrom),
  prices: {},
  productPrices: Object.fromEntries(Object.entries(prices).map(([code, each]) => [code, unitPrice(each)])),
});
const LISTS = [list('v1', '2026-01', { HOST: '5', DISK: '1' }), list('v2', '2026-10', { HOST: '6', GPU: '9' })];
const MSP = { code: 'MSP-PAYGO', contractType: 'PAY-GO', family: 'MSP', minimumPoints: points('1000') } as const;
const signed = revisionOf('2026-03-21', undefined);

function termsOf(more: Partial<typeof signed> = {}) {
  const result = billingTermsFor({ currency: 'USD' }, [{ ...signed, sku: MSP, ...more }], LISTS, OCTOBER);
  if (!result.ok) throw new Error(result.reason);
  return result.terms;
}

test('a money contract has a minimum in money, pro-rated to the minor unit, and a price of 1', () => {
  expect(termsOf()).toMatchObject({
    minimumCommit: points('1000'),
    basis: { priceListVersion: 'v2', listPrice: unitPrice('1'), sellingPrice: unitPrice('1') },
  });
  const yen = billingTermsFor(
    { currency: 'JPY', eolDate: '2026-10-10' as never },
    [{ ...signed, sku: MSP }],
    [{ ...(LISTS[0] as PriceList), currency: 'JPY' }],
    OCTOBER,
  );
  // 1000 × 10 ÷ 31 = 322.58…
  expect(yen).toMatchObject({ terms: { minimumCommit: points('323') } });
});

test('PAY-GO follows the list of the month, CUSTOM the list and discount it has locked', () => {
  const lines = ['HOST', 'DISK', 'GPU'].map((code) =>
    moneyLine(code, '1', price('99'), { productCode: code, usagePeriod: OCTOBER }),
  );
  const charged = (terms: ReturnType<typeof termsOf>) => {
    const priced = pricedOrder(lines, terms, { priceLists: LISTS, currency: 'USD', usagePeriod: OCTOBER });
    return Object.fromEntries(
      chargePoints(OCTOBER, priced, pointsTermsOf(terms, 'USD', new Map())).lines.map(
        ({ productCode, points: each }) => [productCode, formatPoints(each)],
      ),
    );
  };
  // What a list doesn't name keeps the price it had; what wasn't sold when a price was locked follows the list of the month.
  expect(charged(termsOf())).toEqual({ HOST: '6', DISK: '1', GPU: '9', '': '984' });
  const locked = { listPrice: unitPrice('1'), discount: percent('10'), priceListVersion: 'v1' };
  const custom = termsOf({ sku: { ...MSP, contractType: 'CUSTOM' }, minCommits: [points('0')], locked });
  expect(custom.basis.sellingPrice).toBe(unitPrice('1'));
  expect(charged(custom)).toEqual({ HOST: '4.5', DISK: '0.9', GPU: '8.1' });
});

test('a price that came with what a line is of stays; points families have none', () => {
  const prices = { priceLists: LISTS, currency: 'USD', of: OCTOBER, basis: { discount: percent('0') } };
  const own = moneyLine('1', '1', price('7', '3', { from: 'SOURCE' }), { productCode: 'HOST' });
  expect(pricedLines('MSP', [own], prices)).toEqual([own]);
  const counted = usageLine('1', '1', '3', { productCode: 'HOST' });
  expect(pricedLines('RENTAL', [counted], prices)).toEqual([counted]);
});

test('a line of money is explained by its price', () => {
  const usage = [moneyLine('1', '3', price('0.125', '10'), { minQuantity: quantity('5') })];
  const terms = inMoney('0');
  const charge = chargePoints(OCTOBER, usage, terms);
  const contract = { ...MSP, id: '', number: '', referenceNumber: '', skuCode: MSP.code };
  const document = { usagePeriod: OCTOBER, basis: termsOf().basis, contract, ...charge };
  expect(explainLine(document, charge.lines[0] as never, usage, terms.tiers)).toMatchObject({
    points: { rule: 'PRICED', billed: quantity('5'), unitPrice: unitPrice('0.125'), discount: percent('10') },
    amount: { rule: 'WHOLE' },
  });
});
