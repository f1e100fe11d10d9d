import validations from 'dynalite/validations/index.js';
import putItem from 'dynalite/validations/putItem.js';
import query from 'dynalite/validations/query.js';
import fc from 'fast-check';
import { wellFormed } from '../../../local/dynamodb/well-formed.ts';

const { value } = fc.letrec<{ value: object }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ S: fc.string() }),
    fc.record({ N: fc.integer().map(String) }),
    fc.record({ BOOL: fc.boolean() }),
    fc.record({ NULL: fc.constant(true) }),
    fc.record({ SS: fc.array(fc.string()) }),
    fc.record({ NS: fc.array(fc.integer().map(String)) }),
    fc.record({ L: fc.array(tie('value')) }),
    fc.record({ M: fc.dictionary(fc.string({ minLength: 1 }), tie('value')) }),
  ),
}));
const item = fc.dictionary(
  fc.string({ minLength: 1 }).map((name) => `x${name}`),
  value,
);
const anything = fc.anything({ maxDepth: 3 }).map((thing) => JSON.parse(JSON.stringify(thing) ?? 'null'));
const copy = (request: object) => JSON.parse(JSON.stringify(request)) as object;

test('a request of known members, all of their types, is well formed', () => {
  const put = wellFormed(putItem.types);
  fc.assert(fc.property(item, (Item) => put(copy({ TableName: 'table', Item, ReturnValues: 'NONE' }))));
});

test('what is well formed is what the check of types gives back unchanged', () => {
  for (const { types } of [putItem, query]) {
    const isWellFormed = wellFormed(types);
    const member = fc.oneof(anything, item, value, fc.string(), fc.integer());
    const names = fc.constantFrom(...Object.keys(types), 'Unknown');
    fc.assert(
      fc.property(fc.dictionary(names, member, { maxKeys: 3 }), (request) => {
        if (isWellFormed(copy(request))) expect(validations.checkTypes(copy(request), types)).toEqual(copy(request));
      }),
      { numRuns: 1000 },
    );
  }
});

test.each<[string, object]>([
  ['an unknown member', { TableName: 'table', Item: {}, Other: 'x' }],
  ['an unknown type of value', { TableName: 'table', Item: { a: { X: 'x' } } }],
  ['null', { TableName: 'table', Item: { a: null } }],
  ['a list for an item', { TableName: 'table', Item: [] }],
  ['a number that is no text', { TableName: 'table', Item: { a: { L: [{ N: 1 }] } } }],
  ['a binary value', { TableName: 'table', Item: { a: { B: 'AA==' } } }],
])('%s is for the check of types to look at', (_what, request) => {
  expect(wellFormed(putItem.types)(request)).toBe(false);
});
