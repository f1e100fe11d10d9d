import fc from 'fast-check';
import { NumberLiteral } from '../../lambdas/manifest/routes/exact-numbers.ts';
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
      // Names that no request has are for the tests below.
      fc.pre(!/"(?:__proto__|constructor|prototype)":/.test(text));
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

test('an array has 10,000 elements at most, a body 10,000 members', () => {
  const list = (count: number) => `[${Array(count).fill('1').join(',')}]`;
  expect(refusal(list(10_000))).toBeUndefined();
  expect(refusal(`[${list(10_000)},${list(10_000)}]`)).toBeUndefined();
  expect(refusal(list(10_001))?.message).toContain('more than 10000 elements');
  const object = (count: number) => `{${Array.from({ length: count }, (_, at) => `"n${at}":[1,2]`).join(',')}}`;
  expect(refusal(object(10_000))).toBeUndefined();
  expect(refusal(object(10_001))?.message).toContain('more than 10000 members');
  expect(refusal(`[${object(6_000)},${object(6_000)}]`)?.message).toContain('more than 10000 members');
});

test.each([
  ['an array that is too long', `{"a":[{"b":[${Array(10_001).fill('[]').join(',')}]}]}`, 'a[0].b'],
  [
    'members that are too many',
    `{"a":{${Array.from({ length: 10_000 }, (_, at) => `"n${at}":1`).join(',')}}}`,
    'a.n9999',
  ],
  ['nesting that is too deep', `{"a":[${'{"b":'.repeat(31)}1`, `a[0]${'.b'.repeat(30)}`],
  ['a number that is too long', `{"a":[1,${'9'.repeat(41)}]}`, 'a[1]'],
])('%s is refused by the name of its field', (_, text, field) => {
  expect(refusal(text)).toMatchObject({ code: 'BAD_REQUEST', errors: [{ field }] });
});

test('a body above 1 MB is refused unread, in bytes and not in characters', () => {
  expect(refusal(`"${'ü'.repeat(500_001)}"`)?.code).toBe('BODY_TOO_LARGE');
  expect(refusal(`"${'u'.repeat(999_998)}"`)).toBeUndefined();
});

test.each([
  ['{"a":1,"a":2}', 'a'],
  ['{"a":1,"\\u0061":2}', 'a'],
  ['[{"b":{"c":1,"d":{"c":1},"c":3}}]', '[0].b.c'],
])('%s names a member twice', (text, field) => {
  expect(refusal(text)).toMatchObject({ code: 'BAD_REQUEST', errors: [{ field, message: 'is there twice' }] });
});

test('the same name in different objects, as a value, or in brackets inside text is no duplicate', () => {
  for (const text of ['[{"a":1},{"a":2}]', '{"a":{"a":"a"}}', '{"a":["a","a"],"b":"a"}', '{"a":"\\"a\\":{[,"}']) {
    expect(parse(text)).toEqual(JSON.parse(text));
  }
});

test.each([
  ['{"__proto__":{"admin":true}}', '__proto__'],
  ['{"a":[{"constructor":1}]}', 'a[0].constructor'],
  ['{"\\u0070rototype":1}', 'prototype'],
])('%s has a member that no request has', (text, field) => {
  expect(refusal(text)).toMatchObject({ code: 'BAD_REQUEST', errors: [{ field, message: 'is not known' }] });
});

test('text that is no well-formed Unicode is refused, naming its field', () => {
  expect(refusal('{"a":[0,"x\\ud800"]}')).toMatchObject({
    code: 'BAD_REQUEST',
    errors: [{ field: 'a[1]', message: 'must be well-formed Unicode text' }],
  });
  expect(refusal('{"\\udc00":1}')?.message).toContain('no well-formed Unicode');
  expect(parse('{"a":"\\ud83d\\ude00 مرحبا 😀"}')).toEqual({ a: '😀 مرحبا 😀' });
});

test.each(['[1,]', '{"a":1,}', '[1]//', '/**/1', "'a'", '{a:1}', '[1 2]', '01', '1 1', '+1', '\\u00a01'])(
  '%s is no JSON',
  (text) => {
    expect(refusal(text)).toMatchObject({ code: 'BAD_REQUEST', message: 'The body is not valid JSON' });
  },
);

test('a number that a double would change comes as its literal, all others as numbers', () => {
  expect(parse('[0.88,20,240.50,-0.000001,1e21,1E2,638.71,9007199254740991]')).toEqual([
    0.88, 20, 240.5, -0.000001, 1e21, 100, 638.71, 9007199254740991,
  ]);
  for (const literal of ['9007199254740993', '12345678901234567890.12', '0.1000000000000000055', '1e-40']) {
    const [value] = parse(`[${literal}]`) as [unknown];
    const expected = literal === '1e-40' ? 1e-40 : new NumberLiteral(literal);
    expect([literal, value]).toEqual([literal, expected]);
  }
  for (const literal of ['1e999999', `1${'0'.repeat(41)}`, '1e41', `0.${'3'.repeat(41)}`, '1e-999999']) {
    expect([literal, refusal(literal)?.message]).toEqual([literal, 'The body has a number of more than 40 digits']);
  }
});

test('bytes that are not UTF-8 are a bad request', () => {
  expect(() => parseJsonBody(Buffer.from([0x22, 0xff, 0x22]))).toThrow('not valid UTF-8');
});
