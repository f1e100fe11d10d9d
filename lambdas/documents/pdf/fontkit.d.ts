/** The part of fontkit that the documents use; the package carries no types. */
declare module 'fontkit' {
  export type Font = {
    readonly postscriptName: string;
    readonly unitsPerEm: number;
    readonly ascent: number;
    readonly descent: number;
    readonly capHeight: number;
    readonly italicAngle: number;
    readonly bbox: { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number };
    hasGlyphForCodePoint(codePoint: number): boolean;
    glyphForCodePoint(codePoint: number): { readonly id: number; readonly advanceWidth: number };
    getGlyph(id: number): { readonly id: number; readonly advanceWidth: number };
    createSubset(): { includeGlyph(id: number): number; encode(): Uint8Array };
  };

  /** Opens a font file; tables are read when they are first needed. */
  export function create(file: Uint8Array): Font;
}
