import type { FontFace, Glyph } from './font-face.ts';
import type { FontProgram } from './font-program.ts';
import type { Page } from './page.ts';

/** A stretch of a text in one font resource: the resource's name and the glyphs' codes as a PDF string's inside. */
type Encoded = { resource: string; codes: string };

type Resource = { name: string; program: FontProgram; reference: PDFKit.PDFKitReference };

/**
 * The fonts of one document. A face makes up to two resources: its common characters, the same program in every
 * document, and those others that this document uses.
 */
export class FontResources {
  readonly #doc: PDFKit.PDFDocument;
  readonly #all: Resource[] = [];
  readonly #common = new Map<FontFace, Resource>();
  readonly #rare = new Map<FontFace, { resource: Resource; indexes: Map<number, number> }>();

  constructor(doc: PDFKit.PDFDocument, pages: readonly Page[]) {
    this.#doc = doc;
    for (const [face, glyphs] of rareGlyphs(pages)) {
      const sorted = [...glyphs.values()].sort((a, b) => a.id - b.id);
      const indexes = new Map(sorted.map((glyph, index) => [glyph.id, index + 1]));
      this.#rare.set(face, { resource: this.#add(face.program(sorted)), indexes });
    }
  }

  /** The text's glyphs as codes, a stretch for every change of font. */
  encode(glyphs: readonly Glyph[]): Encoded[] {
    const stretches: Encoded[] = [];
    for (let at = 0; at < glyphs.length; ) {
      const { face, commonIndex } = glyphs[at]!;
      const isCommon = commonIndex !== undefined;
      const rare = isCommon ? undefined : this.#rare.get(face)!;
      let codes = '';
      for (; at < glyphs.length; at++) {
        const glyph = glyphs[at]!;
        if (glyph.face !== face || (glyph.commonIndex !== undefined) !== isCommon) break;
        codes += codeOf(glyph.commonIndex ?? rare!.indexes.get(glyph.id)!);
      }
      stretches.push({ resource: (rare?.resource ?? this.#commonOf(face)).name, codes });
    }
    return stretches;
  }

  /** The fonts by name, for the resources of a page. */
  references(): Record<string, PDFKit.PDFKitReference> {
    return Object.fromEntries(this.#all.map(({ name, reference }) => [name, reference]));
  }

  /** Writes the fonts into the document. */
  end(): void {
    for (const { program, reference } of this.#all) this.#embed(program, reference);
  }

  #commonOf(face: FontFace): Resource {
    const known = this.#common.get(face);
    if (known) return known;
    const resource = this.#add(face.commonProgram());
    this.#common.set(face, resource);
    return resource;
  }

  #add(program: FontProgram): Resource {
    const resource = { name: `F${this.#all.length + 1}`, program, reference: this.#doc.ref({}) };
    this.#all.push(resource);
    return resource;
  }

  #embed({ baseFont, file, fileLength, toUnicode, widths, metrics }: FontProgram, font: PDFKit.PDFKitReference): void {
    const fontFile = this.#ended({ Filter: 'FlateDecode', Length1: fileLength }, file);
    const descriptor = this.#ended({
      Type: 'FontDescriptor',
      FontName: baseFont,
      Flags: 4, // symbolic: its characters are not those of the standard Latin set
      FontBBox: metrics.box,
      ItalicAngle: metrics.italicAngle,
      Ascent: metrics.ascent,
      Descent: metrics.descent,
      CapHeight: metrics.capHeight,
      StemV: 80,
      FontFile2: fontFile,
    });
    const descendant = this.#ended({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: baseFont,
      CIDSystemInfo: { Registry: new String('Adobe'), Ordering: new String('Identity'), Supplement: 0 },
      FontDescriptor: descriptor,
      W: [0, widths],
      CIDToGIDMap: 'Identity',
    });
    Object.assign(font.data, {
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: baseFont,
      Encoding: 'Identity-H',
      DescendantFonts: [descendant],
      ToUnicode: this.#ended({ Filter: 'FlateDecode' }, toUnicode),
    });
    font.end(undefined);
  }

  #ended(data: object, stream?: Uint8Array): PDFKit.PDFKitReference {
    const reference = this.#doc.ref(data);
    reference.end(stream);
    return reference;
  }
}

function rareGlyphs(pages: readonly Page[]): Map<FontFace, Map<number, Glyph>> {
  const byFace = new Map<FontFace, Map<number, Glyph>>();
  for (const page of pages) {
    for (const { run } of page.texts) {
      for (const glyph of run.glyphs) {
        if (glyph.commonIndex !== undefined) continue;
        const glyphs = byFace.get(glyph.face) ?? new Map<number, Glyph>();
        byFace.set(glyph.face, glyphs);
        if (!glyphs.has(glyph.id)) glyphs.set(glyph.id, glyph);
      }
    }
  }
  return byFace;
}

const CODES: string[] = [];

/** A glyph's index as the two bytes of a PDF literal string, with its special characters escaped. */
function codeOf(index: number): string {
  const known = CODES[index];
  if (known !== undefined) return known;
  const code = escaped(index >> 8) + escaped(index & 0xff);
  CODES[index] = code;
  return code;
}

function escaped(byte: number): string {
  const character = String.fromCharCode(byte);
  if (character === '\r') return '\\r';
  return '()\\'.includes(character) ? `\\${character}` : character;
}
