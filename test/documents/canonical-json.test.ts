import fc from 'fast-check';
import { type CanonicalValue, canonicalJson } from '../../lambdas/documents/canonical-json.ts';

const name = fc.stringMatching(/^[A-Za-z]\w{0,3}$/);
const { value } = fc.letrec<{ value: CanonicalValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.dictionary(name, tie('value'), { noNullPrototype: true }),
  ),
}));

test('members stand in order of their keys, without white space and without absent ones', () => {
  const text = canonicalJson({ b: ['x', null, true], a: { Z: '1', aa: '"', a: '' }, c: undefined, B: 'é' });
  expect(text).toBe('{"B":"é","a":{"Z":"1","a":"","aa":"\\""},"b":["x",null,true]}');
});

test('the text reads back as the value, whatever order its members were set in', () => {
  fc.assert(
    fc.property(value, (one) => {
      expect(JSON.parse(canonicalJson(one))).toEqual(one);
      expect(canonicalJson(turned(one))).toBe(canonicalJson(one));
    }),
  );
});

test.each(['1', '0', '', '__proto__', 'a-b'])('%j can not be a key', (key) => {
  expect(() => canonicalJson(JSON.parse(`{"a":{${JSON.stringify(key)}:"x"}}`))).toThrow(RangeError);
});

/** The same value with all members set in the opposite order. */
function turned(one: CanonicalValue): CanonicalValue {
  if (typeof one !== 'object' || one === null) return one;
  if (Array.isArray(one)) return one.map(turned);
  return Object.fromEntries(
    Object.entries(one)
      .reverse()
      .map(([key, member]) => [key, turned(member as CanonicalValue)]),
  );
}
