import { period, plainDate } from '../../../lambdas/domain/calendar/period.ts';
import type { Contract } from '../../../lambdas/domain/contract/contract.ts';
import { points } from '../../../lambdas/domain/numbers/amounts.ts';
import { checkSubscription, renewedUntil } from '../../../lambdas/domain/subscription/check-order.ts';
import { lastDayOf, lastPeriodOf } from '../../../lambdas/domain/subscription/host-commitment.ts';
import {
  SUBSCRIPTION_STATUSES,
  SUBSCRIPTION_TRANSITIONS,
  subscriptionStatus,
} from '../../../lambdas/domain/subscription/status.ts';
import { placeOfSubscription, subscriptionId } from '../../../lambdas/domain/subscription/subscription.ts';
import { isBlocked, newCrossing } from '../../../lambdas/domain/subscription/threshold.ts';
import { transition } from '../../../lambdas/domain/transitions.ts';
import { signed, skuOf } from '../support/contracts.ts';
import { commitmentOf, subscriptionOf } from '../support/subscriptions.ts';

test('a subscription is in the state that its days tell', () => {
  const until = plainDate('2027-03-31');
  const on = (day: string, more = {}) => subscriptionStatus(subscriptionOf({ until, ...more }), plainDate(day));
  expect([on('2027-03-31'), on('2027-04-01')]).toEqual(['ACTIVE', 'EXPIRED']);
  expect(on('2027-03-31', { cancelled: true })).toBe('CANCELLED');
  expect(subscriptionStatus(subscriptionOf(), plainDate('2199-12-31'))).toBe('ACTIVE');
});

test('only an active subscription is changed', () => {
  const verbs = ['amend', 'renew', 'cancel'];
  const allowed = SUBSCRIPTION_STATUSES.flatMap((from) =>
    verbs.filter((verb) => transition(SUBSCRIPTION_TRANSITIONS, from, verb, 'SERVICE_PROVIDER').ok).map(() => from),
  );
  expect(allowed).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE']);
  for (const { from, to } of SUBSCRIPTION_TRANSITIONS) {
    expect(SUBSCRIPTION_STATUSES).toContain(from);
    expect(SUBSCRIPTION_STATUSES).toContain(to);
  }
});

test('an id says contract and place', () => {
  const id = subscriptionId('630c2f68-4f2d-4a60-9b1e-61f8245eaca1', 12);
  expect(placeOfSubscription(id)).toEqual({ contractId: '630c2f68-4f2d-4a60-9b1e-61f8245eaca1', place: 12 });
  expect(['', 'x', 'x_12', '_S1', 'x_S01', 'x_S1234567'].map(placeOfSubscription)).toEqual(Array(6).fill(undefined));
});

test('a commitment runs to the end of its last period, also where months lack the day', () => {
  const of = (anniversary: string, first: string, years: 1 | 3) =>
    lastDayOf(commitmentOf({ first: period(first), years }), plainDate(anniversary));
  expect(lastPeriodOf(commitmentOf())).toBe('2028-01');
  expect(of('2027-01-15', '2027-02', 1)).toBe('2028-01-14');
  expect(of('2027-01-31', '2027-02', 1)).toBe('2028-01-30');
  // 2028 is a leap year: the period 2028-02 ends on the 28th, the day before the anniversary's.
  expect(of('2027-03-31', '2027-03', 1)).toBe('2028-02-28');
  expect(of('2027-01-01', '2027-01', 3)).toBe('2029-12-31');
});

test('a renewal follows the last day there was', () => {
  expect(renewedUntil(plainDate('2027-02-28'), 1)).toBe('2027-03-31');
  expect(renewedUntil(plainDate('2027-10-20'), 12)).toBe('2028-10-20');
});

const { contract } = signed(skuOf('CUSTOM', '0', 'MSP'), '2027-01-10', 12);
const products = [{ code: 'HOST', family: 'MSP' }] as never;

test.each([
  ['an unknown offer', { productCode: 'NOPE' }, ['productCode']],
  ['nothing', { quantity: '0' }, ['quantity']],
  ['less than nothing', { quantity: '-1' }, ['quantity']],
  ['seven decimals', { quantity: '1.0000001' }, ['quantity']],
  ['too much', { quantity: '1000001' }, ['quantity']],
  ['a day to come', { startDate: plainDate('2027-02-02') }, ['startDate']],
  ['a day before the contract', { startDate: plainDate('2027-01-09') }, ['startDate']],
  ['a term that is over', { startDate: plainDate('2027-01-10'), termMonths: 0 }, ['termMonths']],
  ['all at once', { productCode: 'NOPE', quantity: 'x' }, ['productCode', 'quantity']],
])('an order of %s is refused', (_, over, fields) => {
  const asked = { productCode: 'HOST', quantity: '4', ...over };
  const checked = checkSubscription(asked, { contract, products, today: plainDate('2027-02-01') });
  expect(checked.ok ? [] : checked.errors.map(({ field }) => field)).toEqual(fields);
});

test('a threshold is crossed once for each month and threshold, and blocks until it is raised', () => {
  const limited = (threshold: string, crossed?: Contract['crossed']) => ({
    threshold: points(threshold),
    ...(crossed && { crossed }),
  });
  const [MAY, JUNE] = [period('2027-05'), period('2027-06')];
  expect(newCrossing(limited('900'), MAY, points('900'))).toBeUndefined();
  const crossed = newCrossing(limited('900'), MAY, points('900.01'));
  expect(crossed).toEqual({ period: MAY, threshold: points('900') });
  expect(newCrossing(limited('900', crossed), MAY, points('950'))).toBeUndefined();
  expect(newCrossing(limited('900', crossed), JUNE, points('950'))?.period).toBe(JUNE);
  // Late usage of a month before one that was told.
  expect(newCrossing(limited('900', { ...crossed, period: JUNE } as never), MAY, points('950'))).toBeUndefined();
  expect(newCrossing(limited('1000', crossed), MAY, points('1000.01'))?.threshold).toBe(points('1000'));
  expect(newCrossing({}, MAY, points('950'))).toBeUndefined();
  expect(isBlocked(limited('900'), points('900'))).toBe(false);
  expect(isBlocked(limited('900'), points('900.01'))).toBe(true);
  expect(isBlocked(limited('900', crossed), points('0'))).toBe(true);
  expect(isBlocked(limited('1000', crossed), points('900.01'))).toBe(false);
  expect(isBlocked({}, points('900'))).toBe(false);
});
