import { period, plainDate } from '../../../lambdas/domain/calendar/period.ts';
import { deactivated } from '../../../lambdas/domain/contract/deactivate.ts';
import { hasBillingOrder } from '../../../lambdas/domain/contract/order-months.ts';
import { CONTRACT_STATUSES } from '../../../lambdas/domain/contract/status.ts';
import { points } from '../../../lambdas/domain/numbers/amounts.ts';
import { signed, skuOf, times } from '../support/contracts.ts';

const TODAY = plainDate('2026-11-12');
const { contract } = signed(skuOf('CUSTOM'), '2026-01-01', 12, times(12, '10'), { reviewOn: plainDate('2026-12-01') });

test('a contract that runs is deactivated, no other', () => {
  const possible = CONTRACT_STATUSES.filter((status) => deactivated({ ...contract, status }, TODAY).ok);
  expect(possible).toEqual(['ACTIVE', 'PENDING_EXPIRATION', 'PENDING_TERMINATION']);
});

test('that day is its last active one, unless it ended before; it is not looked at again', () => {
  const { reviewOn: _review, ...rest } = contract;
  expect(deactivated(contract, TODAY)).toEqual({
    ok: true,
    contract: { ...rest, status: 'DEACTIVATED', eolDate: '2026-11-12' },
  });
  const ended = { ...contract, status: 'PENDING_EXPIRATION', eolDate: plainDate('2026-10-31') } as const;
  expect(deactivated(ended, TODAY)).toMatchObject({ contract: { eolDate: '2026-10-31' } });
});

test('deactivated in its grace, what was used in the grace until that day is still billed', () => {
  const paygo = signed(skuOf('PAY-GO', '360'), '2025-11-01', 12).contract;
  const inGrace = { ...paygo, status: 'PENDING_EXPIRATION' } as const;
  const result = deactivated(inGrace, TODAY);
  expect(result).toMatchObject({ ok: true, contract: { eolDate: '2026-11-12' } });
  expect(result.ok && hasBillingOrder(result.contract, period('2026-11'))).toBe(true);
  // Nobody had looked at it since its grace was over.
  expect(deactivated(inGrace, plainDate('2027-01-15'))).toMatchObject({ contract: { eolDate: '2026-11-30' } });
});

test('with a prepayment it is looked at from the next day on', () => {
  const prepaid = { ...contract, prepaid: points('120') };
  expect(deactivated(prepaid, TODAY)).toMatchObject({ contract: { reviewOn: '2026-11-13' } });
});
