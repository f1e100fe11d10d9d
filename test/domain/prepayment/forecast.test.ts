import { period } from '../../../lambdas/domain/calendar/period.ts';
import { points } from '../../../lambdas/domain/numbers/amounts.ts';
import { forecastRunOut } from '../../../lambdas/domain/prepayment/forecast.ts';
import { forfeitOf } from '../../../lambdas/domain/prepayment/forfeit.ts';
import { postToLedger } from '../../../lambdas/domain/prepayment/ledger.ts';

const from = period('2026-04');
const some = (...texts: string[]) => texts.map((text) => points(text));

test('a balance runs out in the month whose draw takes the last of it', () => {
  const forecast = (balance: string, reported: string[]) =>
    forecastRunOut({
      balance: points(balance),
      from,
      schedule: some('10', '10', '10', '10'),
      reported: some(...reported),
    });
  expect(forecast('30', [])).toEqual({ bySchedule: '2026-06', byMean: '2026-06' });
  expect(forecast('30.00000000000001', [])).toEqual({ bySchedule: '2026-07', byMean: '2026-07' });
  expect(forecast('30', ['20', '10', '15'])).toEqual({ bySchedule: '2026-06', byMean: '2026-05' });
  expect(forecast('41', ['1'])).toEqual({});
  expect(forecast('41', ['11', '11'])).toEqual({ byMean: '2026-07' });
});

test('the mean is exact: three months of 10 in all last a balance of 10 three months', () => {
  const schedule = some('0', '0', '0', '0');
  expect(forecastRunOut({ balance: points('10'), from, schedule, reported: some('10', '0', '0') }).byMean).toBe(
    '2026-06',
  );
});

test('the balance of an ended contract is forfeited once its last order is billed, all of it and once', () => {
  const contract = { id: 'contract-1', status: 'EXPIRED', prepaid: points('120') } as const;
  const balance = { contractId: 'contract-1', points: points('7.5'), sequence: 13 };
  expect(forfeitOf(contract, balance, true)).toEqual({ settled: false });
  expect(forfeitOf({ ...contract, status: 'ACTIVE' }, balance, false)).toEqual({ settled: false });
  const forfeit = forfeitOf(contract, balance, false);
  if (!forfeit.settled || !forfeit.movement) throw new Error('nothing forfeited');
  expect(forfeit.movement).toEqual({
    kind: 'FORFEIT',
    source: { id: 'contract-1', revision: 13 },
    points: points('-7.5'),
  });
  const posted = postToLedger(balance, forfeit.movement);
  expect(posted.ok && forfeitOf(contract, posted.balance, false)).toEqual({ settled: true });
});
