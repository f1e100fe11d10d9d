import { type Period, period, plainDate } from '../../../lambdas/domain/calendar/period.ts';
import type { PriceList } from '../../../lambdas/domain/catalogue/price-list.ts';
import { billingTermsFor } from '../../../lambdas/domain/charging/billing-terms.ts';
import { type MinorUnits, percent, points, unitPrice } from '../../../lambdas/domain/numbers/amounts.ts';
import { OCTOBER, revisionOf } from '../support/builders.ts';

const USD = { currency: 'USD' };
const list = (version: string, validFrom: string, price: string): PriceList => ({
  currency: 'USD',
  version,
  validFrom: period(validFrom),
  prices: { 'VSPP3-1800-C': { listPrice: unitPrice(price), overagePrice: unitPrice('1.1') } },
});
const LISTS = [list('v1', '2026-01', '0.88'), list('v2', '2026-10', '0.90'), list('v3', '2026-11', '0.91')];
const LOCKED = { listPrice: unitPrice('1.234567'), discount: percent('12.5'), priceListVersion: 'v0' };

test('PAY-GO follows its SKU in the price list valid for the period, without discount', () => {
  const result = billingTermsFor(USD, [revisionOf('2026-01-01', undefined)], LISTS, OCTOBER);
  expect(result).toMatchObject({
    ok: true,
    terms: {
      minimumCommit: points('1800'),
      basis: {
        priceListVersion: 'v2',
        listPrice: unitPrice('0.90'),
        discount: 0n,
        sellingPrice: unitPrice('0.90'),
        overagePrice: unitPrice('1.1'),
      },
    },
  });
});

test('a price locked by mistake on a PAY-GO contract doesn’t count', () => {
  const result = billingTermsFor(USD, [revisionOf('2026-01-01', undefined, { locked: LOCKED })], LISTS, OCTOBER);
  expect(result).toMatchObject({ terms: { basis: { sellingPrice: unitPrice('0.90') } } });
});

test('CUSTOM has price and discount of its revision, whatever the list says', () => {
  const revision = revisionOf('2026-10-01', '2026-12-31', { minCommits: ['10', '11', '12'], locked: LOCKED });
  expect(billingTermsFor(USD, [revision], LISTS, OCTOBER)).toMatchObject({
    ok: true,
    terms: {
      sku: { contractType: 'CUSTOM' },
      minimumCommit: points('10'),
      basis: { priceListVersion: 'v0', sellingPrice: unitPrice('1.080246') },
    },
  });
});

test('what can’t be priced is refused with a reason', () => {
  const revision = revisionOf('2026-01-01', undefined);
  const unknown = { ...revision, sku: { ...revision.sku, code: 'toString' } };
  const unlocked = revisionOf('2026-01-01', '2026-12-31', { minCommits: ['10'] });
  const reason = (...[revisions, lists]: [Parameters<typeof billingTermsFor>[1], PriceList[]]) =>
    billingTermsFor(USD, revisions, lists, OCTOBER);
  expect(reason([], LISTS)).toEqual({ ok: false, reason: 'NO_TERMS_IN_FORCE' });
  expect(reason([revision], [])).toEqual({ ok: false, reason: 'PRICE_LIST_MISSING' });
  expect(reason([unknown], LISTS)).toEqual({ ok: false, reason: 'SKU_NOT_PRICED' });
  expect(reason([unlocked], LISTS)).toEqual({ ok: false, reason: 'SKU_NOT_PRICED' });
});

test('an early end is settled in the one month it is billed in', () => {
  const settlement = { amount: 5n as MinorUnits, currency: 'USD', period: OCTOBER };
  const settled = (of: Period) => {
    const result = billingTermsFor({ currency: 'USD', settlement }, [revisionOf('2026-01-01', undefined)], LISTS, of);
    return result.ok ? result.terms.settlement : result.reason;
  };
  expect([settled(period('2026-09')), settled(OCTOBER), settled(period('2026-11'))]).toEqual([
    undefined,
    5n,
    undefined,
  ]);
});

test('in grace the minimum is 0 and the last terms’ SKU sets the price', () => {
  const contract = { currency: 'USD', eolDate: plainDate('2026-09-30') };
  const revisions = [revisionOf('2025-10-01', '2026-09-30')];
  expect(billingTermsFor(contract, revisions, LISTS, OCTOBER)).toMatchObject({
    ok: true,
    terms: { minimumCommit: 0n, basis: { priceListVersion: 'v2' } },
  });
});
