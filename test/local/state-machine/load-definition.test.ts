// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the definition's placeholders, not TypeScript's

import { loadDefinition } from '../../../local/state-machine/load-definition.ts';

test('every placeholder is replaced in the text, also twice and outside of strings', () => {
  const text = '{ "A": "${One}", "B": "x${One}y", "C": ${Two} }';
  expect(loadDefinition(text, { One: 'arn:1', Two: '2' })).toEqual({ A: 'arn:1', B: 'xarn:1y', C: 2 });
});

test('a placeholder without a value is refused', () => {
  expect(() => loadDefinition('{ "A": "${One}" }', {})).toThrow('${One}: has no substitution');
});

test('a value that the file does not use is refused', () => {
  expect(() => loadDefinition('{}', { One: '1' })).toThrow('${One}: is substituted but the file does not use it');
});

test('a value that would break out of its string is refused', () => {
  expect(() => loadDefinition('{ "A": "${One}" }', { One: 'x", "B": "' })).toThrow('would break the JSON');
});

test('text that is not JSON is refused', () => {
  expect(() => loadDefinition('{', {})).toThrow('is not JSON');
});
