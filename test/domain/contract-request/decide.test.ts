import { plainDate } from '../../../lambdas/domain/calendar/period.ts';
import { decided } from '../../../lambdas/domain/contract-request/decide.ts';
import { prepaymentAskedFor } from '../../../lambdas/domain/contract-request/prepayment-asked.ts';
import type { RequestPayload } from '../../../lambdas/domain/contract-request/request.ts';
import { owedDocument } from '../../../lambdas/domain/contract-request/rules.ts';
import { CONTRACT_REQUEST_STATUSES } from '../../../lambdas/domain/contract-request/status.ts';
import { type MinorUnits, points } from '../../../lambdas/domain/numbers/amounts.ts';
import { approved, LOCKED, signed, skuOf, times } from '../support/contracts.ts';

const MADE = { by: 'vera', on: plainDate('2026-11-12'), comment: 'As agreed' };
const {
  id: _id,
  bolDate: _bol,
  termMonths: _term,
  discount: _discount,
  commitType: _type,
  commitValue: _value,
  ...sku
} = skuOf('PRE-PAY');
const CREATE: RequestPayload = { type: 'CREATE', sku, locked: LOCKED, prepayment: points('120') };
const TOPUP: RequestPayload = {
  type: 'TOPUP',
  termMonths: 12,
  burnDownSchedule: [],
  prepayment: points('10'),
  vendorPurchaseOrder: 'PO-7',
};
const UPGRADE: RequestPayload = { type: 'UPGRADE', sku };

const possible = (payload: RequestPayload, decision: Parameters<typeof decided>[1]) =>
  CONTRACT_REQUEST_STATUSES.flatMap((status) => {
    const result = decided(approved(payload, '2026-12-01', { status }), decision, MADE);
    return result.ok ? `${status} → ${result.request.status}` : [];
  });

test('a request can be decided while it is open, and goes where the table says', () => {
  expect(possible(UPGRADE, 'approve')).toEqual(['PENDING_APPROVAL → PENDING_EFFECTIVE_DATE']);
  expect(possible(CREATE, 'approve')).toEqual(['PENDING_APPROVAL → PENDING_VENDOR']);
  expect(possible(CREATE, 'askToRevise')).toEqual(['PENDING_APPROVAL → PENDING_REVISE']);
  expect(possible(CREATE, 'reject')).toEqual(['PENDING_APPROVAL → REJECTED']);
  expect(possible(CREATE, 'stop').map((move) => move.split(' → ')[0])).toEqual([
    'PENDING_REVISE',
    'PENDING_APPROVAL',
    'PENDING_EFFECTIVE_DATE',
    'PENDING_VENDOR',
  ]);
});

test('what an early end is settled at is kept with its approval alone', () => {
  const settlement = { amount: 1n as MinorUnits, currency: 'USD' };
  const end = approved({ type: 'TERMINATE', reason: 'COVID Impact' }, '2026-12-01', { status: 'PENDING_APPROVAL' });
  expect(decided(end, 'approve', { ...MADE, settlement })).toMatchObject({ request: { settlement } });
  expect(decided(end, 'reject', { ...MADE, settlement })).not.toHaveProperty('request.settlement');
});

test('who decided and what was said is kept; the day of approval alone is the date of an invoice', () => {
  const waiting = approved(CREATE, '2026-12-01', { status: 'PENDING_APPROVAL' });
  const said = { approverId: 'vera', approverComment: 'As agreed' };
  expect(decided(waiting, 'approve', MADE)).toMatchObject({ request: { ...said, approvedOn: '2026-11-12' } });
  const rejected = decided(waiting, 'reject', MADE);
  expect(rejected).toMatchObject({ request: said });
  expect(rejected.ok && rejected.request.approvedOn).toBe(undefined);
});

test('an approved prepayment owes an invoice, one that came to nothing a credit note for it, and nothing else', () => {
  const owing = (payload: RequestPayload, more: object) =>
    CONTRACT_REQUEST_STATUSES.flatMap((status) => {
      const owed = owedDocument(approved(payload, '2026-12-01', { status, ...more }));
      return owed ? `${status} ${owed}` : [];
    });
  const approvedOn = plainDate('2026-11-12');
  const invoiceNumber = 'INV-1';
  const all = ['PENDING_VENDOR INVOICE', 'WITHDRAWN INVOICE', 'STOPPED INVOICE'];
  expect(owing(CREATE, { approvedOn })).toEqual(all);
  expect(owing(CREATE, {})).toEqual([]);
  expect(owing(UPGRADE, { approvedOn })).toEqual([]);
  expect(owing(CREATE, { approvedOn, invoiceNumber })).toEqual(['WITHDRAWN CREDIT_NOTE', 'STOPPED CREDIT_NOTE']);
  expect(owing(CREATE, { approvedOn, invoiceNumber, creditNoteNumber: 'CRN-1' })).toEqual([]);
});

test('a prepayment is sold at the price its request locks, a top-up at the one that is locked already', () => {
  const { contract, revisions } = signed(skuOf('PRE-PAY'), '2026-01-01', 12, times(12, '10'));
  const asked = (payload: RequestPayload) => prepaymentAskedFor(contract, revisions, approved(payload, '2026-12-01'));
  expect(asked(CREATE)).toMatchObject({ locked: LOCKED, points: points('120'), vendorPurchaseOrder: 'PO-1' });
  expect(asked(TOPUP)).toMatchObject({ locked: LOCKED, points: points('10'), vendorPurchaseOrder: 'PO-7' });
  expect(asked(UPGRADE)).toBe(undefined);
  expect(() => prepaymentAskedFor(contract, [], approved(TOPUP, '2026-12-01'))).toThrow(/at no price/);
});
