import * as fc from 'fast-check';
import { period } from '../../../lambdas/domain/calendar/period.ts';
import {
  type CreateAsked,
  type CreateFacts,
  checkCreate,
} from '../../../lambdas/domain/contract-request/check-create.ts';
import { formatPoints } from '../../../lambdas/domain/numbers/amounts.ts';
import { accountOf, organizationOf, pricesOf, skuOf, times } from '../support/contracts.ts';

const asked: CreateAsked = {
  serviceProviderContact: 'jamessmith@spcorp.com',
  licenseContact: 'avabrown@spcorp.com',
  aggregatorContact: 'bobjohnson@aggcorp.com',
  systemContact: 'mariawilliams@vendor.com',
  bolDate: '2022-03-21',
  currency: 'USD',
  billingOrderPreference: 'ONLINE',
  vendorPurchaseOrder: 'PO-100000',
};
const negotiated: CreateAsked = {
  ...asked,
  term: 12,
  minCommits: ['3', ...times(11, '10'), '7'],
  discount: '20',
  spf: 'SPF123',
};
const PAYGO = skuOf('PAY-GO', '1800');
const CUSTOM = skuOf('CUSTOM');
const PREPAY = skuOf('PRE-PAY');

function factsOf(sku: CreateFacts['sku'], more: Partial<CreateFacts> = {}): CreateFacts {
  return {
    sku,
    serviceProvider: organizationOf('SERVICE_PROVIDER'),
    aggregator: organizationOf('AGGREGATOR'),
    billToAccount: accountOf(),
    priceLists: pricesOf(Object.fromEntries([PAYGO, CUSTOM, PREPAY, sku ?? PAYGO].map(({ code }) => [code, '1']))),
    frozenUntil: period('2022-02'),
    ...more,
  };
}

function fieldsOf(input: CreateAsked, facts: CreateFacts): string[] {
  const result = checkCreate(input, facts);
  return result.ok ? [] : result.errors.map(({ field }) => field);
}
const without = (input: CreateAsked, ...names: (keyof CreateAsked)[]): CreateAsked =>
  Object.fromEntries(Object.entries(input).filter(([name]) => !names.includes(name as keyof CreateAsked)));

test('a pay-as-you-go contract needs none of the negotiated fields and ignores them, right or wrong', () => {
  expect(fieldsOf(asked, factsOf(PAYGO))).toEqual([]);
  const noise = {
    term: -1,
    minCommits: ['x'],
    prepayment: 'x',
    triggerPoint: 'x',
    discount: '101',
    spf: '',
    threshold: 'x',
  };
  const result = checkCreate({ ...asked, ...noise }, factsOf(PAYGO));
  expect(result.ok && result.value.payload).toEqual({
    type: 'CREATE',
    sku: { code: PAYGO.code, contractType: 'PAY-GO', family: 'RENTAL', minimumPoints: PAYGO.minimumPoints },
    termMonths: 12,
  });
  expect(result.ok && Object.keys(result.value).sort()).toEqual(['bolDate', 'payload']);
});

test.each<[keyof CreateAsked, string]>([
  ['serviceProviderContact', 'serviceProviderContact'],
  ['licenseContact', 'licenseContact'],
  ['aggregatorContact', 'aggregatorContact'],
  ['systemContact', 'systemContact'],
  ['bolDate', 'bolDate'],
  ['currency', 'currency'],
  ['billingOrderPreference', 'billingOrderPreference'],
  ['vendorPurchaseOrder', 'vmwarePurchaseOrder'],
])('every contract needs %s', (name, field) => {
  expect(fieldsOf(without(asked, name), factsOf(PAYGO))).toEqual([field]);
});

test.each(['term', 'minCommits', 'discount', 'spf'] as const)('a custom contract needs %s', (name) => {
  expect(fieldsOf(negotiated, factsOf(CUSTOM))).toEqual([]);
  expect(fieldsOf(without(negotiated, name), factsOf(CUSTOM))).toEqual([name]);
});

test('a prepaid contract needs a prepayment that pays for its minimums, and may have a trigger point', () => {
  expect(fieldsOf(negotiated, factsOf(PREPAY))).toEqual(['prepayment']);
  expect(fieldsOf({ ...negotiated, prepayment: '119.999999' }, factsOf(PREPAY))).toEqual(['prepayment']);
  const result = checkCreate({ ...negotiated, prepayment: '120', triggerPoint: '30' }, factsOf(PREPAY));
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  expect(formatPoints(result.value.payload.prepayment ?? (0n as never))).toBe('120');
  expect(result.value.payload.minCommits?.map(formatPoints)).toEqual(negotiated.minCommits);
  expect(result.value.spf).toBe('SPF123');
  expect(fieldsOf({ ...negotiated, prepayment: '120', triggerPoint: '-1' }, factsOf(PREPAY))).toEqual(['triggerPoint']);
});

test('Worked example 16: from 21 March 2022 a year has 13 minimums, from the 1st of a month it has 12', () => {
  const twelve = { ...negotiated, minCommits: times(12, '10') };
  expect(fieldsOf(twelve, factsOf(CUSTOM))).toEqual(['minCommits']);
  expect(fieldsOf({ ...twelve, bolDate: '2022-04-01' }, factsOf(CUSTOM))).toEqual([]);
  expect(fieldsOf({ ...negotiated, bolDate: '2022-04-01' }, factsOf(CUSTOM))).toEqual(['minCommits']);
});

test.each(['RENTAL', 'LPCAAS', 'SOV'] as const)('%s contracts need a licence contact', (family) => {
  const sku = skuOf('CUSTOM', '0', family);
  expect(fieldsOf(without(negotiated, 'licenseContact'), factsOf(sku))).toEqual(['licenseContact']);
});

test('other families need no licence contact, and MSP needs a threshold', () => {
  const msp = factsOf(skuOf('PAY-GO', '0', 'MSP'));
  expect(fieldsOf(without(asked, 'licenseContact'), msp)).toEqual(['threshold']);
  expect(fieldsOf({ ...without(asked, 'licenseContact'), threshold: '900' }, msp)).toEqual([]);
  expect(fieldsOf({ ...asked, threshold: '900.001' }, msp)).toEqual(['threshold']);
});

test('a VELO contract has no minimums', () => {
  const velo = factsOf(skuOf('CUSTOM', '0', 'VELO'));
  const result = checkCreate(without(negotiated, 'minCommits'), velo);
  expect(result.ok && result.value.payload.minCommits).toBe(undefined);
  expect(result.ok).toBe(true);
});

test('AWS Resell pairs a dedicated organization with AWS, and neither takes part in anything else', () => {
  const resell = skuOf('PAY-GO', '0', 'AWS_RESELL');
  const dedicated = organizationOf('SERVICE_PROVIDER', { awsResell: true });
  const aws = organizationOf('AGGREGATOR', { awsResell: true });
  expect(fieldsOf(asked, factsOf(resell, { serviceProvider: dedicated, aggregator: aws }))).toEqual([]);
  expect(fieldsOf(asked, factsOf(resell))).toEqual(['contractSKUId', 'serviceProviderId']);
  expect(fieldsOf(asked, factsOf(PAYGO, { serviceProvider: dedicated }))).toEqual(['serviceProviderId']);
  expect(fieldsOf(asked, factsOf(PAYGO, { aggregator: aws }))).toEqual(['contractSKUId']);
});

test.each<[string, CreateAsked, Partial<CreateFacts>, string]>([
  ['a start in a frozen period', { ...asked, bolDate: '2022-02-28' }, {}, 'bolDate'],
  ['a start on no day', { ...asked, bolDate: '2022-02-30' }, {}, 'bolDate'],
  ['a start before all periods', { ...asked, bolDate: '0001-01-01' }, {}, 'bolDate'],
  ['a currency that is none', { ...asked, currency: 'XXX' }, {}, 'currency'],
  ['a currency that is not the account’s', asked, { billToAccount: accountOf({ currency: 'EUR' }) }, 'currency'],
  ['no account', asked, { billToAccount: undefined }, 'billToAccountId'],
  ['an account that is given up', asked, { billToAccount: accountOf({ active: false }) }, 'billToAccountId'],
  ['no service provider', asked, { serviceProvider: undefined }, 'serviceProviderId'],
  [
    'an aggregator for a service provider',
    asked,
    { serviceProvider: organizationOf('AGGREGATOR') },
    'serviceProviderId',
  ],
  ['a SKU without a price', asked, { priceLists: [] }, 'contractSKUId'],
  ['a SKU that is not sold yet', asked, { sku: { ...PAYGO, bolDate: period('2022-04') } }, 'contractSKUId'],
  ['no SKU', asked, { sku: undefined }, 'contractSKUId'],
  ['an address that is none', { ...asked, systemContact: 'maria' }, {}, 'systemContact'],
])('%s is refused by its field', (_what, input, facts, field) => {
  expect(fieldsOf(input, factsOf(PAYGO, facts))).toEqual([field]);
});

test.each(['-0.0001', '100.0001', '12.34567', '1e1', 'ten', ''])('a discount of %p is refused', (discount) => {
  expect(fieldsOf({ ...negotiated, discount }, factsOf(CUSTOM))).toEqual(['discount']);
});

test.each([0, -1, 1.5, 121, Number.NaN])('a term of %p months is refused', (term) => {
  expect(fieldsOf({ ...negotiated, term }, factsOf(CUSTOM))).toEqual(['term']);
});

test('each minimum that is wrong is named', () => {
  const minCommits = ['-3', ...times(11, '10'), '7.0000001'];
  expect(fieldsOf({ ...negotiated, minCommits }, factsOf(CUSTOM))).toEqual(['minCommits[0]', 'minCommits[12]']);
});

test('the errors of a request come in the same order, whatever else is wrong', () => {
  const all = fieldsOf({}, factsOf(PREPAY, { serviceProvider: undefined, billToAccount: undefined }));
  const names = Object.keys(negotiated) as (keyof CreateAsked)[];
  fc.assert(
    fc.property(fc.subarray(names), (left) => {
      const fields = fieldsOf(without(negotiated, ...left), factsOf(PREPAY));
      expect(new Set(fields).size).toBe(fields.length);
      expect(fields).toEqual(all.filter((field) => fields.includes(field)));
    }),
  );
});
