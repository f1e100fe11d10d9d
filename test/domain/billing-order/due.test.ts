import { dueDate } from '../../../lambdas/domain/billing-order/due.ts';
import { BILLING_ORDER_STATUSES } from '../../../lambdas/domain/billing-order/status.ts';
import { period } from '../../../lambdas/domain/calendar/period.ts';
import { DEFAULT_CALENDAR } from '../../../lambdas/domain/calendar/programme-calendar.ts';

test('an order is due on the calendar’s day of the next month, with who has it in hand; an adjustment never', () => {
  const due = (revision: number) =>
    Object.fromEntries(
      BILLING_ORDER_STATUSES.flatMap((status) => {
        const date = dueDate({ status, usagePeriod: period('2026-12'), revision }, DEFAULT_CALENDAR);
        return date ? [[status, date]] : [];
      }),
    );
  expect(due(1)).toEqual({ PENDING_SP: '2027-01-05', PENDING_AGGREGATOR: '2027-01-08' });
  expect(due(2)).toEqual({});
});
