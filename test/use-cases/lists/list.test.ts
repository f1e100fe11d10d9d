import fc from 'fast-check';
import type { PortalError } from '../../../lambdas/use-cases/errors.ts';
import { compileList } from '../../../lambdas/use-cases/lists/list.ts';
import { TEST_LIST, type TestRow } from './rows.ts';

const rowsOf = (count: number): TestRow[] =>
  Array.from({ length: count }, (_, n) => ({ id: String(n).padStart(6, '0'), price: String(n % 7) }));

function refusal(act: () => unknown): Pick<PortalError, 'code' | 'message' | 'errors'> {
  try {
    act();
  } catch (error) {
    return error as PortalError;
  }
  throw new Error('nothing was refused');
}

test('a page has the rows of the filter, sorted, and the exact total', () => {
  const page = compileList(TEST_LIST, { filter: 'price=ge=5', sort: '-price', limit: 2, offset: 1 });
  expect(page(rowsOf(21))).toEqual({
    content: [
      { id: '000013', price: '6' },
      { id: '000020', price: '6' },
    ],
    total: 6,
  });
});

test('an empty filter takes all rows, an empty sort is the default one', () => {
  const page = compileList(TEST_LIST, { filter: ' ', sort: '', limit: 2, offset: 0 });
  expect(page([{ id: '1', name: 'b' }, { id: '2', name: 'a' }, { id: '3' }]).content.map(({ id }) => id)).toEqual([
    '2',
    '1',
  ]);
});

test('a wrong filter and a wrong sort are refused together, before any row is read', () => {
  const { code, message, errors } = refusal(() =>
    compileList(TEST_LIST, { filter: 'x==1', sort: 'y', limit: 1, offset: 0 }),
  );
  expect([code, errors.map(({ field }) => field)]).toEqual(['BAD_REQUEST', ['filter', 'sort']]);
  expect(refusal(() => compileList(TEST_LIST, { filter: 'x==1', limit: 1, offset: 0 })).errors).toHaveLength(1);
  expect(message).toMatch(/^The query is not valid: filter has no selector "x".*; sort has no field "y"/);
});

test('a list that is too long to be sorted is to be narrowed by what its definition says', () => {
  const rows = rowsOf(50_001);
  const query = { limit: 1, offset: 0 };
  expect(refusal(() => compileList(TEST_LIST, query)(rows))).toMatchObject({ code: 'BAD_REQUEST', errors: [] });
  expect(refusal(() => compileList({ ...TEST_LIST, narrowBy: 'usagePeriod' }, query)(rows))).toMatchObject({
    code: 'BAD_REQUEST',
    errors: [{ field: 'usagePeriod', message: 'is needed to narrow the list' }],
  });
  expect(compileList(TEST_LIST, query)(rows.slice(1)).total).toBe(50_000);
});

test('paging through a list gives every row once', () => {
  const price = fc.option(fc.constantFrom('1', '2', '1.0'), { nil: undefined });
  const table = fc.uniqueArray(fc.record({ id: fc.string(), price }), { selector: ({ id }) => id, maxLength: 40 });
  fc.assert(
    fc.property(table, fc.integer({ min: 1, max: 9 }), fc.constantFrom('price', '-price,name'), (rows, limit, sort) => {
      const seen: TestRow[] = [];
      for (let offset = 0; offset < rows.length; offset += limit) {
        const { content, total } = compileList<TestRow>(TEST_LIST, { sort, limit, offset })(rows);
        expect(total).toBe(rows.length);
        seen.push(...content);
      }
      expect(seen).toHaveLength(rows.length);
      expect(new Set(seen)).toEqual(new Set(rows));
    }),
  );
});
