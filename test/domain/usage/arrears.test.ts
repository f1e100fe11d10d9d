import type { BillingOrderStatus } from '../../../lambdas/domain/billing-order/status.ts';
import { period, plainDate } from '../../../lambdas/domain/calendar/period.ts';
import { formatQuantity, quantity } from '../../../lambdas/domain/numbers/amounts.ts';
import {
  carrierAmong,
  carryingPeriods,
  feedDifference,
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

const fed = (amount: string, more: object = {}) => usageLine('1', amount, '3', { origin: 'METER', ...more });

test.each([
  ['the same said again makes no difference', '10', [fed('7'), fed('3')], [], { kind: 'NONE' }],
  ['what is missing is arrears', '12.5', [fed('7'), fed('3')], [], { kind: 'ARREARS', difference: '2.5' }],
  ['usage nobody has reported is arrears', '4', [], [], { kind: 'ARREARS', difference: '4' }],
  ['too much that waits is taken back', '8', [fed('7'), fed('3')], [fed('3')], { kind: 'ARREARS', difference: '-2' }],
  ['less than was billed is for a person', '6', [fed('7'), fed('3')], [fed('3')], { kind: 'TASK', reason: 'LESS' }],
  ['a person has edited it', '9', [fed('7', { edit: {} })], [], { kind: 'TASK', reason: 'EDITED', difference: '2' }],
  ['a person has written it', '9', [usageLine('1', '7', '3')], [], { kind: 'TASK', reason: 'EDITED' }],
  ['a person has edited it, and was right', '7', [fed('7', { edit: {} })], [], { kind: 'NONE' }],
])('%s', (_what, said, accounted, changeable, expected) => {
  const found = feedDifference(quantity(said), accounted, changeable);
  const shown = 'difference' in found ? { ...found, difference: formatQuantity(found.difference) } : found;
  expect(shown).toMatchObject(expected);
});

test('usage is told apart by product, site and customer, the site by its id where it has one', () => {
  const line = usageLine('1', '1', '1', { siteId: 'S-1', siteName: 'Old name' });
  expect(usageKeyText({ ...line, siteName: 'New name' })).toBe(usageKeyText(line));
  for (const other of [{ siteId: 'S-2' }, { productCode: 'other' }, { customerNumber: 'C' }]) {
    expect(usageKeyText({ ...line, ...other })).not.toBe(usageKeyText(line));
  }
});
