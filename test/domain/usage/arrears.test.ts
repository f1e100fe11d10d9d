import type { BillingOrderStatus } from '../../../lambdas/domain/billing-order/status.ts';
import { period, plainDate } from '../../../lambdas/domain/calendar/period.ts';
import {
  carrierAmong,
  carryingPeriods,
  lastDayForArrears,
  refuseArrears,
} from '../../../lambdas/domain/usage/arrears.ts';
import { usageKeyText } from '../../../lambdas/domain/usage/line-key.ts';
import { OCTOBER, usageLine } from '../support/builders.ts';

const order = (of: string, status: BillingOrderStatus, more: object = {}) => ({
  usagePeriod: period(of),
  status,
  ...more,
});
const SUBMITTED = order('2026-10', 'PENDING_AGGREGATOR');

test('usage of a period is taken until 90 days after its end', () => {
  expect(lastDayForArrears(OCTOBER)).toBe('2027-01-29');
  expect(refuseArrears(OCTOBER, SUBMITTED, plainDate('2027-01-29'))).toBeUndefined();
  expect(refuseArrears(OCTOBER, SUBMITTED, plainDate('2027-01-30'))).toBe('TOO_OLD');
});

test.each([
  ['ORDER_OPEN', order('2026-10', 'PENDING_SP')],
  ['ORDER_OPEN', order('2026-10', 'NOT_OPEN')],
  [undefined, order('2026-10', 'PENDING_SP', { sealedBy: 'run' })],
  [undefined, order('2026-10', 'PENDING_SP', { billed: { revision: 1 } })],
  [undefined, order('2026-10', 'CLOSED', { billed: { revision: 1 } })],
  [undefined, order('2026-10', 'PENDING_VENDOR')],
  ['ORDER_CANCELLED', order('2026-10', 'CANCELLED')],
  ['NO_ORDER', undefined],
])('usage is arrears once its order has left the service provider: %s', (expected, own) => {
  expect(refuseArrears(OCTOBER, own, plainDate('2026-11-20'))).toBe(expected);
});

test('the earliest later order that is not submitted carries it', () => {
  const orders = [
    order('2027-01', 'NOT_OPEN'),
    order('2026-12', 'PENDING_SP'),
    order('2026-11', 'PENDING_AGGREGATOR'),
    order('2026-09', 'PENDING_SP'),
  ];
  expect(carrierAmong(OCTOBER, orders)?.usagePeriod).toBe('2026-12');
  expect(carrierAmong(OCTOBER, [])).toBeUndefined();
  expect(carryingPeriods(OCTOBER, period('2027-01'))).toEqual(['2026-11', '2026-12', '2027-01']);
  expect(carryingPeriods(OCTOBER, OCTOBER)).toEqual([]);
});

test('usage is told apart by product, site and customer, the site by its id where it has one', () => {
  const line = usageLine('1', '1', '1', { siteId: 'S-1', siteName: 'Old name' });
  expect(usageKeyText({ ...line, siteName: 'New name' })).toBe(usageKeyText(line));
  for (const other of [{ siteId: 'S-2' }, { productCode: 'other' }, { customerNumber: 'C' }]) {
    expect(usageKeyText({ ...line, ...other })).not.toBe(usageKeyText(line));
  }
});
