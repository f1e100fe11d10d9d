import { FontFace, type Glyph } from './pdf/font-face.ts';

export type Weight = 'regular' | 'bold';

/** Text as glyphs, with its width in em. */
export type Run = { readonly glyphs: readonly Glyph[]; readonly width: number };

/** Gives the bytes of each font file (TrueType outlines) when it is first needed. */
export type FontFiles = Readonly<
  Record<'regular' | 'bold' | 'japanese' | 'simplifiedChinese' | 'korean', () => Uint8Array>
>;

/** The fonts of all documents: turns text into glyphs. Made once and used for every document. */
export type Fonts = { readonly run: (text: string, weight: Weight) => Run };

const FIRST_ASCII = 0x20;
const LAST_ASCII = 0x7e;
const ASCII = String.fromCharCode(
  ...Array.from({ length: LAST_ASCII - FIRST_ASCII + 1 }, (_, index) => FIRST_ASCII + index),
);
const COMMON = `${ASCII}·×–—‘’“”…−€`;
const ONLY_ASCII = /^[\x20-\x7e]*$/;
// Names with other characters come again on document after document, and choosing their fonts is slow.
const REMEMBERED_RUNS = 5_000;
const REMEMBERED_LENGTH = 80;

/**
 * Chooses the glyphs of a text: Noto Sans where it has the character (Latin, Greek, Cyrillic), else, for each stretch of
 * characters it lacks, the first of Japanese, Chinese and Korean that has them all. A font file is read when a text
 * first needs it. Scripts written from right to left are not supported: they print without crashing, in the order
 * they are stored; a character that no font has prints as a box.
 */
export function createFonts(files: FontFiles): Fonts {
  const east = [files.japanese, files.simplifiedChinese, files.korean].map((read) => new FontFace(read, ''));
  const stacks = { regular: fontStack(files.regular, east), bold: fontStack(files.bold, east) };
  return { run: (text, weight) => stacks[weight](text) };
}

function fontStack(read: () => Uint8Array, east: readonly FontFace[]): (text: string) => Run {
  const primary = new FontFace(read, COMMON);
  const remembered = new Map<string, Run>();
  let ascii: Glyph[] | undefined;
  return (text) => {
    if (ONLY_ASCII.test(text)) {
      ascii ??= Array.from(ASCII, (character) => primary.glyph(character.charCodeAt(0))!);
      return asciiRun(text, ascii);
    }
    const known = remembered.get(text);
    if (known) return known;
    const glyphs = chooseGlyphs(printable(text), primary, east);
    const run = { glyphs, width: widthOf(glyphs) };
    if (remembered.size === REMEMBERED_RUNS) remembered.clear();
    if (text.length <= REMEMBERED_LENGTH) remembered.set(text, run);
    return run;
  };
}

// Nearly all text of a document: worth a loop that allocates nothing but the result.
function asciiRun(text: string, ascii: readonly Glyph[]): Run {
  const glyphs = new Array<Glyph>(text.length);
  let width = 0;
  for (let at = 0; at < text.length; at++) {
    const glyph = ascii[text.charCodeAt(at) - FIRST_ASCII]!;
    glyphs[at] = glyph;
    width += glyph.advance;
  }
  return { glyphs, width };
}

/** Width of glyphs in em. */
export function widthOf(glyphs: readonly Glyph[]): number {
  let width = 0;
  for (const glyph of glyphs) width += glyph.advance;
  return width;
}

/** Composed characters (fonts draw "é", not "e" and an accent), no control or format characters. */
function printable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cf}/gu, '');
}

function chooseGlyphs(text: string, primary: FontFace, east: readonly FontFace[]): Glyph[] {
  const codePoints = Array.from(text, (character) => character.codePointAt(0)!);
  const glyphs: Glyph[] = [];
  for (let at = 0; at < codePoints.length; ) {
    const glyph = primary.glyph(codePoints[at]!);
    if (glyph) {
      glyphs.push(glyph);
      at++;
      continue;
    }
    let end = at + 1;
    while (end < codePoints.length && !primary.glyph(codePoints[end]!)) end++;
    const stretch = codePoints.slice(at, end);
    const face = east.find((candidate) => stretch.every((codePoint) => candidate.glyph(codePoint)));
    for (const codePoint of stretch) {
      glyphs.push((face ?? firstWith(codePoint, east))?.glyph(codePoint) ?? primary.missingGlyph(codePoint));
    }
    at = end;
  }
  return glyphs;
}

function firstWith(codePoint: number, faces: readonly FontFace[]): FontFace | undefined {
  return faces.find((face) => face.glyph(codePoint));
}
