import { createHash } from 'node:crypto';
import { zlibSync } from 'fflate';
import type { Font } from 'fontkit';

/** The part of a font that a document embeds, and what a PDF says about it. Streams are compressed. */
export type FontProgram = {
  /** Name with the tag of six letters that tells subsets of one font apart. */
  baseFont: string;
  file: Uint8Array;
  fileLength: number;
  /** Which characters the glyphs stand for, so that text can be searched and copied. */
  toUnicode: Uint8Array;
  /** Of every glyph, in thousandths of an em. */
  widths: number[];
  /** In thousandths of an em. */
  metrics: { ascent: number; descent: number; capHeight: number; box: number[]; italicAngle: number };
};

const REPLACEMENT_CHARACTER = 0xfffd;

/** Makes the program of the given glyphs: index 0 is the missing glyph, the n-th given one has index n + 1. */
export function fontProgram(font: Font, glyphs: readonly { id: number; codePoint: number }[]): FontProgram {
  const subset = font.createSubset();
  for (const { id } of glyphs) subset.includeGlyph(id);
  const file = subset.encode();
  const scale = 1000 / font.unitsPerEm;
  const { minX, minY, maxX, maxY } = font.bbox;
  return {
    baseFont: `${tag(glyphs)}+${font.postscriptName.replaceAll(' ', '')}`,
    file: zlibSync(file),
    fileLength: file.length,
    toUnicode: zlibSync(Buffer.from(characterMap(glyphs), 'latin1')),
    widths: [{ id: 0 }, ...glyphs].map(({ id }) => Math.round(font.getGlyph(id).advanceWidth * scale)),
    metrics: {
      ascent: font.ascent * scale,
      descent: font.descent * scale,
      capHeight: font.capHeight * scale,
      box: [minX, minY, maxX, maxY].map((edge) => edge * scale),
      italicAngle: font.italicAngle,
    },
  };
}

function tag(glyphs: readonly { id: number }[]): string {
  const digest = createHash('sha256')
    .update(glyphs.map(({ id }) => id).join())
    .digest();
  return Array.from(digest.subarray(0, 6), (byte) => String.fromCharCode(65 + (byte % 26))).join('');
}

// A bfchar section holds at most 100 entries (PDF 32000-1, 9.10.3 and Adobe technical note 5014).
const ENTRIES_PER_SECTION = 100;

function characterMap(glyphs: readonly { codePoint: number }[]): string {
  const entries = [REPLACEMENT_CHARACTER, ...glyphs.map(({ codePoint }) => codePoint)].map(
    (codePoint, index) => `<${index.toString(16).padStart(4, '0')}> <${utf16Hex(codePoint)}>`,
  );
  const sections: string[] = [];
  for (let from = 0; from < entries.length; from += ENTRIES_PER_SECTION) {
    const section = entries.slice(from, from + ENTRIES_PER_SECTION);
    sections.push(`${section.length} beginbfchar\n${section.join('\n')}\nendbfchar`);
  }
  return [
    '/CIDInit /ProcSet findresource begin',
    '12 dict begin',
    'begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def',
    '/CMapType 2 def',
    '1 begincodespacerange',
    '<0000> <ffff>',
    'endcodespacerange',
    ...sections,
    'endcmap',
    'CMapName currentdict /CMap defineresource pop',
    'end',
    'end',
  ].join('\n');
}

function utf16Hex(codePoint: number): string {
  const text = String.fromCodePoint(codePoint);
  return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16).padStart(4, '0')).join('');
}
