import fc from 'fast-check';
import type { Run } from '../../../lambdas/documents/fonts.ts';
import { cut, wrap } from '../../../lambdas/documents/pdf/text.ts';
import { loadFonts } from '../../../lambdas/runtime/fonts.ts';

const fonts = loadFonts();
const run = (text: string) => fonts.run(text, 'regular');
const text = (of: Run) => of.glyphs.map(({ codePoint }) => String.fromCodePoint(codePoint)).join('');
const ELLIPSIS = run('…');

test('a text breaks between words, and inside a word only where it is wider than the line', () => {
  expect(wrap(run('a long text'), 4, 9, ELLIPSIS).map(text)).toEqual(['a long', 'text']);
  expect(wrap(run('abcdefghij k'), 3, 9, ELLIPSIS).map(text)).toEqual(['abcde', 'fghij k']);
  expect(wrap(run('東京都千代田区'), 3, 9, ELLIPSIS).map(text)).toEqual(['東京都', '千代田', '区']);
});

test('what is too long is cut and ends with an ellipsis', () => {
  expect(wrap(run('one two three four'), 4, 2, ELLIPSIS).map(text)).toEqual(['one two', 'three f…']);
  expect(text(cut(run('abcdefghij'), 3, ELLIPSIS))).toBe('abc…');
  expect(text(cut(run('abc'), 3, ELLIPSIS))).toBe('abc');
});

test('no line is wider than it may be, and nothing but spaces is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.double({ min: 3, max: 30, noNaN: true }), (words, width) => {
      const whole = run(words);
      const lines = wrap(whole, width, Number.MAX_SAFE_INTEGER, ELLIPSIS);
      for (const line of lines) expect(line.width).toBeLessThanOrEqual(width + 1e-9);
      expect(lines.map(text).join('').replaceAll(' ', '')).toBe(text(whole).replaceAll(' ', ''));
    }),
  );
});
