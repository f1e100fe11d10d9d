import * as fc from 'fast-check';
import { addDays, type PlainDate, plainDate } from '../../../lambdas/domain/calendar/period.ts';
import type { Contract } from '../../../lambdas/domain/contract/contract.ts';
import { dueLifeCycle, reviewAfter } from '../../../lambdas/domain/contract/life-cycle.ts';
import { contractNumbers } from '../../../lambdas/domain/contract/numbering.ts';
import { scheduleLength, scheduleOf } from '../../../lambdas/domain/contract/schedule.ts';
import { usageSiteFaults } from '../../../lambdas/domain/contract/usage-site.ts';
import { formatPoints, points } from '../../../lambdas/domain/numbers/amounts.ts';
import { signed, skuOf, times } from '../support/contracts.ts';

const paygo = signed(skuOf('PAY-GO', '360'), '2022-01-01', 12).contract;
const custom = signed(skuOf('CUSTOM'), '2022-01-01', 12, times(12, '10')).contract;
const day = (text: string): PlainDate => plainDate(text);
const path = (contract: Contract, on: string) => dueLifeCycle(contract, day(on)).steps.map(({ to }) => to);

test('a PAY-GO contract enters its grace on the day after its end and expires after it', () => {
  expect(path(paygo, '2022-12-31')).toEqual([]);
  expect(path(paygo, '2023-01-01')).toEqual(['PENDING_EXPIRATION']);
  const inGrace: Contract = { ...paygo, status: 'PENDING_EXPIRATION' };
  expect(path(inGrace, '2023-01-31')).toEqual([]);
  expect(path(inGrace, '2023-02-01')).toEqual(['EXPIRED']);
  expect(dueLifeCycle(inGrace, day('2023-02-01')).ended).toBe(true);
});

test('a contract without grace expires on the day after its end, one nobody looked at for long as well', () => {
  expect(path(custom, '2023-01-01')).toEqual(['EXPIRED']);
  expect(path(paygo, '2024-01-01')).toEqual(['EXPIRED']);
});

test('an end that comes before a termination takes effect overtakes it', () => {
  expect(path({ ...custom, status: 'PENDING_TERMINATION' }, '2023-01-01')).toEqual(['ACTIVE', 'EXPIRED']);
  expect(path({ ...paygo, status: 'PENDING_TERMINATION' }, '2023-01-15')).toEqual([]);
});

test('what has ended or was never active stays as it is', () => {
  for (const status of ['DRAFT', 'CREATE_IN_PROCESS', 'REJECTED', 'EXPIRED', 'TERMINATED', 'DEACTIVATED'] as const) {
    expect(path({ ...paygo, status }, '2030-01-01')).toEqual([]);
  }
});

test('the parties are alerted 60, 30 and 7 days before the end, once each', () => {
  let contract: Contract = { ...custom, reviewOn: day('2022-01-02') };
  const alerts: [PlainDate, number][] = [];
  for (let on = day('2022-10-01'); on <= '2022-12-31'; on = addDays(on, 1)) {
    const { alertDays, reviewOn } = dueLifeCycle(contract, on);
    if (alertDays !== undefined) alerts.push([on, alertDays]);
    contract = { ...contract, ...(reviewOn === undefined ? {} : { reviewOn }) };
  }
  expect(alerts).toEqual([
    ['2022-11-01', 60],
    ['2022-12-01', 30],
    ['2022-12-24', 7],
  ]);
});

test('alerts missed are caught up with by the latest', () => {
  const contract: Contract = { ...custom, reviewOn: day('2022-11-01') };
  const { alertDays, reviewOn } = dueLifeCycle(contract, day('2022-12-05'));
  expect([alertDays, reviewOn]).toEqual([30, '2022-12-24']);
});

test('whatever days the job runs on, a contract ends in the same state as if it ran on all', () => {
  const run = (days: readonly number[]) => {
    let contract: Contract = { ...paygo, reviewOn: reviewAfter(paygo, day('2022-01-01')) as PlainDate };
    for (const each of days) {
      const { status, reviewOn } = dueLifeCycle(contract, addDays(day('2022-10-01'), each));
      const { reviewOn: _before, ...rest } = contract;
      contract = { ...rest, status, ...(reviewOn === undefined ? {} : { reviewOn }) };
    }
    return [contract.status, contract.reviewOn];
  };
  const all = (last: number) => Array.from({ length: last + 1 }, (_, index) => index);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 160 }), fc.array(fc.integer({ min: 0, max: 160 })), (last, some) => {
      const days = [...some.filter((each) => each < last).sort((a, b) => a - b), last];
      expect(run(days)).toEqual(run(all(last)));
    }),
    { numRuns: 10 },
  );
});

test('a review goes from alert to end to end of grace, and a prepayment keeps it going after the end', () => {
  const next = (on: string, contract: Contract = paygo) => reviewAfter(contract, day(on));
  expect(next('2022-01-01')).toBe('2022-11-01');
  expect(next('2022-12-24')).toBe('2023-01-01');
  expect(next('2023-01-01')).toBe('2023-02-01');
  expect(next('2023-02-01')).toBe(undefined);
  expect(next('2022-01-01', { ...paygo, status: 'EXPIRED' })).toBe(undefined);
  expect(next('2023-02-01', { ...paygo, status: 'EXPIRED', prepaid: points('1') })).toBe('2023-02-02');
});

test('a schedule has an entry for each month that the term touches', () => {
  expect(scheduleLength(day('2022-03-01'), 12)).toBe(12);
  expect(scheduleLength(day('2022-03-21'), 12)).toBe(13);
  const { contract, revisions } = signed(skuOf('CUSTOM'), '2022-03-21', 12, ['3', ...times(11, '10'), '7']);
  expect(scheduleOf(contract, revisions).map(formatPoints)).toEqual(['3', ...times(11, '10'), '7']);
  const later = { ...revisions[0], revision: 2, from: day('2022-05-01'), minCommits: [points('20')] };
  expect(scheduleOf(contract, [...revisions, later as never]).map(formatPoints)).toEqual([
    '3',
    '10',
    '20',
    ...times(10, '0'),
  ]);
});

test('numbers of a contract go together', () => {
  expect(contractNumbers(7, 'AMER', 'RENTAL')).toEqual({
    contractNumber: '50000007',
    businessNumber: '500007',
    contractReferenceNumber: 'AMER500007RENTAL',
  });
});

test('a usage site has everything in bounds and a name that no other open site has', () => {
  const site = { name: 'my_site', countryRegion: 'US', address: '1 S Main St', postCode: '94105' };
  const fields = (more: object, others: { name: string; closedTime?: string }[] = []) =>
    usageSiteFaults({ ...site, ...more }, others).map(({ field }) => field);
  expect(fields({})).toEqual([]);
  expect(usageSiteFaults({}, []).map(({ field }) => field)).toEqual(['name', 'countryRegion', 'address', 'postCode']);
  expect(fields({ name: 'x'.repeat(101), countryRegion: 'us', address: ' ', postCode: 'x'.repeat(21) })).toEqual([
    'name',
    'countryRegion',
    'address',
    'postCode',
  ]);
  expect(fields({}, [{ name: 'my_site' }])).toEqual(['name']);
  expect(fields({}, [{ name: 'my_site', closedTime: '2022-01-01T00:00:00.000Z' }])).toEqual([]);
});
