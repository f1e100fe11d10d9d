import type { BillingOrder } from '../../../lambdas/domain/billing-order/billing-order.ts';
import { heldUsage } from '../../../lambdas/domain/billing-order/held-usage.ts';
import type { ContractType } from '../../../lambdas/domain/catalogue/family.ts';
import { type RateInput, rateOrder } from '../../../lambdas/domain/charging/rate-order.ts';
import { type MinorUnits, percent, points, unitPrice } from '../../../lambdas/domain/numbers/amounts.ts';
import { formatMoney } from '../../../lambdas/domain/numbers/currency.ts';
import type { UsageLine } from '../../../lambdas/domain/usage/usage-line.ts';
import { amountsOf, OCTOBER, usageLine } from '../support/builders.ts';

const party = (name: string) => ({ name, number: `${name}-1`, address: [] });

function input(lines: readonly UsageLine[], minimum: string, price: string, contractType: ContractType): RateInput {
  const order: BillingOrder = {
    id: 'order-1',
    contractId: 'contract-1',
    contractNumber: '1',
    serviceProviderId: 'sp',
    aggregatorId: 'agg',
    usagePeriod: OCTOBER,
    revision: 1,
    status: 'PENDING_VENDOR',
    autoReportType: 'NONE',
    serviceProviderPurchaseOrder: 'PO-1',
    vendorPurchaseOrder: '',
    billingOrderPreference: 'ONLINE',
    lineSet: '1',
    held: heldUsage(OCTOBER, lines, new Map()),
    lastModifiedTime: '2026-11-01T00:00:00.000Z',
    version: 1,
  };
  return {
    order,
    contract: { id: 'contract-1', contractNumber: '1', contractReferenceNumber: 'AMER1RENTAL', currency: 'USD' },
    terms: {
      sku: { code: 'SKU', contractType, family: 'RENTAL' },
      minimumCommit: points(minimum),
      basis: {
        contractRevision: 1,
        listPrice: unitPrice(price),
        discount: percent('0'),
        sellingPrice: unitPrice(price),
      },
    },
    parties: {
      vendor: party('vendor'),
      aggregator: party('aggregator'),
      billTo: party('bill-to'),
      serviceProvider: party('provider'),
      taxRate: percent('19'),
    },
    lines,
    tiers: new Map(),
  };
}

function drafted(of: RateInput) {
  const result = rateOrder(of);
  if (!result.ok || result.outcome !== 'INVOICED') throw new Error('no invoice');
  return result.draft;
}

test('Worked example 5: CUSTOM, the underage fills the month up to its minimum at the discounted price', () => {
  const draft = drafted(input([usageLine('1', '7.25', '1')], '10', '0.80', 'CUSTOM'));
  expect(draft.commit.underage).toBe(points('2.75'));
  expect(amountsOf({ ...draft, currency: 'USD' })).toEqual(['5.80', '2.20']);
  expect(formatMoney(draft.net, 'USD')).toBe('8.00');
});

test('Worked example 15: tax is once on the net sum', () => {
  const lines = ['1', '2', '3'].map((id) => usageLine(id, '1', '1'));
  const draft = drafted(input(lines, '0', '10.03', 'CUSTOM'));
  expect(draft.net).toBe(3009n);
  expect(draft.taxes).toEqual([{ rate: percent('19'), base: 3009n, amount: 572n }]);
  expect(draft.gross).toBe(3581n);
});

test('an order with a line gets an invoice even at 0.00', () => {
  expect(drafted(input([usageLine('1', '0', '1')], '0', '1', 'PAY-GO')).net).toBe(0n);
});

test('an order without a line and without a minimum has nothing to bill', () => {
  expect(rateOrder(input([], '0', '1', 'PAY-GO'))).toEqual({ ok: true, outcome: 'NOTHING_TO_BILL' });
  expect(rateOrder(input([], '1', '1', 'PAY-GO'))).toMatchObject({ outcome: 'INVOICED' });
});

test('an order without a line and without a minimum is invoiced when an early end was settled, with tax', () => {
  const of = input([], '0', '1', 'CUSTOM');
  const draft = drafted({ ...of, terms: { ...of.terms, settlement: 100_00n as MinorUnits } });
  expect(draft.lines.map(({ kind }) => kind)).toEqual(['SETTLEMENT']);
  expect([draft.net, draft.gross]).toEqual([10000n, 11900n]);
});

test('lines that are not all of what was sealed are not rated', () => {
  const whole = input([usageLine('1', '2', '1'), usageLine('2', '0', '1')], '0', '1', 'PAY-GO');
  const refused = { ok: false, reason: 'QUANTITY_MISMATCH' };
  expect(rateOrder({ ...whole, lines: whole.lines.slice(0, 1) })).toEqual(refused);
  expect(rateOrder({ ...whole, lines: [usageLine('1', '3', '1'), usageLine('2', '0', '1')] })).toEqual(refused);
});

test('a PRE-PAY order without a ledger entry has balance 0; a balance counts for no other type', () => {
  const lines = [usageLine('1', '3', '1')];
  const prepay = drafted(input(lines, '10', '1', 'PRE-PAY'));
  expect(prepay.commit.prepayment?.balanceBefore).toBe(0n);
  expect(prepay.net).toBe(300n);
  const custom = drafted({ ...input(lines, '10', '1', 'CUSTOM'), balance: points('100') });
  expect(custom.commit.prepayment).toBeUndefined();
  expect(custom.net).toBe(1000n);
});
