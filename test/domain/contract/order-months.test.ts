import { period, plainDate } from '../../../lambdas/domain/calendar/period.ts';
import type { Contract } from '../../../lambdas/domain/contract/contract.ts';
import { hasBillingOrder, lastBilledDay, monthsCountedAnew } from '../../../lambdas/domain/contract/order-months.ts';
import { CONTRACT_STATUSES } from '../../../lambdas/domain/contract/status.ts';
import { revisionFor, termsInForce } from '../../../lambdas/domain/contract/terms-in-force.ts';
import { revisionOf } from '../support/builders.ts';

type Life = Pick<Contract, 'status' | 'bolDate' | 'eolDate' | 'graceTermMonths'>;
const life = (from: string, to?: string, graceTermMonths = 0, status: Contract['status'] = 'ACTIVE'): Life => ({
  status,
  bolDate: plainDate(from),
  ...(to === undefined ? {} : { eolDate: plainDate(to) }),
  graceTermMonths,
});

test('a contract has an order in every month with an active day and in no other', () => {
  const contract = life('2026-01-31', '2026-04-01');
  const months = ['2025-12', '2026-01', '2026-02', '2026-04', '2026-05'];
  expect(months.map((of) => hasBillingOrder(contract, period(of)))).toEqual([false, true, true, true, false]);
  expect(hasBillingOrder(life('2026-01-31'), period('2099-01'))).toBe(true);
});

test('grace begins on the day after the last active one and lasts whole months', () => {
  expect(lastBilledDay(life('2025-01-01', '2026-02-28', 1))).toBe('2026-03-31');
  expect(lastBilledDay(life('2025-01-01', '2026-03-20', 2))).toBe('2026-05-20');
  expect(hasBillingOrder(life('2025-01-01', '2026-02-28', 1), period('2026-03'))).toBe(true);
  expect(hasBillingOrder(life('2025-01-01', '2026-02-28', 1), period('2026-04'))).toBe(false);
});

test('an expired contract had its grace, a terminated or deactivated one has none', () => {
  const last = (status: Contract['status']) => lastBilledDay(life('2025-01-01', '2026-02-28', 1, status));
  expect(last('EXPIRED')).toBe('2026-03-31');
  expect(last('PENDING_TERMINATION')).toBe('2026-03-31');
  expect(last('TERMINATED')).toBe('2026-02-28');
  expect(last('DEACTIVATED')).toBe('2026-02-28');
});

test('months count anew whose billed days are others: an end that is cut, grace that is lost', () => {
  const anew = (before: Life, after: Life) => monthsCountedAnew(before, after, period('2026-05')).sort();
  const open = life('2025-01-01');
  expect(anew(open, life('2025-01-01', '2027-05-31'))).toEqual([]);
  expect(anew(open, life('2025-01-01', '2026-04-15'))).toEqual(['2026-04', '2026-05']);
  expect(anew(life('2025-01-01', '2026-04-30'), open)).toEqual(['2026-05']);
  const inGrace = life('2025-01-01', '2026-02-28', 6);
  expect(anew(inGrace, { ...inGrace, status: 'DEACTIVATED' })).toEqual(['2026-03', '2026-04', '2026-05']);
  expect(anew(life('2026-01-01', undefined, 0, 'CREATE_IN_PROCESS'), life('2026-01-01'))).toEqual([]);
});

test('a contract has its orders whatever its status by then, but none if it was never active', () => {
  const without = CONTRACT_STATUSES.filter(
    (status) => !hasBillingOrder(life('2026-01-01', undefined, 0, status), period('2026-02')),
  );
  expect(without).toEqual(['DRAFT', 'CREATE_IN_PROCESS', 'REJECTED']);
});

test('the price of a month is of the terms on its last active day', () => {
  const old = revisionOf('2025-03-21', '2026-03-20');
  const renewed = revisionOf('2026-03-21', undefined, { revision: 2 });
  expect(revisionFor([renewed, old], period('2026-02'))).toBe(old);
  expect(revisionFor([renewed, old], period('2026-03'))).toBe(renewed);
  expect(revisionFor([renewed, old], period('2025-02'))).toBeUndefined();
  expect(revisionFor([revisionOf('2026-03-31', undefined)], period('2026-03'))).toBeDefined();
});

test('terms that would begin after the contract’s end never come into force', () => {
  const now = revisionOf('2026-01-01', undefined);
  const later = revisionOf('2026-03-21', undefined, { revision: 2 });
  expect(revisionFor([now, later], period('2026-03'), plainDate('2026-03-10'))).toBe(now);
});

test('in grace the last terms hold', () => {
  const only = revisionOf('2025-03-21', '2026-03-20');
  expect(revisionFor([only], period('2026-05'), plainDate('2026-03-20'))).toBe(only);
});

test('of two revisions from one day the later one counts, and no day belongs to two', () => {
  const first = revisionOf('2026-01-01', undefined);
  const second = revisionOf('2026-04-01', undefined, { revision: 2 });
  const third = revisionOf('2026-04-01', '2026-12-31', { revision: 3 });
  expect(termsInForce([third, second, first])).toEqual([
    { revision: first, from: '2026-01-01', until: '2026-03-31' },
    { revision: third, from: '2026-04-01', until: '2026-12-31' },
  ]);
});
