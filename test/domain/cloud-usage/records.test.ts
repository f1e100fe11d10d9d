import * as fc from 'fast-check';
import { period, plainDate } from '../../../lambdas/domain/calendar/period.ts';
import { checkRecord, type RecordFacts, type SentRecord } from '../../../lambdas/domain/cloud-usage/check-record.ts';
import { mergeRecord, noRecords } from '../../../lambdas/domain/cloud-usage/merge-record.ts';
import type { PlacedRecord } from '../../../lambdas/domain/cloud-usage/usage-record.ts';
import { type Quantity, quantity, sum } from '../../../lambdas/domain/numbers/amounts.ts';
import { signed, skuOf } from '../support/contracts.ts';
import { subscriptionOf } from '../support/subscriptions.ts';

const { contract } = signed(skuOf('CUSTOM', '0', 'MSP'), '2027-01-01', 12, undefined, {
  anniversary: plainDate('2027-01-15'),
});
const subscription = subscriptionOf({ until: plainDate('2027-10-20') });

const factsOn = (today: string): RecordFacts => ({
  now: new Date(`${today}T12:00:00Z`),
  subscriptionOf: (id) => (id === subscription.id ? { subscription, contract } : undefined),
  isOffered: (code) => code !== 'NOPE',
  isPriced: (code) => code !== 'FREE',
});

const sent = (more: Partial<SentRecord> = {}): SentRecord => ({
  id: 'r-1',
  subscriptionId: subscription.id,
  productCode: 'HOST',
  quantity: quantity('5'),
  start: '2027-02-14T00:00:00.000Z',
  end: '2027-02-15T00:00:00.000Z',
  currency: 'USD',
  inMinCommit: true,
  ...more,
});

const checked = (more: Partial<SentRecord> = {}, today = '2027-03-01') => {
  const result = checkRecord(sent(more), factsOn(today));
  return result.ok ? result.placed.period : result.reason;
};

const at = (time: string) => ({ start: time, end: time });

test('a record lies in the period of its contract; a span up to midnight has no moment of the next day', () => {
  expect(checked()).toBe('2027-02');
  expect(checked(at('2027-02-15T00:00:00.000Z'))).toBe('2027-03');
  expect(checked(at('2027-01-15T00:00:00.000Z'))).toBe('2027-02');
});

test.each<[string, Partial<SentRecord>, string]>([
  ["another service provider's subscription", { prmId: 'another' }, 'UNKNOWN_SUBSCRIPTION'],
  ['a subscription that there is not', { subscriptionId: 'contract-2_S1' }, 'UNKNOWN_SUBSCRIPTION'],
  ['a span over two periods', { end: '2027-02-15T00:00:01.000Z' }, 'NOT_VALID'],
  ['an end before the start', { end: '2027-02-13T00:00:00.000Z' }, 'NOT_VALID'],
  ['a day before the subscription', at('2027-01-14T23:59:59.000Z'), 'OUTSIDE_TERM'],
  ['the future', at('2027-03-01T12:00:01.000Z'), 'FUTURE'],
  ['another currency', { currency: 'EUR' }, 'OTHER_CURRENCY'],
  ['an unknown product', { productCode: 'NOPE' }, 'UNKNOWN_PRODUCT'],
  ['a product without a price', { productCode: 'FREE' }, 'NOT_PRICED'],
  ['a negative quantity that corrects nothing', { quantity: quantity('-1') }, 'NOT_CORRECTING'],
  ['a correction that adds', { corrects: 'r-0' }, 'NOT_VALID'],
])('%s is refused', (_, more, reason) => {
  expect(checked(more)).toBe(reason);
});

test('a day after the subscription, and one after 90 days from the end of its period, are refused', () => {
  expect(checked(at('2027-10-21T00:00:00.000Z'), '2027-11-01')).toBe('OUTSIDE_TERM');
  expect(checked(at('2027-10-20T23:59:59.000Z'), '2027-11-01')).toBe('2027-11');
  // 14 February and 90 days is 15 May.
  expect([checked({}, '2027-05-15'), checked({}, '2027-05-16')]).toEqual(['2027-02', 'TOO_OLD']);
});

const FEBRUARY = period('2027-02');
const placed = (id: string, amount: string, more: Partial<SentRecord> = {}): PlacedRecord => {
  const { currency: _currency, prmId: _prmId, ...record } = sent({ id, quantity: quantity(amount), ...more });
  return { period: FEBRUARY, record };
};

test('the same record again is a duplicate; the same id with another content a conflict that changes nothing', () => {
  const known = noRecords();
  const results = [
    placed('r-1', '5'),
    placed('r-1', '5'),
    placed('r-1', '6'),
    placed('r-1', '5', { proformaNumber: 'P-1' }),
    placed('r-1', '5'),
  ].map((each) => mergeRecord(known, each).result);
  expect(results).toEqual(['ACCEPTED', 'DUPLICATE', 'CONFLICT', 'CONFLICT', 'DUPLICATE']);
  expect(known.byId.size).toBe(1);
});

test('a correction takes back of a record of its own subscription, product and period, and no more than is left', () => {
  const known = noRecords();
  mergeRecord(known, placed('r-1', '5'));
  const correct = (id: string, amount: string, more: Partial<SentRecord> = {}) =>
    mergeRecord(known, placed(id, amount, { corrects: 'r-1', ...more })).result;
  expect(correct('c-1', '-5.000001')).toBe('REFUSED');
  expect(correct('c-1', '-3')).toBe('ACCEPTED');
  expect(correct('c-1', '-3')).toBe('DUPLICATE');
  expect(correct('c-2', '-3')).toBe('REFUSED');
  expect(correct('c-2', '-2')).toBe('ACCEPTED');
  expect(correct('c-3', '-0.000001')).toBe('REFUSED');
  expect(correct('c-4', '-1', { corrects: 'c-1' })).toBe('REFUSED');
  expect(correct('c-5', '-1', { corrects: 'nobody' })).toBe('REFUSED');
  mergeRecord(known, placed('r-2', '5'));
  for (const other of [{ productCode: 'DISK' }, { subscriptionId: 'contract-1_S2' }, { inMinCommit: false }]) {
    expect(correct('c-6', '-1', { corrects: 'r-2', ...other })).toBe('REFUSED');
  }
  const early = { ...placed('c-7', '-1', { corrects: 'r-2' }), period: period('2027-03') };
  expect(mergeRecord(known, early).result).toBe('REFUSED');
});

test('however records and corrections are sent and sent again, no record comes to less than nothing', () => {
  const any = fc.record({ id: fc.nat(4), amount: fc.integer({ min: -6, max: 6 }), of: fc.nat(4) });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 30 }), (told) => {
      const known = noRecords();
      for (const { id, amount, of } of told) {
        const corrects = amount < 0 ? { corrects: `r-${of}` } : {};
        mergeRecord(known, placed(`${amount < 0 ? 'c' : 'r'}-${id}`, String(amount), corrects));
      }
      const records = [...known.byId.values()].map(({ record }) => record);
      for (const { id, quantity: amount } of records.filter(({ corrects }) => corrects === undefined)) {
        const back = records.filter(({ corrects }) => corrects === id).map((each) => each.quantity);
        expect((amount + sum(back)) as Quantity).toBeGreaterThanOrEqual(0n);
      }
    }),
  );
});
