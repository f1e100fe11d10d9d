import { hasFailedForLong, isSubscribed, nextAttempt } from '../../../lambdas/domain/webhook/webhook.ts';

const NOW = new Date('2026-11-10T00:00:00.000Z');
const after = (attempts: number) => nextAttempt(attempts, NOW)?.toISOString().slice(8, 19);

test('a delivery is tried ten times in about three days, ever more rarely', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(after)).toEqual([
    '10T00:00:05',
    '10T00:05:00',
    '10T00:30:00',
    '10T02:00:00',
    '10T05:00:00',
    '10T10:00:00',
    '10T14:00:00',
    '10T20:00:00',
    '11T00:00:00',
    undefined,
  ]);
});

test('an endpoint is given up after five days without a success', () => {
  expect(hasFailedForLong('2026-11-05T00:00:00.001Z', NOW)).toBe(false);
  expect(hasFailedForLong('2026-11-05T00:00:00.000Z', NOW)).toBe(true);
});

test.each([
  [{ status: 'ACTIVE', eventTypes: [] }, true],
  [{ status: 'ACTIVE', eventTypes: ['InvoiceIssued'] }, true],
  [{ status: 'ACTIVE', eventTypes: ['PeriodClosed'] }, false],
  [{ status: 'DISABLED', eventTypes: [] }, false],
] as const)('an endpoint that is %j is told of invoices: %s', (webhook, isTold) => {
  expect(isSubscribed(webhook, 'InvoiceIssued')).toBe(isTold);
});
