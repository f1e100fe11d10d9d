import fc from 'fast-check';
import { parseJsonBody } from '../../lambdas/runtime/json-body.ts';

const parse = (text: string) => parseJsonBody(Buffer.from(text));
const refusal = (text: string) => {
  try {
    parse(text);
    return undefined;
  } catch (error) {
    return error as { code: string; message: string; errors: unknown };
  }
};

test('every JSON value within the limits is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 0, max: 2 }), (value, spaces) => {
      const text = JSON.stringify(value, null, spaces);
      expect(parse(text)).toEqual(JSON.parse(text));
    }),
  );
});

test('text that is not JSON is a bad request, whatever it is', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[[\]{}",:\\a1 ]{0,30}$/)), (text) => {
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      if (!isJson) expect(refusal(text)?.code).toBe('BAD_REQUEST');
    }),
  );
});

test('32 levels are taken, 33 and 10,000 are refused', () => {
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  expect(refusal(nested(32))).toBeUndefined();
  expect(refusal(nested(33))?.message).toContain('deeper than 32');
  expect(refusal(nested(10_000))?.code).toBe('BAD_REQUEST');
  expect(refusal('{"a":'.repeat(10_000))?.code).toBe('BAD_REQUEST');
});

test('10,000 elements are taken, more are refused', () => {
  const list = (count: number) => `[${Array(count).fill('1').join(',')}]`;
  expect(refusal(list(10_000))).toBeUndefined();
  expect(refusal(list(10_001))?.message).toContain('more than 10000 elements');
});

test('a body above 1 MB is refused unread, in bytes and not in characters', () => {
  expect(refusal(`"${'ü'.repeat(500_001)}"`)?.code).toBe('BODY_TOO_LARGE');
  expect(refusal(`"${'u'.repeat(999_998)}"`)).toBeUndefined();
});

test.each([
  ['{"a":1,"a":2}', 'a'],
  ['{"a":1,"\\u0061":2}', 'a'],
  ['[{"b":{"c":1,"d":{"c":1},"c":3}}]', 'c'],
  ['{"__proto__":1,"__proto__":2}', '__proto__'],
])('%s names a member twice', (text, field) => {
  expect(refusal(text)).toMatchObject({ code: 'BAD_REQUEST', errors: [{ field, message: 'is there twice' }] });
});

test('the same name in different objects, as a value, or in brackets inside text is no duplicate', () => {
  for (const text of ['[{"a":1},{"a":2}]', '{"a":{"a":"a"}}', '{"a":["a","a"],"b":"a"}', '{"a":"\\"a\\":{[,"}']) {
    expect(parse(text)).toEqual(JSON.parse(text));
  }
});

test('__proto__ changes nothing but the object that has it', () => {
  const value = parse('{"__proto__":{"admin":true}}') as object;
  expect(Object.keys(value)).toEqual(['__proto__']);
  expect((value as { admin?: boolean }).admin).toBeUndefined();
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});

test('bytes that are not UTF-8 are a bad request', () => {
  expect(() => parseJsonBody(Buffer.from([0x22, 0xff, 0x22]))).toThrow('not valid UTF-8');
});
