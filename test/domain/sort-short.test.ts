import * as fc from 'fast-check';
import { sortShort } from '../../lambdas/domain/sort-short.ts';

test('short and long arrays are sorted alike, equal items in the order they came', () => {
  const anyItems = fc
    .array(fc.nat(9), { maxLength: 150, size: 'max' })
    .map((keys) => keys.map((key, at) => ({ key, at })));
  fc.assert(
    fc.property(anyItems, (items) => {
      const expected = items.toSorted((a, b) => a.key - b.key || a.at - b.at);
      expect(sortShort([...items], (a, b) => a.key - b.key)).toEqual(expected);
    }),
  );
});
