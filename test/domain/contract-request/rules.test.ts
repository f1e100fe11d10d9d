import { period, plainDate } from '../../../lambdas/domain/calendar/period.ts';
import { listedPrice } from '../../../lambdas/domain/catalogue/price-list.ts';
import type { Contract } from '../../../lambdas/domain/contract/contract.ts';
import { contractAfter } from '../../../lambdas/domain/contract-request/contract-after.ts';
import { lockPrice, priceOfPrepayment } from '../../../lambdas/domain/contract-request/price.ts';
import {
  CONTRACT_REQUEST_TYPES,
  type RequestPayload,
  requestToken,
} from '../../../lambdas/domain/contract-request/request.ts';
import {
  approvalFault,
  approvalVerb,
  contractStatusAfter,
  needsCreditNote,
  requestRefusal,
  startStatus,
} from '../../../lambdas/domain/contract-request/rules.ts';
import { CONTRACT_REQUEST_STATUSES } from '../../../lambdas/domain/contract-request/status.ts';
import { percent, points } from '../../../lambdas/domain/numbers/amounts.ts';
import { approved, LOCKED, pricesOf, signed, skuOf } from '../support/contracts.ts';

const PAYGO = skuOf('PAY-GO', '1800');
const paygo = signed(PAYGO, '2022-01-01', 12).contract;
const custom = signed(skuOf('CUSTOM'), '2022-01-01', 12).contract;
const upgrade: RequestPayload = { type: 'UPGRADE', sku: PAYGO };
const schedule = { termMonths: 12, burnDownSchedule: [] };

test.each<[string, RequestPayload, typeof paygo, string]>([
  ['PAY-GO created', { type: 'CREATE', sku: PAYGO }, paygo, 'PENDING_EFFECTIVE_DATE'],
  ['PAY-GO upgraded', upgrade, paygo, 'PENDING_EFFECTIVE_DATE'],
  ['basic information', { type: 'BASIC_INFO_UPDATE', changes: {} }, paygo, 'PENDING_EFFECTIVE_DATE'],
  ['CUSTOM created', { type: 'CREATE', sku: skuOf('CUSTOM') }, custom, 'PENDING_APPROVAL'],
  ['CUSTOM to PAY-GO', upgrade, custom, 'PENDING_APPROVAL'],
  ['PAY-GO downgraded', { type: 'DOWNGRADE', sku: PAYGO }, paygo, 'PENDING_APPROVAL'],
  ['terminated', { type: 'TERMINATE', reason: 'COVID Impact' }, paygo, 'PENDING_APPROVAL'],
  ['PAY-GO renewed', { type: 'RENEW', termMonths: 12 }, paygo, 'PENDING_APPROVAL'],
  ['amended', { type: 'AMEND', ...schedule, locked: LOCKED }, custom, 'PENDING_APPROVAL'],
  ['threshold', { type: 'THRESHOLD_UPDATE', threshold: points('1') }, paygo, 'PENDING_APPROVAL'],
])('%s starts where the law says', (_what, payload, contract, status) => {
  expect(startStatus(payload, contract)).toBe(status);
});

test('approval waits for the invoice of a prepayment and for nothing else', () => {
  const topUp = { type: 'TOPUP', ...schedule, prepayment: points('1'), vendorPurchaseOrder: 'PO' } as const;
  expect(approvalVerb(topUp)).toBe('approveAndInvoice');
  expect(approvalVerb({ type: 'CREATE', sku: skuOf('CUSTOM') })).toBe('approve');
  expect(approvalVerb({ type: 'PREPAY_AMEND', ...schedule, triggerPoint: points('1') })).toBe('approve');
});

test('an invoice is credited when its request comes to nothing', () => {
  const credited = CONTRACT_REQUEST_STATUSES.filter((status) => needsCreditNote({ status, invoiceNumber: 'INV-1' }));
  expect(credited).toEqual(['WITHDRAWN', 'STOPPED']);
  expect(needsCreditNote({ status: 'WITHDRAWN' })).toBe(false);
});

test('a request is made in the states of a contract that have a use for it', () => {
  const allowed = (status: typeof paygo.status) =>
    CONTRACT_REQUEST_TYPES.filter((type) => requestRefusal(type, { status }, []) === undefined);
  expect(allowed('DRAFT')).toEqual(['CREATE']);
  expect(allowed('ACTIVE')).toEqual(CONTRACT_REQUEST_TYPES.filter((type) => type !== 'CREATE'));
  expect(allowed('PENDING_EXPIRATION')).toEqual(['TERMINATE', 'RENEW', 'BASIC_INFO_UPDATE']);
  expect(allowed('PENDING_TERMINATION')).toEqual(['BASIC_INFO_UPDATE']);
  for (const status of ['CREATE_IN_PROCESS', 'REJECTED', 'EXPIRED', 'TERMINATED', 'DEACTIVATED'] as const) {
    expect(allowed(status)).toEqual([]);
  }
});

test('requests that change terms go one after the other; a termination and a threshold go beside them', () => {
  const open = [approved(upgrade, '2022-04-01')];
  const refused = CONTRACT_REQUEST_TYPES.filter((type) => requestRefusal(type, paygo, open)?.reason === 'REQUEST_OPEN');
  expect(refused).toEqual(['UPGRADE', 'DOWNGRADE', 'RENEW', 'TOPUP', 'AMEND', 'PREPAY_AMEND']);
  expect(requestRefusal('RENEW', paygo, [approved(upgrade, '2022-04-01', { status: 'COMPLETED' })])).toBe(undefined);
});

test('an approval that comes too late asks for another date', () => {
  const late = approved(upgrade, '2022-04-01');
  expect(approvalFault(late, plainDate('2022-05-20'), period('2022-03'))).toBe(undefined);
  expect(approvalFault(late, plainDate('2022-05-20'), period('2022-04'))?.field).toBe('effectiveDate');
  expect(
    approvalFault({ ...late, payload: { type: 'CREATE', sku: PAYGO } }, plainDate('2022-05-20'), period('2022-04'))
      ?.field,
  ).toBe('bolDate');
  const renewal = approved({ type: 'RENEW', termMonths: 12 }, '2022-04-01');
  expect(approvalFault(renewal, plainDate('2022-04-02'), undefined)?.field).toBe('effectiveDate');
  expect(approvalFault(renewal, plainDate('2022-04-01'), undefined)).toBe(undefined);
});

test('requests about the beginning and the end move the contract, all others leave it', () => {
  const created = { status: 'CREATE_IN_PROCESS' } as const;
  expect(contractStatusAfter(created, 'CREATE', 'WITHDRAWN', 'AGGREGATOR')).toBe('DRAFT');
  expect(contractStatusAfter(created, 'CREATE', 'REJECTED', 'VENDOR')).toBe('REJECTED');
  expect(contractStatusAfter(created, 'CREATE', 'STOPPED', 'VENDOR')).toBe('REJECTED');
  expect(contractStatusAfter({ status: 'DRAFT' }, 'CREATE', 'ASKED', 'AGGREGATOR')).toBe('CREATE_IN_PROCESS');
  expect(contractStatusAfter(paygo, 'TERMINATE', 'ASKED', 'AGGREGATOR')).toBe('PENDING_TERMINATION');
  const ending = { status: 'PENDING_TERMINATION' } as const;
  expect(contractStatusAfter(ending, 'TERMINATE', 'WITHDRAWN', 'AGGREGATOR')).toBe('ACTIVE');
  expect(contractStatusAfter(ending, 'TERMINATE', 'REJECTED', 'VENDOR')).toBe('ACTIVE');
  expect(contractStatusAfter(ending, 'TERMINATE', 'STOPPED', 'SYSTEM')).toBe('ACTIVE');
  expect(contractStatusAfter({ status: 'EXPIRED' }, 'TERMINATE', 'STOPPED', 'SYSTEM')).toBe('EXPIRED');
  expect(contractStatusAfter(paygo, 'TOPUP', 'REJECTED', 'VENDOR')).toBe('ACTIVE');
});

test('a contract whose termination came to nothing is where it would be without one', () => {
  const ending: Contract = { ...paygo, status: 'PENDING_TERMINATION', reviewOn: plainDate('2022-11-01') };
  const back = (contract: Contract, on: string) => {
    const made = contractAfter(contract, 'TERMINATE', 'WITHDRAWN', { by: 'AGGREGATOR', on: plainDate(on) });
    return [made.status, made.reviewOn];
  };
  expect(back(ending, '2022-12-31')).toEqual(['ACTIVE', '2022-11-01']);
  expect(back(ending, '2023-01-01')).toEqual(['PENDING_EXPIRATION', '2023-02-01']);
  // Its grace is over too: the look at it that is due ends it.
  expect(back(ending, '2023-02-01')).toEqual(['ACTIVE', '2023-02-01']);
  expect(back({ ...ending, status: 'EXPIRED' }, '2023-02-01')).toEqual(['EXPIRED', '2022-11-01']);
});

test('a token says contract, aggregator, month and place', () => {
  const token = requestToken({ contractNumber: '100002', requests: 100 }, '00012', plainDate('2023-03-01'));
  expect(token).toBe('C-100002-00012-2303-0000101');
});

test('a prepayment is invoiced at the locked price, in money families at its amount', () => {
  const sku = skuOf('PRE-PAY');
  const price = listedPrice(pricesOf({ [sku.code]: '1.234567' }), sku, 'USD', period('2022-03'));
  if (!price) throw new Error('no price');
  const locked = lockPrice(price, percent('12.5'));
  expect(priceOfPrepayment(points('100'), sku, locked, 'USD')).toEqual({ price: 1_080_246n, net: 10_802n });
  const money = skuOf('PRE-PAY', '0', 'MSP');
  const one = listedPrice(pricesOf({}), money, 'USD', period('2022-03'));
  expect(one && priceOfPrepayment(points('240'), money, lockPrice(one, percent('10')), 'USD').net).toBe(24_000n);
  expect(listedPrice(pricesOf({}), sku, 'USD', period('2022-03'))).toBe(undefined);
});
