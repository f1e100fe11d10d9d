import {
  type ApprovalRule,
  hasCondition,
  type SubmittedFacts,
  whyNot,
} from '../../../lambdas/domain/approval-rule/approval-rule.ts';
import { period } from '../../../lambdas/domain/calendar/period.ts';
import { type MinorUnits, percent, points } from '../../../lambdas/domain/numbers/amounts.ts';

const RULE: ApprovalRule = {
  id: 'rule-1',
  aggregatorId: 'AGG-1',
  name: 'Small and steady',
  active: true,
  withoutEdits: true,
  maxVariance: '20',
  maxTotal: { amount: '1000.00', currency: 'USD' },
  families: ['RENTAL'],
  serviceProviderIds: ['SP-1'],
  version: 1,
};

const FACTS: SubmittedFacts = {
  family: 'RENTAL',
  serviceProviderId: 'SP-1',
  edits: 0,
  variance: {
    reported: points('120'),
    months: 3,
    from: period('2026-07'),
    to: period('2026-09'),
    sum: points('300'),
    limit: percent('50'),
    flagged: false,
  },
  total: { amount: 100_000n as MinorUnits, currency: 'USD' },
  vendorPurchaseOrder: 'PO-1',
};

test('an order that is all a rule asks for is approved, at the limits too', () => {
  expect(whyNot(RULE, FACTS)).toEqual([]);
});

test.each<[string, Partial<ApprovalRule>, Partial<SubmittedFacts>, string]>([
  ['switched off', { active: false }, {}, 'it is switched off'],
  ['another family', {}, { family: 'MSP' }, 'it is not for MSP'],
  ['another service provider', {}, { serviceProviderId: 'SP-2' }, 'it is not for this service provider'],
  ['one edit', {}, { edits: 1 }, '1 prefilled line was changed by hand'],
  ['two edits', {}, { edits: 2 }, '2 prefilled lines were changed by hand'],
  ['a variance above', { maxVariance: '19.9' }, {}, 'it deviates by 20 %, 19.9 % are allowed'],
  [
    'a total above',
    { maxTotal: { amount: '999.99', currency: 'USD' } },
    {},
    'it comes to 1000.00 USD, 999.99 are allowed',
  ],
  ['another currency', { maxTotal: { amount: '999', currency: 'JPY' } }, {}, 'it is in USD, the rule in JPY'],
  [
    'no purchase order',
    {},
    { vendorPurchaseOrder: '' },
    "neither it nor the contract gives the vendor's purchase order",
  ],
])('%s is not approved', (_what, rule, facts, reason) => {
  expect(whyNot({ ...RULE, ...rule }, { ...FACTS, ...facts })).toEqual([reason]);
});

test('what is not known is not approved, but where it is not asked for', () => {
  const { variance: _variance, total: _total, ...unknown } = FACTS;
  expect(whyNot(RULE, unknown)).toEqual([
    'there are too few billed months to compare it with',
    'what it comes to is not known yet',
  ]);
  const { maxVariance: _max, maxTotal: _most, ...lenient } = RULE;
  expect(whyNot(lenient, unknown)).toEqual([]);
});

test("a rule's own purchase order stands in for the contract's", () => {
  expect(whyNot({ ...RULE, vendorPurchaseOrder: 'PO-9' }, { ...FACTS, vendorPurchaseOrder: '' })).toEqual([]);
});

test('a rule without any condition is told apart', () => {
  expect(hasCondition({ withoutEdits: false })).toBe(false);
  expect(hasCondition({ withoutEdits: false, maxVariance: '0' })).toBe(true);
});
