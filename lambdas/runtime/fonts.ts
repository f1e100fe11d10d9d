import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createFonts, type FontFiles, type Fonts } from '../documents/fonts.ts';

/** The font files and the npm package each comes from (SIL Open Font Licence). */
export const FONT_FILES: Readonly<Record<keyof FontFiles, { package: string; folder: string; file: string }>> = {
  regular: { package: '@expo-google-fonts/noto-sans', folder: '400Regular', file: 'NotoSans_400Regular.ttf' },
  bold: { package: '@expo-google-fonts/noto-sans', folder: '700Bold', file: 'NotoSans_700Bold.ttf' },
  japanese: { package: '@expo-google-fonts/noto-sans-jp', folder: '400Regular', file: 'NotoSansJP_400Regular.ttf' },
  simplifiedChinese: {
    package: '@expo-google-fonts/noto-sans-sc',
    folder: '400Regular',
    file: 'NotoSansSC_400Regular.ttf',
  },
  korean: { package: '@expo-google-fonts/noto-sans-kr', folder: '400Regular', file: 'NotoSansKR_400Regular.ttf' },
};

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
  const source = FONT_FILES[name];
  if (folder !== undefined) return join(folder, source.file);
  return createRequire(import.meta.url).resolve(`${source.package}/${source.folder}/${source.file}`);
}
