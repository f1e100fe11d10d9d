import fc from 'fast-check';
import { addDays, type PlainDate, plainDate } from '../../../lambdas/domain/calendar/period.ts';
import { checkDeal } from '../../../lambdas/domain/deal/check-deal.ts';
import {
  type Deal,
  dueOnDeal,
  isOverdue,
  movedDeal,
  movedExtension,
  newDeal,
} from '../../../lambdas/domain/deal/deal.ts';
import { isFiscalQuarter, monthsOfQuarter, quarterOf } from '../../../lambdas/domain/deal/fiscal-quarter.ts';
import type { DealActor } from '../../../lambdas/domain/deal/status.ts';
import { signed, skuOf } from '../support/contracts.ts';

const { contract } = signed(skuOf('PAY-GO', '1800'), '2022-01-01');
const MADE = plainDate('2022-08-03');
const ASKED = {
  productSKU: 'VSAN',
  projectedDealValue: '10000.50',
  expectedCloseDate: plainDate('2022-10-23'),
  serviceProviderContact: 'sp@person.example',
  aggregatorSalesContactLead: 'lead@person.example',
  aggregatorManager: 'manager@person.example',
};
const FACTS = {
  contract,
  products: [{ code: 'VSAN', category: 'Storage', family: 'RENTAL' as const }],
  creationDate: MADE,
};

function dealOf(over: Partial<Deal> = {}): Deal {
  const checked = checkDeal(ASKED, FACTS);
  if (!checked.ok) throw new Error('the deal is right');
  const registered = { id: 'D-1', dealNumber: '20001', registrantId: 'ada', contract, on: MADE };
  return { ...newDeal(checked.value, { ...registered, now: new Date(`${MADE}T10:00:00Z`) }), ...over };
}

test('a deal is a draft of its contract, in its currency, for 180 days', () => {
  expect(dealOf()).toMatchObject({
    status: 'DRAFT',
    extendStatus: 'NOT_EXTENDED',
    contractNumber: contract.contractNumber,
    currency: 'USD',
    projectedDealValue: 1_000_050n,
    productCategory: 'Storage',
    creationDate: '2022-08-03',
    expirationDate: '2023-01-30',
    fiscalQuarter: 'Q3FY2022',
  });
});

test.each([
  ['productSKU', { productSKU: 'OTHER' }],
  ['projectedDealValue', { projectedDealValue: '0' }],
  ['projectedDealValue', { projectedDealValue: '-1' }],
  ['projectedDealValue', { projectedDealValue: '1.005' }],
  ['projectedDealValue', { projectedDealValue: '1000000000000.01' }],
  ['expectedCloseDate', { expectedCloseDate: plainDate('2022-08-02') }],
])('refuses a deal with a wrong %s', (field, over) => {
  expect(checkDeal({ ...ASKED, ...over }, FACTS)).toMatchObject({ ok: false, errors: [{ field }] });
});

test('a product of another family is none of the contract', () => {
  const products = [{ code: 'VSAN', category: 'Storage', family: 'ISV' as const }];
  expect(checkDeal(ASKED, { ...FACTS, products }).ok).toBe(false);
});

const opportunity = dealOf({ status: 'OPPORTUNITY' });
const LAST = plainDate('2023-01-29');
const OVER = plainDate('2023-01-30');

test('an opportunity is good on its 180th day and over on the next, when nobody but the system moves it', () => {
  expect(isOverdue(opportunity, LAST)).toBe(false);
  expect(movedDeal(opportunity, 'convert', 'AGGREGATOR', LAST)).toMatchObject({
    ok: true,
    deal: { status: 'CLOSED_WON', closeDate: LAST },
  });
  expect(movedDeal(opportunity, 'convert', 'AGGREGATOR', OVER).ok).toBe(false);
  expect(movedExtension(opportunity, 'requestExtension', 'AGGREGATOR', OVER).ok).toBe(false);
  expect(dueOnDeal(opportunity, contract, LAST)).toBeUndefined();
  expect(dueOnDeal(opportunity, contract, OVER)).toBe('expire');
});

test('an extension asked for in time is decided of later, once, and counts from the day the deal would have ended', () => {
  const asked = movedExtension(opportunity, 'requestExtension', 'AGGREGATOR', LAST);
  if (!asked.ok) throw new Error(asked.reason);
  const late = plainDate('2023-02-20');
  expect(dueOnDeal(asked.deal, contract, late)).toBeUndefined();
  const extended = movedExtension(asked.deal, 'approveExtension', 'VENDOR', late);
  expect(extended).toMatchObject({ ok: true, deal: { extendStatus: 'EXTENDED', expirationDate: '2023-07-29' } });
  if (extended.ok) expect(movedExtension(extended.deal, 'requestExtension', 'AGGREGATOR', late).ok).toBe(false);
  const denied = movedExtension(asked.deal, 'denyExtension', 'VENDOR', late);
  expect(denied).toMatchObject({ ok: true, deal: { expirationDate: OVER } });
  if (denied.ok) expect(dueOnDeal(denied.deal, contract, late)).toBe('expire');
});

test('the end of its contract closes an open deal, and says so where that went to another aggregator', () => {
  const given = { status: 'TERMINATED', swappedTo: 'C-2' } as const;
  for (const status of ['DRAFT', 'PENDING_APPROVE', 'PENDING_REVISION', 'OPPORTUNITY'] as const) {
    const deal = dealOf({ status });
    expect(dueOnDeal(deal, given, MADE)).toBe('leaveAggregator');
    expect(dueOnDeal(deal, { status: 'TERMINATED' }, MADE)).toBe('endWithContract');
    expect(dueOnDeal(deal, { ...given, status: 'DEACTIVATED' }, MADE)).toBe('endWithContract');
    expect(dueOnDeal(deal, { ...given, status: 'PENDING_TERMINATION' }, MADE)).toBeUndefined();
  }
  expect(dueOnDeal(dealOf({ status: 'CLOSED_WON' }), given, OVER)).toBeUndefined();
});

const day = fc.integer({ min: 0, max: 800 }).map((days): PlainDate => addDays(MADE, days));
const verb = fc.constantFrom(
  ...(['submit', 'convert', 'lose', 'abandon', 'requestExtension'] as const).map(
    (each) => [each, 'AGGREGATOR'] as const,
  ),
  ...(['approve', 'askToRevise', 'deny', 'withdrawProduct', 'approveExtension', 'denyExtension'] as const).map(
    (each) => [each, 'VENDOR'] as const,
  ),
);

test('whatever is done when: closed deals stay, a close date is there exactly then, and days grow by an extension alone', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(verb, day), { maxLength: 30 }), (steps) => {
      let deal = dealOf();
      for (const [[name, by], on] of steps.sort(([, a], [, b]) => (a < b ? -1 : 1))) {
        const isExtension = name.endsWith('xtension');
        const moved = (isExtension ? movedExtension : movedDeal)(deal, name, by as DealActor, on);
        if (deal.closeDate) expect(moved.ok).toBe(false);
        if (moved.ok) deal = moved.deal;
        expect(deal.closeDate !== undefined).toBe(deal.status.startsWith('CLOSED'));
        expect(deal.expirationDate).toBe(addDays(MADE, deal.extendStatus === 'EXTENDED' ? 360 : 180));
      }
    }),
  );
});

test('quarters are those of the calendar', () => {
  expect(quarterOf(plainDate('2026-12-31'))).toBe('Q4FY2026');
  expect(quarterOf(plainDate('2026-01-01'))).toBe('Q1FY2026');
  expect(monthsOfQuarter(quarterOf(plainDate('2026-11-10')))).toEqual(['2026-10', '2026-11', '2026-12']);
  expect(['Q1FY2026', 'Q5FY2026', 'Q1FY26', 'q1FY2026', ' Q1FY2026'].filter(isFiscalQuarter)).toEqual(['Q1FY2026']);
  fc.assert(
    fc.property(day, (on) => {
      const quarter = quarterOf(on);
      expect(isFiscalQuarter(quarter)).toBe(true);
      expect(monthsOfQuarter(quarter)).toContain(on.slice(0, 7));
    }),
  );
});
