import fc from 'fast-check';
import { toCanonicalDraft } from '../../lambdas/documents/canonical-mapping.ts';
import { heldUsage } from '../../lambdas/domain/billing-order/held-usage.ts';
import { expectedSummary } from '../../lambdas/domain/billing-order/summary.ts';
import type { ContractType } from '../../lambdas/domain/catalogue/family.ts';
import { chargePoints } from '../../lambdas/domain/charging/charge-points.ts';
import { pointsTermsOf } from '../../lambdas/domain/charging/points-terms.ts';
import { discounted, percent, points, unitPrice } from '../../lambdas/domain/numbers/amounts.ts';
import { formatMoney } from '../../lambdas/domain/numbers/currency.ts';
import { billedSummary } from '../../lambdas/use-cases/billed-summary.ts';
import { OCTOBER, usageLine } from '../domain/support/builders.ts';

const PARTY = { name: '', number: '', address: [] };

/** What an order of these terms says of itself while it is open, and once it is billed with its usage. */
function summaries(of: {
  type: ContractType;
  minimum: string;
  list: string;
  discount: string;
  overage?: string;
  balance?: string;
  lines: readonly (readonly [amount: string, ppu: string, inMinCommit: boolean])[];
}) {
  const [listPrice, discount] = [unitPrice(of.list), percent(of.discount)];
  const basis = {
    contractRevision: 1,
    listPrice,
    discount,
    sellingPrice: discounted(listPrice, discount),
    ...(of.overage !== undefined && { overagePrice: unitPrice(of.overage) }),
  };
  const sku = { code: 'SKU', contractType: of.type, family: 'RENTAL' } as const;
  const terms = { sku, minimumCommit: points(of.minimum), basis };
  const lines = of.lines.map(([amount, ppu, inMinCommit], n) => usageLine(String(n), amount, ppu, { inMinCommit }));
  const balance = of.balance === undefined ? undefined : points(of.balance);
  const charge = chargePoints(OCTOBER, lines, pointsTermsOf(terms, 'USD', new Map(), balance));
  const draft = toCanonicalDraft({
    kind: 'ORDER',
    source: { id: 'order', revision: 1 },
    usagePeriod: OCTOBER,
    currency: 'USD',
    vendor: PARTY,
    aggregator: PARTY,
    billTo: PARTY,
    serviceProvider: PARTY,
    contract: {
      id: '',
      number: '',
      referenceNumber: '',
      skuCode: sku.code,
      contractType: sku.contractType,
      family: sku.family,
    },
    serviceProviderPurchaseOrder: '',
    vendorPurchaseOrder: '',
    lines: charge.lines,
    commit: charge.commit,
    basis,
    net: charge.net,
    taxes: [],
    gross: charge.net,
  });
  const open = expectedSummary(heldUsage(OCTOBER, lines, new Map()), { ...terms, currency: 'USD' });
  return { open, billed: billedSummary(draft), net: charge.net };
}

const decimals = (most: number, places: number) =>
  fc.integer({ min: 0, max: most * 10 ** places }).map((n) => (n / 10 ** places).toFixed(places));
const lines = fc.array(fc.tuple(decimals(500, 6), decimals(9, 4), fc.boolean()), { maxLength: 6 });

test('what an open order promises is what it is billed with, to the last digit', () => {
  fc.assert(
    fc.property(
      fc.record({
        type: fc.constantFrom('PAY-GO', 'CUSTOM'),
        minimum: decimals(2_000, 2),
        list: decimals(3, 6),
        discount: decimals(100, 4),
        lines,
      }),
      fc.option(decimals(3, 6), { nil: undefined }),
      (terms, overage) => {
        const { open, billed, net } = summaries({ ...terms, ...(overage !== undefined && { overage }) });
        expect(billed).toEqual(open);
        expect(open.sellingPrice).toBe(net);
      },
    ),
  );
});

test('prices of a prepaid order are those of its usage, whatever the balance covers', () => {
  const of = { type: 'PRE-PAY', minimum: '10', list: '1', discount: '20', lines: [['4', '1', true]] } as const;
  const { open, billed, net } = summaries({ ...of, balance: '120' });
  expect(net).toBe(0n);
  expect(billed).toEqual(open);
  expect([open.total, open.listPrice, open.sellingPrice].map(String)).toEqual([String(points('10')), '400', '320']);
  // Overage that is billed in cash has its surcharge once it is billed: 4 points at 0.80, all above the minimum of 0.
  const over = summaries({ ...of, minimum: '0', overage: '1', balance: '0' });
  expect([over.open, over.billed].map(({ sellingPrice }) => formatMoney(sellingPrice, 'USD'))).toEqual([
    '3.20',
    '4.00',
  ]);
});
