import fc from 'fast-check';
import { compileSort } from '../../../lambdas/use-cases/lists/sort.ts';
import { TEST_LIST, type TestRow } from './rows.ts';

function sorted(text: string, rows: readonly TestRow[]): string {
  const compiled = compileSort(text, TEST_LIST);
  if (!compiled.ok) throw new Error(compiled.errors[0]?.message);
  return compiled
    .value(rows)
    .map((row) => row.id)
    .join('');
}

const rows: TestRow[] = [
  { id: '1', name: 'b', price: '10', resell: true },
  { id: '2', name: 'a', price: '9.5', resell: false },
  { id: '3', name: 'b', price: '-3' },
  { id: '4', price: '9.50' },
];

test.each([
  ['name', '2134'],
  ['-name', '1324'],
  ['price', '3241'],
  ['-price', '1243'],
  ['-name,price', '3124'],
  ['resell, -price', '2143'],
])('%s sorts to %s: by value, missing ones last, equal ones by id', (text, ids) => {
  expect(sorted(text, rows)).toBe(ids);
  expect(sorted(text, rows.toReversed())).toBe(ids);
});

test.each([
  ['id', 'has no field "id": use name, bolDate, contract.month, price, resell, status'],
  ['name,', expect.stringContaining('has no field ""')],
  ['--name', expect.stringContaining('has no field "-name"')],
  ['__proto__', expect.stringContaining('has no field "__proto__"')],
  ['name,price,-name', 'names name twice'],
  ['name,'.repeat(200_000), 'is longer than 1000 characters'],
])('%.20s is refused with the reason', (text, message) => {
  expect(compileSort(text, TEST_LIST)).toEqual({ ok: false, errors: [{ field: 'sort', message }] });
});

test('any sort gives every row once, in one order whatever the order it was in', () => {
  const row = fc.record(
    { id: fc.uuid(), name: fc.constantFrom('a', 'b', '🙂', '\uffff'), price: fc.constantFrom('0', '-1', '1.0', '1') },
    { requiredKeys: ['id'] },
  );
  const table = fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 30 });
  fc.assert(
    fc.property(table, fc.constantFrom('name', '-name', 'price,-name', '-price'), fc.gen(), (some, text, pick) => {
      const compiled = compileSort<TestRow>(text, TEST_LIST);
      const shuffled = pick(fc.shuffledSubarray, some, { minLength: some.length });
      const result = compiled.ok ? compiled.value(some) : [];
      expect(compiled.ok && compiled.value(shuffled)).toEqual(result);
      expect(new Set(result)).toEqual(new Set(some));
      expect(result).toHaveLength(some.length);
    }),
  );
});
