import * as fc from 'fast-check';
import type { Product } from '../../../lambdas/domain/catalogue/product.ts';
import { pointsPerUnit, type Quantity, quantity } from '../../../lambdas/domain/numbers/amounts.ts';
import { editLines, type LineOperation } from '../../../lambdas/domain/usage/edit-lines.ts';
import { lineKey } from '../../../lambdas/domain/usage/line-key.ts';
import { EDIT_REASONS, type UsageLine } from '../../../lambdas/domain/usage/usage-line.ts';
import { OCTOBER, usageLine } from '../support/builders.ts';

const CONTEXT = { userId: 'ada', time: '2026-11-04T09:00:00.000Z' };
const SITES = [
  { id: 's-1', name: 'West' },
  { id: 's-2', name: 'East' },
];
const PRODUCTS = ['A', 'B'].map(
  (code): Product => ({
    id: code,
    code,
    name: code,
    category: '',
    family: 'RENTAL',
    uom: 'GB',
    pointsPerUnit: pointsPerUnit('1'),
  }),
);

const line = (id: string, more: Partial<UsageLine> = {}): UsageLine =>
  usageLine(id, '5', '1', { productCode: 'A', siteId: 's-1', siteName: 'West', ...more });

const amount = fc.nat(20).map((n) => BigInt(n) as Quantity);
const reason = fc.option(fc.constantFrom(...EDIT_REASONS), { nil: undefined });
const comment = fc.option(fc.constantFrom('because', ' '), { nil: undefined });
const lineId = fc.constantFrom('f-1', 'f-2', 'h-1', 'new-0', 'new-1', 'nobody');
const anyOperation: fc.Arbitrary<LineOperation> = fc.oneof(
  fc.record({
    do: fc.constant('ADD' as const),
    id: fc.constant(''),
    origin: fc.constant('API' as const),
    entry: fc.record({
      usagePeriod: fc.constant(OCTOBER),
      product: fc.constantFrom(...PRODUCTS),
      site: fc.constantFrom(...SITES),
      customerNumber: fc.constant(''),
      quantity: amount,
    }),
    reason,
    comment,
  }),
  fc.record({
    do: fc.constant('CHANGE' as const),
    lineId,
    quantity: fc.option(amount, { nil: undefined }),
    site: fc.option(fc.constantFrom(...SITES), { nil: undefined }),
    reason,
    comment,
  }),
  fc.record({ do: fc.constant('DELETE' as const), lineId, reason, comment }),
);
const anyOperations = fc
  .array(anyOperation, { maxLength: 12 })
  .map((all) => all.map((each, at) => (each.do === 'ADD' ? { ...each, id: `new-${at}` } : each)));

const FILLED = [
  line('f-1', { prefilled: quantity('5'), origin: 'METER' }),
  line('f-2', { prefilled: quantity('5'), origin: 'METER', productCode: 'B' }),
];
const BEFORE = [...FILLED, line('h-1', { siteId: 's-2', siteName: 'East' })];
const byId = (lines: readonly UsageLine[]) => new Map(lines.map((each) => [each.id, each]));

test('whatever is done, what was filled in stays, changed only with a reason and with what stood there first', () => {
  fc.assert(
    fc.property(anyOperations, (operations) => {
      const { lines } = editLines(CONTEXT, BEFORE, operations);
      for (const filled of FILLED) {
        const now = byId(lines).get(filled.id);
        expect(now).toMatchObject({ prefilled: filled.prefilled, siteId: filled.siteId });
        if (now?.quantity === filled.prefilled) expect(now?.edit).toBeUndefined();
        else expect(now?.edit).toMatchObject({ original: { quantity: filled.prefilled }, userId: 'ada' });
      }
    }),
  );
});

test('whatever is done, there is one line of a thing, and each operation is done as a whole or not at all', () => {
  fc.assert(
    fc.property(anyOperations, (operations) => {
      const { lines, outcomes } = editLines(CONTEXT, BEFORE, operations);
      expect(new Set(lines.map(lineKey)).size).toBe(lines.length);
      expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
      const done = operations.filter((_, at) => outcomes[at]?.ok);
      expect(editLines(CONTEXT, BEFORE, done).lines).toEqual(lines);
    }),
  );
});

test('of an adjustment every change has a reason, every billed line stays, and what is as it was billed has no edit', () => {
  const billed = byId(BEFORE);
  fc.assert(
    fc.property(anyOperations, (operations) => {
      const { lines } = editLines({ ...CONTEXT, billed }, BEFORE, operations);
      const now = byId(lines);
      for (const each of BEFORE) expect(now.has(each.id)).toBe(true);
      for (const each of lines) {
        const was = billed.get(each.id);
        const isAsBilled = was?.quantity === each.quantity && was.siteId === each.siteId;
        expect(each.edit === undefined).toBe(isAsBilled);
        if (each.edit) expect(each.edit.original?.quantity).toBe(was?.quantity);
      }
    }),
  );
});

test('a line whose site was never told by its id is found by its name', () => {
  const { siteId: _, ...named } = line('old');
  const entry = {
    usagePeriod: OCTOBER,
    product: PRODUCTS[0] as Product,
    site: SITES[0],
    customerNumber: '',
    quantity: 1n,
  };
  const add = { do: 'ADD', id: 'new', origin: 'API', entry } as LineOperation;
  expect(editLines(CONTEXT, [named], [add]).outcomes).toMatchObject([{ ok: false, fault: { kind: 'EXISTS' } }]);
});
