import { period, plainDate } from '../../../lambdas/domain/calendar/period.ts';
import { checkBasicInfo } from '../../../lambdas/domain/contract-request/check-basic-info.ts';
import {
  type ChangeSkuAsked,
  checkChangeSku,
  checkTerminate,
  checkThreshold,
  type TerminateAsked,
} from '../../../lambdas/domain/contract-request/check-change.ts';
import {
  checkAmend,
  checkPrepayAmend,
  checkRenew,
  checkTopUp,
} from '../../../lambdas/domain/contract-request/check-term.ts';
import type { Checked } from '../../../lambdas/domain/contract-request/checks.ts';
import { formatPercent, formatPoints, NO_POINTS, points } from '../../../lambdas/domain/numbers/amounts.ts';
import { accountOf, pricesOf, signed, skuOf, times } from '../support/contracts.ts';

const fieldsOf = (result: Checked<unknown>): string[] => (result.ok ? [] : result.errors.map(({ field }) => field));
const TODAY = plainDate('2022-03-15');
const at = { today: TODAY, frozenUntil: period('2022-01') };

const small = skuOf('PAY-GO', '360');
const medium = skuOf('PAY-GO', '1800');
const large = skuOf('PAY-GO', '3600');

describe('an upgrade or downgrade', () => {
  const paygo = { ...signed(medium, '2021-05-01', 24), ...at, balance: NO_POINTS };
  const asked: ChangeSkuAsked = { effectiveDate: '2022-04-01', comment: 'Because' };
  const up = (input: ChangeSkuAsked, facts = {}) =>
    fieldsOf(checkChangeSku('UPGRADE', input, { ...paygo, sku: large, ...facts }));
  const down = (input: ChangeSkuAsked, facts = {}) =>
    fieldsOf(checkChangeSku('DOWNGRADE', input, { ...paygo, sku: small, ...facts }));

  test('goes to a PAY-GO SKU of the same family with a higher or a lower minimum', () => {
    expect(up(asked)).toEqual([]);
    expect(down(asked)).toEqual([]);
    for (const sku of [small, medium, skuOf('CUSTOM'), skuOf('PAY-GO', '3600', 'ISV'), undefined]) {
      expect(up(asked, { sku })).toEqual(['contractSKUId']);
    }
    for (const sku of [large, medium]) expect(down(asked, { sku })).toEqual(['contractSKUId']);
  });

  test.each([
    ['a day that is not the 1st', '2022-04-02', undefined],
    ['a frozen period', '2022-01-01', period('2022-01')],
    ['before the contract’s terms began', '2021-04-01', undefined],
    ['after its end', '2023-05-01', undefined],
    ['no day', '2022-13-01', undefined],
  ])('does not act on %s', (_what, effectiveDate, frozenUntil) => {
    expect(up({ effectiveDate }, { frozenUntil })).toEqual(['effectiveDate']);
  });

  test('may act on the 1st of the running month, and of one that isn’t frozen yet', () => {
    expect(up({ effectiveDate: '2022-03-01' })).toEqual([]);
    expect(up({ effectiveDate: '2022-02-01' })).toEqual([]);
  });

  test('needs a comment when it goes down', () => {
    expect(down({ effectiveDate: '2022-04-01' })).toEqual(['comment']);
  });

  test('takes a custom contract by the minimum of the month, and no prepaid balance with it', () => {
    const custom = { ...signed(skuOf('CUSTOM'), '2022-01-01', 12, [...times(3, '100'), ...times(9, '500')]), ...at };
    expect(up(asked, { ...custom, sku: small })).toEqual(['contractSKUId']);
    expect(up({ effectiveDate: '2022-03-01' }, { ...custom, sku: small })).toEqual([]);
    expect(down(asked, { ...custom, sku: small })).toEqual([]);
    expect(down(asked, { ...custom, sku: small, balance: points('0.5') })).toEqual(['contractSKUId']);
  });
});

describe('a termination', () => {
  const { contract } = signed(medium, '2021-05-01', 12);
  const asked: TerminateAsked = { effectiveDate: '2022-03-16', comment: 'Over', reason: 'COVID Impact' };
  const refused = (more: TerminateAsked) => fieldsOf(checkTerminate({ ...asked, ...more }, { contract, today: TODAY }));

  test('is for a day after today while the contract has days left, of grace too', () => {
    expect(refused({})).toEqual([]);
    expect(refused({ effectiveDate: '2022-05-31' })).toEqual([]);
    for (const effectiveDate of ['2022-03-15', '2021-01-01', '2022-06-01', '2022-02-29']) {
      expect(refused({ effectiveDate })).toEqual(['effectiveDate']);
    }
  });

  test('needs a comment and one of the published reasons', () => {
    expect(refused({ comment: ' ', reason: 'Bad mood' })).toEqual(['comment', 'reason']);
    expect(refused({ reason: 'toString' })).toEqual(['reason']);
  });
});

describe('a top-up', () => {
  // The worked example of the published call: 10 a month from January 2022, topped up on 1 March.
  const prepaid = signed(skuOf('PRE-PAY'), '2022-01-01', 12, times(12, '10'), { prepaid: points('120') });
  const facts = { ...prepaid, ...at };
  const asked = {
    prepayment: '240',
    term: 12,
    burnDownSchedule: [...times(2, '10'), ...times(10, '20')],
    vendorPurchaseOrder: 'PO-2',
  };
  const refused = (more: object) => fieldsOf(checkTopUp({ ...asked, ...more }, facts));

  test('takes an increment and a schedule of the same or a longer term, from the running month on', () => {
    const result = checkTopUp(asked, facts);
    expect(result.ok && result.value.effectiveDate).toBe('2022-03-01');
    expect(refused({ term: 14, burnDownSchedule: [...times(2, '10'), ...times(12, '20')] })).toEqual([]);
  });

  test('changes no month that has ended', () => {
    expect(refused({ burnDownSchedule: [...times(2, '11'), ...times(10, '20')] })).toEqual(['burnDownSchedule[0]']);
    expect(refused({ burnDownSchedule: ['10', '9', ...times(10, '20')] })).toEqual(['burnDownSchedule[1]']);
  });

  test('is prepaid, with what was prepaid before, for all of its schedule', () => {
    expect(refused({ prepayment: '99.999999' })).toEqual(['prepayment']);
    expect(refused({ prepayment: '100' })).toEqual([]);
  });

  test('names what is missing or wrong', () => {
    expect(fieldsOf(checkTopUp({}, facts))).toEqual(['prepayment', 'term', 'burnDownSchedule', 'vmwarePurchaseOrder']);
    expect(refused({ term: 11 })).toEqual(['term']);
    expect(refused({ burnDownSchedule: times(13, '10') })).toEqual(['burnDownSchedule']);
    const custom = { ...signed(skuOf('CUSTOM'), '2022-01-01', 12, times(12, '10')), ...at };
    expect(fieldsOf(checkTopUp(asked, custom))[0]).toBe('contractId');
  });

  test('of a term from within a month has an entry more, and begins with the term in its first month', () => {
    const within = signed(skuOf('PRE-PAY'), '2022-03-10', 12, ['7', ...times(11, '10'), '3'], {
      prepaid: points('120'),
    });
    const schedule = ['7', ...times(12, '10')];
    const result = checkTopUp({ ...asked, burnDownSchedule: schedule }, { ...within, ...at });
    expect(result.ok && result.value.effectiveDate).toBe('2022-03-10');
    expect(fieldsOf(checkTopUp(asked, { ...within, ...at }))).toEqual(['burnDownSchedule']);
  });
});

describe('an amendment', () => {
  const custom = { ...signed(skuOf('CUSTOM'), '2022-01-01', 12, times(12, '10')), ...at };
  const prepaid = {
    ...signed(skuOf('PRE-PAY'), '2022-01-01', 12, times(12, '10'), { prepaid: points('120') }),
    ...at,
  };

  test('of a custom contract changes schedule or discount from a month on and leaves the rest', () => {
    const result = checkAmend({ effectiveDate: '2022-04-01', discount: '25' }, custom);
    if (!result.ok) throw new Error(JSON.stringify(result.errors));
    expect(formatPercent(result.value.payload.locked.discount)).toBe('25');
    expect(result.value.payload.burnDownSchedule.map(formatPoints)).toEqual(times(12, '10'));
    const later = { effectiveDate: '2022-04-01', burnDownSchedule: ['10', '10', '10', ...times(9, '30')] };
    expect(fieldsOf(checkAmend(later, custom))).toEqual([]);
    expect(fieldsOf(checkAmend({ ...later, effectiveDate: '2022-05-01' }, custom))).toEqual(['burnDownSchedule[3]']);
    expect(fieldsOf(checkAmend({ effectiveDate: '2022-04-02', discount: '101', spf: '' }, custom))).toEqual([
      'effectiveDate',
      'discount',
      'spf',
    ]);
    expect(fieldsOf(checkAmend(later, prepaid))).toEqual(['contractId']);
  });

  test('of a prepaid contract plans no more than is prepaid', () => {
    const asked = { effectiveDate: '2022-04-01', burnDownSchedule: [...times(3, '10'), '50', ...times(8, '5')] };
    expect(fieldsOf(checkPrepayAmend(asked, prepaid))).toEqual([]);
    const more = { ...asked, burnDownSchedule: [...times(3, '10'), '50.1', ...times(8, '5')] };
    expect(fieldsOf(checkPrepayAmend(more, prepaid))).toEqual(['burnDownSchedule']);
    expect(fieldsOf(checkPrepayAmend({ ...asked, triggerPoint: '0' }, prepaid))).toEqual(['triggerPoint']);
    expect(fieldsOf(checkPrepayAmend(asked, custom))[0]).toBe('contractId');
  });
});

describe('a renewal', () => {
  const priceLists = pricesOf({ [skuOf('CUSTOM').code]: '1.1' });
  const paygo = { ...signed(medium, '2021-04-01', 12), ...at, priceLists };

  test('begins on the day after the end, without being told', () => {
    const result = checkRenew({ term: 12 }, paygo);
    expect(result.ok && result.value).toEqual({
      payload: { type: 'RENEW', termMonths: 12 },
      effectiveDate: '2022-04-01',
    });
    expect(fieldsOf(checkRenew({ term: 12, effectiveDate: '2022-04-02' }, paygo))).toEqual(['effectiveDate']);
    expect(fieldsOf(checkRenew({}, paygo))).toEqual(['term']);
  });

  test('in grace begins today or later, within the grace, and never before', () => {
    const inGrace = { ...paygo, today: plainDate('2022-04-11') };
    const from = (effectiveDate: string) => fieldsOf(checkRenew({ term: 12, effectiveDate }, inGrace));
    const result = checkRenew({ term: 12 }, inGrace);
    expect(result.ok && result.value.effectiveDate).toBe('2022-04-11');
    expect(from('2022-05-01')).toEqual([]);
    for (const date of ['2022-04-01', '2022-04-10', '2022-05-02']) expect(from(date)).toEqual(['effectiveDate']);
  });

  test('needs an end', () => {
    expect(fieldsOf(checkRenew({ term: 12 }, { ...signed(medium, '2021-04-01'), ...at, priceLists }))).toEqual([
      'effectiveDate',
    ]);
  });

  test('of a custom contract takes new minimums at the price of then', () => {
    const custom = { ...signed(skuOf('CUSTOM'), '2021-03-21', 12, ['3', ...times(11, '10'), '7']), ...at, priceLists };
    const asked = { term: 12, minCommits: ['4', ...times(11, '12'), '8'], discount: '5', spf: 'SPF2' };
    const result = checkRenew(asked, custom);
    expect(result.ok && result.value.effectiveDate).toBe('2022-03-21');
    expect(result.ok && result.value.payload.locked?.priceListVersion).toBe('USD-1');
    expect(fieldsOf(checkRenew({ ...asked, minCommits: times(12, '12') }, custom))).toEqual(['minCommits']);
    expect(fieldsOf(checkRenew({}, custom))).toEqual(['term', 'minCommits', 'discount', 'spf']);
  });
});

test('a usage threshold is for MSP contracts, from today on', () => {
  const msp = signed(skuOf('PAY-GO', '0', 'MSP'), '2022-01-01', 12).contract;
  const check = (asked: object, contract = msp) => fieldsOf(checkThreshold(asked, { contract, today: TODAY }));
  expect(check({ threshold: '900' })).toEqual([]);
  expect(check({ threshold: '0', effectiveDate: '2022-03-14' })).toEqual(['threshold', 'effectiveDate']);
  expect(check({ threshold: '1' }, signed(medium, '2022-01-01', 12).contract)).toEqual(['threshold']);
});

test('basic information is checked where it is given, and an account by its currency', () => {
  const { contract } = signed(medium, '2022-01-01', 12);
  const check = (asked: object, billToAccount = accountOf()) => checkBasicInfo(asked, { contract, billToAccount });
  expect(check({})).toEqual({ ok: true, value: {} });
  const changes = { billingOrderPreference: 'EDI', fillPurchaseOrderInMbo: true, licenseContact: 'a@b.example' };
  expect(check({ ...changes, billToAccountId: 'account-1' })).toEqual({
    ok: true,
    value: { ...changes, billToAccount: { id: 'account-1', accountNumber: '10001' } },
  });
  expect(
    fieldsOf(check({ serviceProviderContact: '', billingOrderPreference: 'FAX', vendorPurchaseOrder: '' })),
  ).toEqual(['serviceProviderContact', 'billingOrderPreference', 'vmwarePurchaseOrder']);
  expect(fieldsOf(check({ billToAccountId: 'x' }, accountOf({ currency: 'EUR' })))).toEqual(['billToAccountId']);
});
