import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createFonts, type Run } from '../../lambdas/documents/fonts.ts';
import { FONT_FILES } from '../../lambdas/manifest/fonts.ts';
import { loadFonts } from '../../lambdas/runtime/fonts.ts';

const fonts = loadFonts();

function fontBytes(): Uint8Array {
  const { package: name, folder, file } = FONT_FILES.regular;
  return readFileSync(createRequire(import.meta.url).resolve(`${name}/${folder}/${file}`));
}

/** The font that draws each character, by the name it has in a document. */
function fontNames(run: Run): string[] {
  return run.glyphs.map((glyph) => glyph.face.program([glyph]).baseFont.replace(/^[A-Z]{6}\+/, ''));
}

describe('the font of a character', () => {
  test.each([
    ['Zürich Łódź', 'NotoSans-Regular'],
    ['Ψηφιακό', 'NotoSans-Regular'],
    ['Облачные', 'NotoSans-Regular'],
    ['株式会社さくらクラウド', 'NotoSansJP-Regular'],
    ['云计算服务', 'NotoSansSC-Regular'],
    ['클라우드', 'NotoSansKR-Regular'],
  ])('is one that draws all of "%s": %s', (text, expected) => {
    expect(new Set(fontNames(fonts.run(text, 'regular')))).toEqual(new Set([expected]));
  });

  test('is bold for Latin text in bold', () => {
    expect(fontNames(fonts.run('A', 'bold'))).toEqual(['NotoSans-Bold']);
  });

  test('changes within a text only where the script does', () => {
    expect(fontNames(fonts.run('A株1', 'regular'))).toEqual([
      'NotoSans-Regular',
      'NotoSansJP-Regular',
      'NotoSans-Regular',
    ]);
  });
});

test('no font of East Asia is read for text that needs none', () => {
  const unread = (): never => {
    throw new Error('read a font that is not needed');
  };
  expect(() =>
    createFonts({ regular: unread, bold: unread, japanese: unread, simplifiedChinese: unread, korean: unread }),
  ).not.toThrow();
  const file = { japanese: unread, simplifiedChinese: unread, korean: unread };
  const latin = createFonts({ ...file, regular: fontBytes, bold: fontBytes });
  expect(latin.run('Zürich, Αθήνα, Москва', 'regular').glyphs).toHaveLength(21);
  expect(() => latin.run('株', 'regular')).toThrow('read a font that is not needed');
});

test('an accent is drawn with its letter, however it was typed', () => {
  expect(fonts.run('e\u0301', 'regular').glyphs).toEqual(fonts.run('é', 'regular').glyphs);
});

test.each([
  ['right-to-left text', 'שלום مرحبا', 10],
  ['an emoji', '😀', 1],
  ['a lone surrogate', 'a\ud800b', 3],
  ['line breaks and tabs', 'a\r\n\tb', 3],
  ['invisible format characters', 'a\u200b\u202e\ufeffb', 2],
  ['an empty text', '', 0],
])('%s is drawn without crashing', (_, text, glyphs) => {
  const run = fonts.run(text, 'regular');
  expect(run.glyphs).toHaveLength(glyphs);
  expect(run.width).toBeCloseTo(run.glyphs.reduce((sum, glyph) => sum + glyph.advance, 0));
});
