import fc from 'fast-check';
import * as z from 'zod';
import { createDocument } from 'zod-openapi';
import { percent } from '../../../lambdas/domain/numbers/amounts.ts';
import { formatDecimal } from '../../../lambdas/domain/numbers/decimal.ts';
import { decimalNumber, ExactNumber, plainDecimal } from '../../../lambdas/manifest/routes/exact-numbers.ts';
import { parseJsonBody } from '../../../lambdas/runtime/json-body.ts';

const read = (literal: string, decimals = 6) =>
  z.object({ value: decimalNumber(decimals) }).safeParse(parseJsonBody(Buffer.from(`{"value":${literal}}`)));

test('every decimal arrives exactly as it was written', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 26n) + 1n, max: 10n ** 26n - 1n }), (scaled) => {
      const literal = formatDecimal(scaled, 6);
      expect(read(literal).data).toEqual({ value: literal });
    }),
  );
});

test.each([
  ['20', '20'],
  ['240.5', '240.5'],
  ['0.880', '0.88'],
  ['638.71', '638.71'],
  ['1.234567', '1.234567'],
  ['-0', '0'],
  ['-0.000001', '-0.000001'],
  ['1e-6', '0.000001'],
  ['2.50e1', '25'],
  ['12345678901234567890.123456', '12345678901234567890.123456'],
  ['1E19', '10000000000000000000'],
])('%s is read as %s', (literal, text) => {
  expect(read(literal).data).toEqual({ value: text });
});

test.each(['1e21', '0.1234567', '1e-7', '123456789012345678901'])('%s has too many digits', (literal) => {
  expect(read(literal).error?.issues).toMatchObject([
    { path: ['value'], message: 'must be a number of at most 20 digits and 6 decimals' },
  ]);
});

test.each(['"20"', 'null', '[1]', '{}', 'true'])('%s is no number', (literal) => {
  expect(read(literal).error?.issues).toMatchObject([{ path: ['value'], message: 'must be a number' }]);
});

test('what is read on from a number is not asked of one that is refused', () => {
  const schema = decimalNumber(4).transform(percent);
  expect(schema.safeParse(12.5).data).toBe(percent('12.5'));
  expect(schema.safeParse(12.34567).success).toBe(false);
  expect(schema.safeParse('x').success).toBe(false);
});

test('both are numbers in the OpenAPI document', () => {
  const request = z.object({ value: decimalNumber(4).transform(percent).optional() });
  const answer = z.object({ value: ExactNumber.meta({ description: 'Percent' }) });
  const content = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } });
  const { paths } = createDocument({
    openapi: '3.1.1',
    info: { title: '', version: '' },
    paths: {
      '/': { post: { requestBody: content(request), responses: { 200: { description: '', ...content(answer) } } } },
    },
  });
  const { requestBody, responses } = (paths?.['/']?.post ?? {}) as Record<'requestBody' | 'responses', object>;
  expect(requestBody).toMatchObject(content({ properties: { value: { type: 'number' } } } as never));
  expect(responses).toMatchObject({ 200: content({ properties: { value: { type: 'number' } } } as never) });
});

test('a number beyond doubles is no ordinary number to other schemas', () => {
  const value = parseJsonBody(Buffer.from('9007199254740993'));
  for (const schema of [z.number(), z.int(), z.string(), z.boolean()])
    expect(schema.safeParse(value).success).toBe(false);
});

test.each([
  ['0.88', '0.88'],
  ['638.71', '638.71'],
  ['1161.29', '1161.29'],
  ['1610.40', '1610.40'],
  ['1000000000000000000000', '1000000000000000000000'],
  ['-0.000001', '-0.000001'],
  ['12345678901234567890.123456', '12345678901234567890.123456'],
])('%s is answered as the literal %s', (text, literal) => {
  const schema = z.strictObject({ content: z.array(z.object({ value: ExactNumber.optional() })) });
  const written = JSON.stringify(schema.parse({ content: [{ value: text }, {}] }));
  expect(written).toBe(`{"content":[{"value":${literal}},{}]}`);
});

test.each(['', '1e5', '.5', '01', '1,5', 'NaN', '"', '1}'])('%j is never written as a number', (text) => {
  expect(ExactNumber.safeParse(text).success).toBe(false);
});

test('what is no number has no plain decimal', () => {
  for (const text of ['', 'Infinity', '-', '1e', '0x1', '1e41', `1${'0'.repeat(40)}`]) {
    expect([text, plainDecimal(text)]).toEqual([text, undefined]);
  }
});
