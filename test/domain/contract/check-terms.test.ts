import { plainDate } from '../../../lambdas/domain/calendar/period.ts';
import { type AgreedTerms, checkTerms } from '../../../lambdas/domain/contract/check-terms.ts';
import { points } from '../../../lambdas/domain/numbers/amounts.ts';

const entries = (count: number) => Array.from({ length: count }, () => points('10'));
const custom = (bolDate: string, minCommits: number): AgreedTerms => ({
  contractType: 'CUSTOM',
  bolDate: plainDate(bolDate),
  term: 12,
  graceTermMonths: 0,
  minCommits: entries(minCommits),
});
const reasons = (terms: AgreedTerms) => checkTerms(terms).map(({ field, reason }) => `${field}: ${reason}`);

test('a term from the first of a month has as many minimums as months, any other one more', () => {
  expect(reasons(custom('2022-03-01', 12))).toEqual([]);
  expect(reasons(custom('2022-03-21', 13))).toEqual([]);
  expect(reasons(custom('2022-03-21', 12))).toEqual([
    'minCommits: 12 months from 2022-03-21 touch 13 months: 12 minimums are given',
  ]);
  expect(reasons(custom('2022-03-01', 13))).toEqual([
    'minCommits: 12 months from 2022-03-01 touch 12 months: 13 minimums are given',
  ]);
});

test('CUSTOM and PRE-PAY need a term and minimums, none of them negative', () => {
  const { minCommits: _minCommits, term: _term, ...bare } = custom('2022-03-01', 0);
  expect(reasons({ ...bare, contractType: 'PRE-PAY' })).toEqual([
    'term: a PRE-PAY contract needs a term',
    'minCommits: a PRE-PAY contract needs a minimum for each month',
  ]);
  expect(reasons({ ...custom('2022-03-01', 12), minCommits: [points('-1'), ...entries(11)] })).toEqual([
    'minCommits: a monthly minimum is never negative',
  ]);
});

test('a term is whole months, at least one', () => {
  const payGo = (term: number): AgreedTerms => ({
    contractType: 'PAY-GO',
    bolDate: plainDate('2022-03-01'),
    term,
    graceTermMonths: 0,
  });
  expect(reasons(payGo(1))).toEqual([]);
  expect(reasons(payGo(0))).toEqual(['term: the term is whole months, at least 1, not 0']);
  expect(reasons(payGo(1.5))).toEqual(['term: the term is whole months, at least 1, not 1.5']);
});

test('PAY-GO alone may have grace, and has no minimums of its own', () => {
  const payGo: AgreedTerms = { contractType: 'PAY-GO', bolDate: plainDate('2022-03-01'), graceTermMonths: 1 };
  expect(reasons(payGo)).toEqual([]);
  expect(reasons({ ...payGo, graceTermMonths: -1 })).toEqual([
    'graceTermMonths: the grace term is whole months, not -1',
  ]);
  expect(reasons({ ...payGo, minCommits: [] })).toEqual([
    "minCommits: a PAY-GO contract has its SKU's minimum, no monthly minimums",
  ]);
  expect(reasons({ ...custom('2022-03-01', 12), graceTermMonths: 1 })).toEqual([
    'graceTermMonths: a CUSTOM contract has no grace term: only PAY-GO has',
  ]);
});
