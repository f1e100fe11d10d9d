import * as fc from 'fast-check';
import { addMonths, type Period, period, plainDate } from '../../../lambdas/domain/calendar/period.ts';
import type { Contract, ContractRevision } from '../../../lambdas/domain/contract/contract.ts';
import { hasGoneOver } from '../../../lambdas/domain/contract/gone-over.ts';
import { minimumCommitOf } from '../../../lambdas/domain/contract/minimum-commit.ts';
import { scheduleOf } from '../../../lambdas/domain/contract/schedule.ts';
import { applyRequest, type Effect } from '../../../lambdas/domain/contract-request/apply.ts';
import { checkTopUp } from '../../../lambdas/domain/contract-request/check-term.ts';
import type { ContractRequest } from '../../../lambdas/domain/contract-request/request.ts';
import {
  formatPoints,
  type MinorUnits,
  NO_POINTS,
  type Points,
  points,
  sum,
} from '../../../lambdas/domain/numbers/amounts.ts';
import { approved, CONTACT, LOCKED, periodsFrom, signed, skuOf, times } from '../support/contracts.ts';

type State = { contract: Contract; revisions: readonly ContractRevision[] };

/** A day, and the months that are frozen by then. */
const at = (today: string, ...frozen: string[]) => ({ today: plainDate(today), frozen: periodsFrom(...frozen) });
function effectOf(
  { contract, revisions }: State,
  request: ContractRequest,
  today: string,
  ...frozen: string[]
): Effect {
  const result = applyRequest(contract, revisions, request, at(today, ...frozen));
  if (!result.ok) throw new Error(result.reason);
  return result.effect;
}
function stateAfter(state: State, request: ContractRequest, today: string, ...frozen: string[]): State {
  const { contract, revision } = effectOf(state, request, today, ...frozen);
  return { contract, revisions: revision ? [...state.revisions, revision] : state.revisions };
}
const minimums = ({ contract, revisions }: State, first: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => addMonths(period(first), index)).map((of: Period) =>
    formatPoints(minimumCommitOf(revisions, of, contract.eolDate)),
  );

const medium = skuOf('PAY-GO', '1800');
const inProcess = (sku: typeof medium, from: string): State => ({
  contract: { ...signed(sku, from).contract, status: 'CREATE_IN_PROCESS', revision: 0 },
  revisions: [],
});

test('Worked example 4: a contract created on 21 March has 638.71 points in March, and opens the months begun', () => {
  const request = approved({ type: 'CREATE', sku: medium, termMonths: 12 }, '2022-03-21');
  const before = inProcess(medium, '2022-03-21');
  const effect = effectOf(before, request, '2022-04-02');
  expect(effect.contract).toMatchObject({
    status: 'ACTIVE',
    eolDate: '2023-03-20',
    termMonths: 12,
    revision: 1,
    version: 7,
  });
  expect(effect.revision).toMatchObject({ revision: 1, from: '2022-03-21', until: '2023-03-20' });
  expect(effect.months).toEqual(periodsFrom('2022-03', '2022-04'));
  expect(effect.contract.reviewOn).toBe('2023-01-19');
  expect(minimums(stateAfter(before, request, '2022-04-02'), '2022-03', 2)).toEqual(['638.71', '1800']);
});

test('a prepaid contract is credited once on its day, with the terms it was agreed for', () => {
  const sku = skuOf('PRE-PAY');
  const minCommits = times(12, '10').map((entry) => points(entry));
  const prepayment = points('120');
  const request = approved(
    { type: 'CREATE', sku, termMonths: 12, minCommits, locked: LOCKED, prepayment },
    '2022-04-01',
  );
  const before = inProcess(sku, '2022-04-01');
  expect(applyRequest(before.contract, [], request, at('2022-03-31'))).toEqual({ ok: false, reason: 'NOT_DUE' });
  const effect = effectOf(before, request, '2022-04-01');
  expect(effect.credit).toEqual({ kind: 'CREDIT', source: { id: 'request-1', revision: 1 }, points: prepayment });
  expect(effect.contract.prepaid).toBe(prepayment);
  expect(effect.revision).toMatchObject({ minCommits, locked: LOCKED });
});

test('a request takes effect once: done, early or after the contract’s end it is refused', () => {
  const state = signed(medium, '2022-01-01', 12);
  const request = approved({ type: 'UPGRADE', sku: skuOf('PAY-GO', '3600') }, '2022-04-01');
  const effect = effectOf(state, request, '2022-04-03');
  expect(effect.request.status).toBe('COMPLETED');
  const again = applyRequest(effect.contract, state.revisions, effect.request, at('2022-04-03'));
  expect(again).toEqual({ ok: false, reason: 'NOT_DUE' });
  const ended = applyRequest({ ...state.contract, status: 'EXPIRED' }, state.revisions, request, at('2022-04-03'));
  expect(ended).toEqual({ ok: false, reason: 'CONTRACT_STATUS' });
});

test('an upgrade is a revision from its day on, however late it is done, and edits none before it', () => {
  const state = signed(medium, '2022-01-01', 12);
  const request = approved({ type: 'UPGRADE', sku: skuOf('PAY-GO', '3600') }, '2022-04-01');
  const next = stateAfter(state, request, '2022-06-15');
  expect(next.revisions[0]).toEqual(state.revisions[0]);
  expect(next.contract.listing).toMatchObject({ skuCode: 'RENTAL-PAY-GO-3600', contractType: 'PAY-GO' });
  expect(minimums(next, '2022-03', 2)).toEqual(['1800', '3600']);
});

test('from prepaid to PAY-GO nothing of the prepayment stays on the contract', () => {
  const state = signed(skuOf('PRE-PAY'), '2022-01-01', 12, times(12, '10'), {
    prepaid: points('120'),
    triggerPoint: points('9'),
  });
  const { contract } = stateAfter(
    state,
    approved({ type: 'DOWNGRADE', sku: skuOf('PAY-GO', '5') }, '2022-04-01'),
    '2022-04-01',
  );
  expect([contract.prepaid, contract.triggerPoint, contract.listing.contractType]).toEqual([
    undefined,
    undefined,
    'PAY-GO',
  ]);
});

test('a termination ends a contract on the day before, for good', () => {
  const state = signed(medium, '2022-01-01', 12, undefined, { status: 'PENDING_TERMINATION' });
  const effect = effectOf(state, approved({ type: 'TERMINATE', reason: 'COVID Impact' }, '2022-10-21'), '2022-10-21');
  expect(effect.contract).toMatchObject({ status: 'TERMINATED', eolDate: '2022-10-20' });
  expect([effect.ended, effect.revision, effect.contract.reviewOn]).toEqual([true, undefined, undefined]);
  expect(minimums({ ...state, contract: effect.contract }, '2022-10', 2)).toEqual(['1161.29', '0']);
});

test('one that ends for itself goes to no other aggregator, whoever was asked', () => {
  const state = signed(medium, '2022-01-01', 12, undefined, { status: 'PENDING_TERMINATION', swappedTo: 'other' });
  const ending = (over: Partial<ContractRequest> = {}) =>
    approved({ type: 'TERMINATE', reason: 'COVID Impact' }, '2022-10-01', over);
  expect(hasGoneOver(effectOf(state, ending(), '2022-10-01').contract)).toBe(false);
  const swap = ending({ swapsWith: { contractId: 'other' } });
  expect(hasGoneOver(effectOf(state, swap, '2022-10-01').contract)).toBe(true);
});

test('a prepaid contract that was terminated is looked at until its balance is settled', () => {
  const state = signed(skuOf('PRE-PAY'), '2022-01-01', 12, times(12, '10'), {
    status: 'PENDING_TERMINATION',
    prepaid: points('120'),
  });
  const { contract } = effectOf(
    state,
    approved({ type: 'TERMINATE', reason: 'COVID Impact' }, '2022-10-21'),
    '2022-10-21',
  );
  expect(contract.reviewOn).toBe('2022-10-21');
});

test('a renewal in grace begins on its day: the gap has no minimum, the new term has its own', () => {
  const state = signed(medium, '2021-04-11', 12, undefined, { status: 'PENDING_EXPIRATION' });
  const next = stateAfter(state, approved({ type: 'RENEW', termMonths: 6 }, '2022-04-16'), '2022-04-16');
  expect(next.contract).toMatchObject({
    status: 'ACTIVE',
    eolDate: '2022-10-15',
    termFrom: '2022-04-16',
    termMonths: 6,
    bolDate: '2021-04-11',
  });
  expect(minimums(next, '2022-04', 2)).toEqual([formatPoints(points('1500')), '1800']);
});

test('a renewal carries a balance over and counts what was prepaid anew', () => {
  const state = signed(skuOf('PRE-PAY'), '2022-01-01', 12, times(12, '10'), { prepaid: points('120') });
  const minCommits = times(12, '20').map((entry) => points(entry));
  const payload = {
    type: 'RENEW',
    termMonths: 12,
    minCommits,
    locked: LOCKED,
    prepayment: points('240'),
    spf: 'SPF9',
  } as const;
  const effect = effectOf(state, approved(payload, '2023-01-01'), '2023-01-01');
  expect(effect.contract).toMatchObject({
    prepaid: points('240'),
    spf: 'SPF9',
    eolDate: '2023-12-31',
    status: 'ACTIVE',
  });
  expect(effect.credit?.points).toBe(points('240'));
});

test('a longer top-up moves the end, adds to what is prepaid and takes its purchase order', () => {
  const state = signed(skuOf('PRE-PAY'), '2022-01-01', 12, times(12, '10'), { prepaid: points('120') });
  const burnDownSchedule = [...times(2, '10'), ...times(12, '20')].map((entry) => points(entry));
  const payload = {
    type: 'TOPUP',
    termMonths: 14,
    burnDownSchedule,
    prepayment: points('240'),
    vendorPurchaseOrder: 'PO-9',
  } as const;
  const next = stateAfter(state, approved(payload, '2022-03-01'), '2022-03-15');
  expect(next.contract).toMatchObject({
    eolDate: '2023-02-28',
    termMonths: 14,
    prepaid: points('360'),
    vendorPurchaseOrder: 'PO-9',
  });
  expect(minimums(next, '2022-01', 15)).toEqual([...times(2, '10'), ...times(12, '20'), '0']);
  expect(next.revisions[1]?.locked).toEqual(LOCKED);
});

test('basic information and thresholds change the contract alone', () => {
  const state = signed(medium, '2022-01-01', 12);
  const changes = {
    aggregatorContact: { ...CONTACT, firstName: 'Bob' },
    billToAccount: { id: 'account-2', accountNumber: '10002' },
    fillPurchaseOrderInMbo: true,
  };
  const info = effectOf(state, approved({ type: 'BASIC_INFO_UPDATE', changes }, '2022-02-01'), '2022-02-01');
  expect(info.contract).toEqual({
    ...state.contract,
    contacts: { ...state.contract.contacts, aggregator: { ...CONTACT, firstName: 'Bob' } },
    billToAccountId: 'account-2',
    fillPurchaseOrderInMbo: true,
    listing: { ...state.contract.listing, billToAccountNumber: '10002' },
  });
  const threshold = effectOf(
    state,
    approved({ type: 'THRESHOLD_UPDATE', threshold: points('9') }, '2022-02-01'),
    '2022-02-01',
  );
  expect([threshold.contract.threshold, threshold.revision, threshold.months]).toEqual([points('9'), undefined, []]);
});

test('an early end that the vendor has settled is billed with its last month, or the first that is not frozen', () => {
  const state = signed(skuOf('CUSTOM'), '2022-01-01', 12, times(12, '10'), { status: 'PENDING_TERMINATION' });
  const settlement = { amount: 500_00n as MinorUnits, currency: 'USD' };
  const end = (effectiveDate: string) =>
    approved({ type: 'TERMINATE', reason: 'COVID Impact' }, effectiveDate, { settlement });
  const settledIn = (effectiveDate: string, ...frozen: string[]) => {
    const effect = effectOf(state, end(effectiveDate), '2022-06-12', ...frozen);
    expect(effect.contract.settlement).toEqual({ ...settlement, period: effect.settledIn });
    return [effect.settledIn, effect.contract.eolDate, effect.touched[0]];
  };
  expect(settledIn('2022-05-11')).toEqual(['2022-05', '2022-05-10', '2022-05']);
  expect(settledIn('2022-06-01')).toEqual(['2022-05', '2022-05-31', '2022-05']);
  expect(settledIn('2022-06-01', '2022-05')).toEqual(['2022-06', '2022-05-31', '2022-06']);
  expect(settledIn('2022-05-11', '2022-04', '2022-05')).toEqual(['2022-06', '2022-05-31', '2022-06']);
  expect(effectOf(state, { ...end('2022-05-11'), settlement: undefined } as never, '2022-06-12').settledIn).toBe(
    undefined,
  );
});

describe('what is done so late that its month is frozen', () => {
  const FROZEN = ['2022-04', '2022-05'];
  const schedule = (first: string) => [first, ...times(12, '20')].map((entry) => points(entry));

  test('changes terms from the first month that is not, and says since when it was due', () => {
    const state = signed(medium, '2022-01-01', 12);
    const request = approved({ type: 'UPGRADE', sku: skuOf('PAY-GO', '3600') }, '2022-04-01');
    const effect = effectOf(state, request, '2022-06-15', ...FROZEN);
    expect(effect.request).toMatchObject({ status: 'COMPLETED', effectiveDate: '2022-06-01' });
    expect([effect.dueOn, effect.touched]).toEqual(['2022-04-01', periodsFrom('2022-06')]);
    expect(minimums(stateAfter(state, request, '2022-06-15', ...FROZEN), '2022-04', 3)).toEqual([
      '1800',
      '1800',
      '3600',
    ]);
    const inTime = effectOf(state, request, '2022-06-15', '2022-02', '2022-03');
    expect([inTime.dueOn, inTime.touched]).toEqual([undefined, periodsFrom('2022-04', '2022-05', '2022-06')]);
  });

  test('keeps what was agreed for the months after, month by month, and its end', () => {
    const sku = skuOf('PRE-PAY');
    const minCommits = schedule('7');
    const agreed = {
      type: 'CREATE',
      sku,
      termMonths: 12,
      minCommits,
      locked: LOCKED,
      prepayment: points('300'),
    } as const;
    const before = inProcess(sku, '2022-04-21');
    const request = approved(agreed, '2022-04-21');
    const effect = effectOf(before, request, '2022-06-12', ...FROZEN);
    expect(effect.contract).toMatchObject({
      status: 'ACTIVE',
      bolDate: '2022-06-01',
      termFrom: '2022-04-21',
      eolDate: '2023-04-20',
    });
    expect(effect.months).toEqual(periodsFrom('2022-06'));
    expect(effect.credit?.points).toBe(points('300'));
    const state = stateAfter(before, request, '2022-06-12', ...FROZEN);
    const [, , ...open] = minCommits.map((entry) => formatPoints(entry));
    expect(minimums(state, '2022-04', 13)).toEqual(['0', '0', ...open]);
    expect(scheduleOf(state.contract, state.revisions).map((entry) => formatPoints(entry))).toEqual([
      '0',
      '0',
      ...open,
    ]);
  });

  test('renews from the first month that is not, without an order in a month that is', () => {
    const state = signed(skuOf('CUSTOM'), '2021-04-01', 12, times(12, '10'));
    const renewal = { type: 'RENEW', termMonths: 12, minCommits: schedule('20').slice(1), locked: LOCKED } as const;
    const request = approved(renewal, '2022-04-01');
    const { contract, months } = effectOf(state, request, '2022-06-12', ...FROZEN);
    expect([contract.eolDate, months]).toEqual(['2023-03-31', periodsFrom('2022-06')]);
    expect(minimums(stateAfter(state, request, '2022-06-12', ...FROZEN), '2022-03', 5)).toEqual([
      '10',
      '0',
      '0',
      '20',
      '20',
    ]);
  });

  test('ends a contract with the last month that is', () => {
    const state = signed(medium, '2022-01-01', 12, undefined, { status: 'PENDING_TERMINATION' });
    const request = approved({ type: 'TERMINATE', reason: 'COVID Impact' }, '2022-04-11');
    const { contract } = effectOf(state, request, '2022-06-12', ...FROZEN);
    expect([contract.status, contract.eolDate]).toEqual(['TERMINATED', '2022-05-31']);
  });

  test.each<[string, State, ContractRequest]>([
    [
      'a term that is over',
      inProcess(medium, '2022-04-01'),
      approved({ type: 'CREATE', sku: medium, termMonths: 2 }, '2022-04-01'),
    ],
    [
      'other terms of a contract that is over',
      signed(medium, '2021-06-01', 12),
      approved({ type: 'UPGRADE', sku: skuOf('PAY-GO', '3600') }, '2022-05-01'),
    ],
    [
      'the end of a contract that has ended',
      signed(skuOf('CUSTOM'), '2021-06-01', 12, times(12, '10'), { status: 'PENDING_TERMINATION' }),
      approved({ type: 'TERMINATE', reason: 'COVID Impact' }, '2022-05-20'),
    ],
  ])('comes to nothing where nothing is left of it: %s', (_, { contract, revisions }, request) => {
    const result = applyRequest(contract, revisions, request, at('2022-06-12', ...FROZEN));
    expect(result).toEqual({ ok: false, reason: 'NOTHING_LEFT' });
  });

  test('acts all the same where it changes no month', () => {
    const request = approved({ type: 'THRESHOLD_UPDATE', threshold: points('9') }, '2022-04-01');
    const { dueOn, touched } = effectOf(signed(medium, '2022-01-01', 12), request, '2022-06-12', ...FROZEN);
    expect([dueOn, touched]).toEqual([undefined, []]);
  });

  test('never changes the minimum of a frozen month, whenever it was due and whatever it is', () => {
    const month = fc.integer({ min: 0, max: 11 });
    const payloads = fc.constantFrom<ContractRequest['payload']>(
      { type: 'UPGRADE', sku: skuOf('PAY-GO', '3600') },
      { type: 'TERMINATE', reason: 'COVID Impact' },
      {
        type: 'AMEND',
        termMonths: 14,
        burnDownSchedule: times(14, '77').map((entry) => points(entry)),
        locked: LOCKED,
      },
      { type: 'RENEW', termMonths: 3 },
    );
    fc.assert(
      fc.property(payloads, month, month, (payload, due, until) => {
        const state = signed(skuOf('CUSTOM'), '2022-01-01', 12, times(12, '10'), {
          status: payload.type === 'TERMINATE' ? 'PENDING_TERMINATION' : 'ACTIVE',
        });
        const frozen = Array.from({ length: until }, (_, index) => addMonths(period('2022-01'), index));
        const request = approved(payload, `${addMonths(period('2022-01'), due)}-01`);
        const result = applyRequest(state.contract, state.revisions, request, at('2023-02-10', ...frozen));
        if (!result.ok) return;
        const { contract, revision, touched } = result.effect;
        const next = { contract, revisions: revision ? [...state.revisions, revision] : state.revisions };
        expect(minimums(next, '2022-01', until)).toEqual(minimums(state, '2022-01', until));
        expect(touched.filter((of) => frozen.includes(of))).toEqual([]);
      }),
    );
  });
});

test('terms that are agreed later than they end are looked at at once', () => {
  const state = inProcess(medium, '2022-01-01');
  const { contract } = effectOf(
    state,
    approved({ type: 'CREATE', sku: medium, termMonths: 2 }, '2022-01-01'),
    '2022-03-20',
  );
  expect([contract.eolDate, contract.reviewOn]).toEqual(['2022-02-28', '2022-03-20']);
});

test('whatever is topped up and when, months that have ended stay and all months add up to what was agreed', () => {
  const entry = fc.integer({ min: 0, max: 500 }).map(String);
  const step = fc.record({
    month: fc.integer({ min: 0, max: 13 }),
    extra: fc.integer({ min: 0, max: 3 }),
    entries: fc.array(entry, { minLength: 30, maxLength: 30 }),
  });
  fc.assert(
    fc.property(
      fc.constantFrom('2022-01-01', '2022-01-21'),
      fc.array(entry, { minLength: 13, maxLength: 13 }),
      fc.array(step, { maxLength: 4 }),
      (from, first, steps) => {
        const initial = from.endsWith('01') ? first.slice(0, 12) : first;
        let state: State = signed(skuOf('PRE-PAY'), from, 12, initial, {
          prepaid: sum(initial.map((each) => points(each))),
        });
        let agreed = sum(initial.map((each) => points(each)));
        for (const { month, extra, entries } of [...steps].sort((a, b) => a.month - b.month)) {
          const today = `${addMonths(period('2022-01'), month)}-22`;
          if ((state.contract.eolDate ?? '') < today) continue;
          const now = scheduleOf(state.contract, state.revisions);
          const term = (state.contract.termMonths ?? 0) + extra;
          const schedule = Array.from({ length: now.length + extra }, (_, index) =>
            index < month ? formatPoints(now[index] ?? NO_POINTS) : (entries[index] ?? '0'),
          );
          const asked = { prepayment: '100000', term, burnDownSchedule: schedule, vendorPurchaseOrder: 'PO' };
          const checked = checkTopUp(asked, { ...state, today: plainDate(today), frozenUntil: undefined });
          if (!checked.ok) throw new Error(JSON.stringify(checked.errors));
          const { payload, effectiveDate } = checked.value;
          const ended = minimums(state, '2022-01', month);
          state = stateAfter(state, approved(payload, effectiveDate), today);
          expect(minimums(state, '2022-01', month)).toEqual(ended);
          expect(scheduleOf(state.contract, state.revisions)).toEqual(payload.burnDownSchedule);
          agreed = sum(payload.burnDownSchedule);
        }
        const total = sum(minimums(state, '2022-01', 40).map((each) => points(each) as Points));
        expect(formatPoints(total)).toBe(formatPoints(agreed));
      },
    ),
    { numRuns: 40 },
  );
});
