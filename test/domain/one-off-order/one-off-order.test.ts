import fc from 'fast-check';
import { formatQuantity } from '../../../lambdas/domain/numbers/amounts.ts';
import {
  checkLicenses,
  licenseKeyFaults,
  oneOffOrderId,
  oneOffOrderRefusal,
  placeOfOneOffOrder,
} from '../../../lambdas/domain/one-off-order/one-off-order.ts';
import { signed, skuOf } from '../support/contracts.ts';

const { contract } = signed(skuOf('PAY-GO'), '2026-01-01');
const PRODUCTS = [
  { code: 'CORE', name: 'Core', family: 'RENTAL' },
  { code: 'NET', name: 'Network', family: 'RENTAL' },
  { code: 'EDGE', name: 'Edge', family: 'VELO' },
] as const;
const check = (...asked: [string, string][]) =>
  checkLicenses(
    asked.map(([productCode, quantity]) => ({ productCode, quantity })),
    PRODUCTS,
    contract,
  );

test.each([
  [{}, undefined],
  [{ status: 'PENDING_TERMINATION' }, 'CONTRACT_STATUS'],
  [{ status: 'CREATE_IN_PROCESS', delinquent: true }, 'CONTRACT_STATUS'],
  [{ delinquent: true }, 'CONTRACT_DELINQUENT'],
  [{ listing: { ...contract.listing, familyType: 'VELO' } }, 'NOT_LICENSED'],
  [{ listing: { ...contract.listing, familyType: 'SOV' } }, undefined],
  [{ listing: { ...contract.listing, familyType: 'LPCAAS' } }, undefined],
] as const)('licences for a contract that is %j: %s', (over, refusal) => {
  expect(oneOffOrderRefusal({ ...contract, status: 'ACTIVE', delinquent: false, ...over })).toBe(refusal);
});

test('licences are whole numbers of products of the family, each once', () => {
  const asked = check(['CORE', '10'], ['NET', '1']);
  expect(
    asked.ok && asked.value.map(({ productName, quantity }) => `${productName} ${formatQuantity(quantity)}`),
  ).toEqual(['Core 10', 'Network 1']);
});

test.each([
  [[['EDGE', '1']], ['licenses[0].code']],
  [[['constructor', '1']], ['licenses[0].code']],
  [[['CORE', '0']], ['licenses[0].quantity']],
  [[['CORE', '-1']], ['licenses[0].quantity']],
  [[['CORE', '1.5']], ['licenses[0].quantity']],
  [[['CORE', '1000001']], ['licenses[0].quantity']],
  [[['CORE', 'ten']], ['licenses[0].quantity']],
  [
    [
      ['CORE', '1'],
      ['CORE', '2'],
    ],
    ['licenses[1].code'],
  ],
] as [[string, string][], string[]][])('an order of %j is refused at %j', (asked, fields) => {
  const result = check(...asked);
  expect(result.ok ? [] : result.errors.map(({ field }) => field)).toEqual(fields);
});

const CODES = new Set(['CORE', 'NET']);
const faults = (keys: [string, string][], kind: 'EXTRA' | 'INITIAL' = 'EXTRA') => {
  const ordered = check(['CORE', '1']);
  const licenses = ordered.ok && kind === 'EXTRA' ? ordered.value : [];
  return licenseKeyFaults(
    { kind, licenses },
    keys.map(([productCode, key]) => ({ productCode, key })),
    CODES,
  ).map(({ field }) => field);
};

test('keys are of what was ordered, at least one of each, none twice', () => {
  expect(faults([['CORE', 'A']])).toEqual([]);
  expect(faults([['NET', 'A']])).toEqual(['licenseKeys[0].code', 'licenseKeys']);
  expect(
    faults([
      ['CORE', 'A'],
      ['CORE', 'A'],
    ]),
  ).toEqual(['licenseKeys[1].key']);
});

test('what comes with a contract may be of any product of the family', () => {
  expect(faults([['NET', 'A']], 'INITIAL')).toEqual([]);
  expect(faults([['EDGE', 'A']], 'INITIAL')).toEqual(['licenseKeys[0].code']);
});

test('an order is found by its id, whatever the id of its contract', () => {
  const id = fc.stringMatching(/^[\w-]{1,40}$/);
  fc.assert(
    fc.property(id, fc.nat(999_999), (contractId, place) => {
      expect(placeOfOneOffOrder(oneOffOrderId(contractId, place))).toEqual({ contractId, place });
    }),
  );
  expect(placeOfOneOffOrder('nothing')).toBeUndefined();
});
