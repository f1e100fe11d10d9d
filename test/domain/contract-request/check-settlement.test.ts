import { checkSettlement } from '../../../lambdas/domain/contract-request/check-settlement.ts';
import { signed, skuOf } from '../support/contracts.ts';

const custom = signed(skuOf('CUSTOM'), '2022-01-01', 12).contract;
const check = (
  amount: string,
  currency = 'USD',
  contract = custom,
  type: Parameters<typeof checkSettlement>[2] = 'TERMINATE',
) => checkSettlement({ amount, currency }, contract, type);

test('a settlement is an exact amount in the currency of the contract', () => {
  expect(check('1234.5')).toEqual({ ok: true, value: { amount: 123450n, currency: 'USD' } });
  expect(check('0')).toMatchObject({ ok: true, value: { amount: 0n } });
  expect(check('1000000000000')).toMatchObject({ ok: true });
  expect(check('12', 'JPY', { ...custom, currency: 'JPY' })).toMatchObject({ value: { amount: 12n } });
});

test.each([
  ['CUSTOM', 'MSP'],
  ['PRE-PAY', 'MSP'],
  ['PAY-GO', 'MSP'],
  ['CUSTOM', 'LPCAAS'],
  ['PAY-GO', 'LPCAAS'],
] as const)('what lapses of a %s contract of %s may be settled', (type, family) => {
  const { contract } = signed(skuOf(type, '0', family), '2022-01-01', 12);
  expect(check('5.00', 'USD', contract)).toEqual({ ok: true, value: { amount: 500n, currency: 'USD' } });
});

test.each([
  ['more decimals than the currency has', check('1.005'), 'settlement.amount'],
  ['decimals of a currency that has none', check('1.5', 'JPY', { ...custom, currency: 'JPY' }), 'settlement.amount'],
  ['less than nothing', check('-0.01'), 'settlement.amount'],
  ['more than anybody commits to', check('1000000000000.01'), 'settlement.amount'],
  ['no number', check('1e3'), 'settlement.amount'],
  ['another currency', check('1', 'EUR'), 'settlement.currency'],
  [
    'a contract without minimums for each month',
    check('1', 'USD', signed(skuOf('PAY-GO'), '2022-01-01', 12).contract),
    'settlement',
  ],
  [
    'a money family without commitments',
    check('1', 'USD', signed(skuOf('PAY-GO', '0', 'VELO'), '2022-01-01', 12).contract),
    'settlement',
  ],
  ['anything but a termination', check('1', 'USD', custom, 'AMEND'), 'settlement'],
])('%s is refused, naming the field', (_, checked, field) => {
  expect(checked).toMatchObject({ ok: false, errors: [{ field }] });
});
