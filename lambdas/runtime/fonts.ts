import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createFonts, type FontFiles, type Fonts } from '../documents/fonts.ts';
import { FONT_FILES, fontSpecifier } from '../manifest/fonts.ts';

const loaded = new Map<string | undefined, Fonts>();

/**
 * The fonts of the documents, one set per process and folder. Files are read when a document first needs them.
 * @param folder holds the files of FONT_FILES side by side, as a Lambda bundle does; without it they are taken from
 *   the installed npm packages.
 */
export function loadFonts(folder?: string): Fonts {
  const known = loaded.get(folder);
  if (known) return known;
  const reader = (name: keyof FontFiles) => () => readFileSync(pathOf(name, folder));
  const fonts = createFonts({
    regular: reader('regular'),
    bold: reader('bold'),
    japanese: reader('japanese'),
    simplifiedChinese: reader('simplifiedChinese'),
    korean: reader('korean'),
  });
  loaded.set(folder, fonts);
  return fonts;
}

function pathOf(name: keyof FontFiles, folder: string | undefined): string {
  if (folder !== undefined) return join(folder, FONT_FILES[name].file);
  return createRequire(import.meta.url).resolve(fontSpecifier(name));
}
