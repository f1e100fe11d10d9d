import * as fontkit from 'fontkit';
import { type FontProgram, fontProgram } from './font-program.ts';

/** A character as one face draws it. */
export type Glyph = {
  readonly face: FontFace;
  /** Index in the face's font file. */
  readonly id: number;
  readonly codePoint: number;
  /** Width in em. */
  readonly advance: number;
  /** Index in the face's common program; undefined for a glyph that is embedded only where a document uses it. */
  readonly commonIndex: number | undefined;
};

// Some hundred documents of one run share their parties, so the programs of the last few hundred sets of glyphs are worth keeping.
const REMEMBERED_PROGRAMS = 256;
const NO_GLYPH = 0;

/**
 * One font file, opened when a character of it is first asked for. Remembers every glyph it was asked for and the font
 * programs it made: a matter of speed only, what it answers depends on nothing but the file and the question.
 */
export class FontFace {
  readonly #read: () => Uint8Array;
  readonly #common: string;
  readonly #glyphs = new Map<number, Glyph | undefined>();
  readonly #programs = new Map<string, FontProgram>();
  #font: fontkit.Font | undefined;
  #commonProgram: FontProgram | undefined;

  /** `common`: characters embedded in every document that uses the face at all, so that their program is made once. */
  constructor(read: () => Uint8Array, common: string) {
    this.#read = read;
    this.#common = common;
  }

  /** The glyph of a character, or undefined when the face has none. */
  glyph(codePoint: number): Glyph | undefined {
    if (!this.#glyphs.has(codePoint)) this.#glyphs.set(codePoint, this.#find(codePoint));
    return this.#glyphs.get(codePoint);
  }

  /** The box that stands for a character no face has. */
  missingGlyph(codePoint: number): Glyph {
    const { advanceWidth } = this.#open().getGlyph(NO_GLYPH);
    return { face: this, id: NO_GLYPH, codePoint, advance: this.#em(advanceWidth), commonIndex: NO_GLYPH };
  }

  /** The program of the common characters; a glyph's index in it is its `commonIndex`. */
  commonProgram(): FontProgram {
    this.#commonProgram ??= fontProgram(
      this.#open(),
      Array.from(this.#common, (character) => this.glyph(character.codePointAt(0)!)!),
    );
    return this.#commonProgram;
  }

  /** The program of the given glyphs, which are in ascending order of their ids; the n-th has index n + 1 in it. */
  program(glyphs: readonly Glyph[]): FontProgram {
    const key = glyphs.map((glyph) => glyph.id).join();
    const known = this.#programs.get(key);
    if (known) return known;
    if (this.#programs.size === REMEMBERED_PROGRAMS) this.#programs.clear();
    const program = fontProgram(this.#open(), glyphs);
    this.#programs.set(key, program);
    return program;
  }

  #open(): fontkit.Font {
    this.#font ??= fontkit.create(this.#read());
    return this.#font;
  }

  #find(codePoint: number): Glyph | undefined {
    const font = this.#open();
    if (!font.hasGlyphForCodePoint(codePoint)) return undefined;
    const { id, advanceWidth } = font.glyphForCodePoint(codePoint);
    const position = codePoint > 0xffff ? -1 : this.#common.indexOf(String.fromCharCode(codePoint));
    const commonIndex = position < 0 ? undefined : position + 1;
    return { face: this, id, codePoint, advance: this.#em(advanceWidth), commonIndex };
  }

  #em(units: number): number {
    return units / this.#open().unitsPerEm;
  }
}
