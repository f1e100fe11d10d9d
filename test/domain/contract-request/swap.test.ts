import fc from 'fast-check';
import {
  addDays,
  addMonths,
  dayOf,
  daysIn,
  firstDay,
  lastDay,
  type Period,
  type PlainDate,
  periodOf,
  periodsFromTo,
  plainDate,
} from '../../../lambdas/domain/calendar/period.ts';
import type { Contract, ContractRevision } from '../../../lambdas/domain/contract/contract.ts';
import { minimumCommitOf } from '../../../lambdas/domain/contract/minimum-commit.ts';
import { hasBillingOrder } from '../../../lambdas/domain/contract/order-months.ts';
import { scheduleOf } from '../../../lambdas/domain/contract/schedule.ts';
import { revisionFor, termsInForce } from '../../../lambdas/domain/contract/terms-in-force.ts';
import type { Effect } from '../../../lambdas/domain/contract-request/apply.ts';
import { checkSwap, checkTakeOver } from '../../../lambdas/domain/contract-request/check-swap.ts';
import {
  applySwap,
  contractToTakeOver,
  type SwapSide,
  swapRefusal,
  takenOverTerms,
} from '../../../lambdas/domain/contract-request/swap.ts';
import { NO_POINTS, points } from '../../../lambdas/domain/numbers/amounts.ts';
import { accountOf, approved, organizationOf, signed, skuOf, times } from '../support/contracts.ts';

const OTHER = organizationOf('AGGREGATOR', { id: 'OTHER', prmId: '00013' });
const NOW = new Date('2022-03-10T00:00:00Z');

type Given = { contract: Contract; revisions: ContractRevision[] };

/** Both sides of an approved swap. */
function swapOf({ contract, revisions }: Given, effectiveDate: PlainDate): { given: SwapSide; taken: SwapSide } {
  const numbers = { id: 'taken', contractNumber: '2', businessNumber: '2', contractReferenceNumber: 'AMER2RENTAL' };
  const taken = contractToTakeOver(contract, { ...numbers, aggregator: OTHER, bolDate: effectiveDate, now: NOW });
  return {
    given: {
      contract: { ...contract, status: 'PENDING_TERMINATION', swappedTo: 'taken' },
      revisions,
      request: approved({ type: 'TERMINATE', reason: 'Aggregator Swap' }, effectiveDate),
    },
    taken: {
      contract: taken,
      revisions: [],
      request: approved(takenOverTerms(contract, revisions), effectiveDate, { id: 'request-2', contractId: 'taken' }),
    },
  };
}

const payGo = (from: string, months?: number): Given => signed(skuOf('PAY-GO', '1800'), from, months);
const custom = (from: string, months: number): Given => {
  const entries = from.endsWith('-01') ? months : months + 1;
  return signed(
    skuOf('CUSTOM'),
    from,
    months,
    Array.from({ length: entries }, (_, index) => String(100 + index)),
  );
};

const contracts = fc.oneof(
  fc
    .record({ day: fc.integer({ min: 0, max: 200 }), months: fc.constantFrom(12, 18, 36) })
    .map(({ day, months }) => custom(addDays(plainDate('2021-08-15'), day), months)),
  fc
    .record({ day: fc.integer({ min: 0, max: 200 }), months: fc.constantFrom(undefined, 12, 24) })
    .map(({ day, months }) => payGo(addDays(plainDate('2021-08-15'), day), months)),
);

const monthsOf = (from: PlainDate, until: PlainDate): Period[] => periodsFromTo(periodOf(from), periodOf(until));
/** Eight years of days, from before any of the contracts begins. */
const DAYS = monthsOf(plainDate('2021-08-01'), plainDate('2029-07-31')).flatMap((month) =>
  Array.from({ length: daysIn(month) }, (_, index) => dayOf(month, index + 1)),
);

/** Whether terms hold on a day. */
function activeDays({ revisions, contract }: Given): (on: PlainDate) => boolean {
  const terms = termsInForce(revisions, contract.eolDate);
  return (on) => terms.some(({ from, until }) => from <= on && (until === undefined || on <= until));
}

/** What there is after a swap: contract and revisions of each side. */
function after(effect: Effect, { revisions }: SwapSide): Given {
  return { contract: effect.contract, revisions: [...revisions, ...(effect.revision ? [effect.revision] : [])] };
}

test('every day, and every month with its minimum, is billed by exactly one of the two, whenever it is done and whatever is frozen', () => {
  fc.assert(
    fc.property(
      contracts,
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: 0, max: 6 }),
      (before, monthsLater, daysLate, frozenMonths) => {
        const { contract } = before;
        const effectiveDate = firstDay(addMonths(periodOf(contract.bolDate), monthsLater));
        const last = contract.eolDate ?? lastDay(addMonths(periodOf(effectiveDate), 24));
        fc.pre(effectiveDate <= last);
        const today = addDays(effectiveDate, daysLate);
        // A period is frozen after the ones before it, and never the running one.
        const frozen = periodsFromTo(addMonths(periodOf(effectiveDate), -1), addMonths(periodOf(today), -1)).slice(
          0,
          frozenMonths,
        );
        const sides = swapOf(before, effectiveDate);
        const result = applySwap(sides.given, sides.taken, { today, frozen });
        if (!result.ok) {
          // Nothing would be left of it: it never began there.
          expect(result.reason).toBe('NOTHING_LEFT');
          expect(frozen.at(-1) ?? '').toBeTruthy();
          return;
        }
        const given = after(result.given, sides.given);
        const taken = after(result.taken, sides.taken);
        expect(given.contract.status).toBe('TERMINATED');
        expect(taken.contract.status).toBe('ACTIVE');
        expect(taken.contract.bolDate).toBe(addDays(given.contract.eolDate as PlainDate, 1));
        expect(frozen).not.toContain(periodOf(taken.contract.bolDate));
        expect(taken.contract.eolDate).toBe(contract.eolDate);
        const there = activeDays(given);
        const here = activeDays(taken);
        const days = DAYS.filter((on) => on >= contract.bolDate && on <= last);
        expect(days.filter((on) => there(on) === here(on))).toEqual([]);
        for (const month of monthsOf(contract.bolDate, last)) {
          expect([month, hasBillingOrder(given.contract, month) !== hasBillingOrder(taken.contract, month)]).toEqual([
            month,
            true,
          ]);
          const own = hasBillingOrder(given.contract, month) ? given : taken;
          const minimum = ({ revisions, contract: { eolDate } }: Given) => minimumCommitOf(revisions, month, eolDate);
          expect([month, minimum(own)]).toEqual([month, minimum(before)]);
          expect(revisionFor(own.revisions, month, own.contract.eolDate)).toMatchObject({
            sku: before.revisions[0]?.sku,
            ...(before.revisions[0]?.locked && { locked: before.revisions[0].locked }),
          });
        }
        // The term that runs is whole there too, so that amendments and renewals find what was agreed.
        expect(taken.contract).toMatchObject({
          termFrom: contract.termFrom,
          graceTermMonths: contract.graceTermMonths,
        });
        const [begun] = taken.revisions;
        const agreed = scheduleOf(contract, before.revisions).slice(
          periodsFromTo(periodOf(contract.termFrom), periodOf(taken.contract.bolDate)).length - 1,
        );
        if (begun?.minCommits) expect(begun.minCommits).toEqual(agreed);
      },
    ),
    { numRuns: 60 },
  );
});

test('orders of the months that have begun follow: those there are dropped, those here made', () => {
  const { given, taken } = swapOf(payGo('2022-01-01'), plainDate('2022-04-01'));
  const result = applySwap(given, taken, {
    today: plainDate('2022-06-02'),
    frozen: ['2022-03', '2022-04'] as Period[],
  });
  expect(result).toMatchObject({
    ok: true,
    given: { dropped: ['2022-05', '2022-06'], months: [], contract: { eolDate: '2022-04-30' } },
    taken: { months: ['2022-05', '2022-06'], dropped: [], contract: { bolDate: '2022-05-01' } },
  });
});

test('a missing report goes along', () => {
  const before = payGo('2022-01-01');
  const { given, taken } = swapOf(
    { ...before, contract: { ...before.contract, delinquent: true } },
    plainDate('2022-04-01'),
  );
  const result = applySwap(given, taken, { today: plainDate('2022-04-01'), frozen: [] });
  expect(result).toMatchObject({ ok: true, taken: { contract: { delinquent: true } } });
});

test('neither takes effect when the other can not', () => {
  const on = plainDate('2022-04-01');
  const { given, taken } = swapOf(payGo('2022-01-01'), on);
  const time = { today: on, frozen: [] };
  const stopped = { ...taken, request: { ...taken.request, status: 'WITHDRAWN' as const } };
  expect(applySwap(given, stopped, time)).toEqual({ ok: false, reason: 'NOT_DUE' });
  const done = { ...given, request: { ...given.request, status: 'STOPPED' as const } };
  expect(applySwap(done, taken, time)).toEqual({ ok: false, reason: 'NOT_DUE' });
  const ended = { ...given, contract: { ...given.contract, status: 'DEACTIVATED' as const } };
  expect(applySwap(ended, taken, time)).toEqual({ ok: false, reason: 'CONTRACT_STATUS' });
  const rejected = { ...taken, contract: { ...taken.contract, status: 'REJECTED' as const } };
  expect(applySwap(given, rejected, time)).toEqual({ ok: false, reason: 'CONTRACT_STATUS' });
  const later = { ...taken, request: { ...taken.request, effectiveDate: plainDate('2022-05-01') } };
  expect(applySwap(given, later, { ...time, today: plainDate('2022-05-01') }).ok).toBe(false);
});

test('a contract changes its aggregator while it is active, without a balance and without another request', () => {
  const { contract } = payGo('2022-01-01');
  const open = [{ status: 'PENDING_APPROVAL', token: 'C-1' }] as const;
  expect(swapRefusal(contract, [], NO_POINTS)).toBeUndefined();
  expect(swapRefusal(contract, [{ status: 'COMPLETED', token: 'C-1' }], NO_POINTS)).toBeUndefined();
  expect(swapRefusal(contract, open, NO_POINTS)).toEqual({ reason: 'REQUEST_OPEN', token: 'C-1' });
  expect(swapRefusal(contract, [], points('0.01'))).toEqual({ reason: 'PREPAYMENT_LEFT' });
  expect(swapRefusal({ ...contract, swappedTo: 'X' }, [], NO_POINTS)).toEqual({ reason: 'SWAP_OPEN' });
  expect(swapRefusal({ ...contract, swappedTo: 'X' }, [], NO_POINTS, 'X')).toBeUndefined();
  for (const status of ['PENDING_EXPIRATION', 'PENDING_TERMINATION', 'EXPIRED', 'CREATE_IN_PROCESS'] as const) {
    expect(swapRefusal({ ...contract, status }, [], NO_POINTS)).toEqual({ reason: 'CONTRACT_STATUS' });
  }
  for (const familyType of ['MSP', 'VELO', 'AWS_RESELL'] as const) {
    const listing = { ...contract.listing, familyType };
    expect(swapRefusal({ ...contract, listing }, [], NO_POINTS)).toEqual({ reason: 'NOT_SWAPPABLE' });
  }
});

const FACTS = {
  contract: payGo('2022-01-01', 12).contract,
  aggregator: OTHER,
  today: plainDate('2022-03-10'),
  frozenUntil: '2022-02' as Period,
};

test('it goes to another active aggregator, on a 1st that is to come', () => {
  expect(checkSwap({ effectiveDate: '2022-04-01' }, FACTS)).toMatchObject({ ok: true });
});

test.each([
  ['effectiveDate', { effectiveDate: '2022-04-02' }, {}],
  ['effectiveDate', { effectiveDate: '2022-03-01' }, {}],
  ['effectiveDate', { effectiveDate: '2022-02-01' }, {}],
  ['effectiveDate', { effectiveDate: '2023-01-01' }, {}],
  ['effectiveDate', { effectiveDate: '2022-02-30' }, {}],
  ['aggregatorPrmId', {}, { aggregator: undefined }],
  ['aggregatorPrmId', {}, { aggregator: { ...OTHER, id: FACTS.contract.aggregatorId } }],
  ['aggregatorPrmId', {}, { aggregator: { ...OTHER, status: 'INACTIVE' as const } }],
  ['aggregatorPrmId', {}, { aggregator: { ...OTHER, awsResell: true } }],
  ['aggregatorPrmId', {}, { aggregator: organizationOf('SERVICE_PROVIDER') }],
])('refuses a wrong %s: %j', (field, asked, facts) => {
  const checked = checkSwap({ effectiveDate: '2022-04-01', ...asked }, { ...FACTS, ...facts });
  expect(checked).toMatchObject({ ok: false, errors: [{ field }] });
});

const ACCEPTED = {
  aggregatorContact: 'agg@other.example',
  billingOrderPreference: 'EDI',
  vendorPurchaseOrder: 'PO-2',
  billToAccountId: 'account-1',
};
const { contract: AGREED } = custom('2022-01-01', 12);
const TAKE_OVER = {
  given: AGREED,
  taken: swapOf(custom('2022-01-01', 12), plainDate('2022-04-01')).taken.contract,
  askedFor: plainDate('2022-04-01'),
  billToAccount: accountOf(),
  today: FACTS.today,
  frozenUntil: FACTS.frozenUntil,
};

test('the other aggregator adds its account, contact and purchase order, and may name a later 1st', () => {
  expect(checkTakeOver(ACCEPTED, TAKE_OVER)).toMatchObject({ ok: true, value: { effectiveDate: '2022-04-01' } });
  const later = checkTakeOver({ ...ACCEPTED, effectiveDate: '2022-06-01' }, TAKE_OVER);
  expect(later).toMatchObject({ ok: true, value: { effectiveDate: '2022-06-01' } });
});

test.each([
  ['billToAccountId', {}, { billToAccount: undefined }],
  ['billToAccountId', {}, { billToAccount: accountOf({ currency: 'EUR' }) }],
  ['billToAccountId', {}, { billToAccount: accountOf({ active: false }) }],
  ['aggregatorContact', { aggregatorContact: 'nobody' }, {}],
  ['vmwarePurchaseOrder', { vendorPurchaseOrder: '' }, {}],
  ['effectiveDate', { effectiveDate: '2022-03-01' }, {}],
  ['effectiveDate', {}, { today: plainDate('2022-04-01') }],
])('refuses to take over with a wrong %s: %j', (field, asked, facts) => {
  const checked = checkTakeOver({ ...ACCEPTED, ...asked }, { ...TAKE_OVER, ...facts });
  expect(checked).toMatchObject({ ok: false, errors: [{ field }] });
});

test('a schedule is taken over whole, a prepayment never', () => {
  const before = signed(skuOf('PRE-PAY'), '2022-01-01', 12, times(12, '10'), { prepaid: points('120') });
  const terms = takenOverTerms(before.contract, before.revisions);
  expect(terms.minCommits).toHaveLength(12);
  expect(terms).not.toHaveProperty('prepayment');
  expect(swapOf(before, plainDate('2022-04-01')).taken.contract).not.toHaveProperty('prepaid');
});
