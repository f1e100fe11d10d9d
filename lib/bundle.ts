import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { buildSync } from 'esbuild';
import type { FunctionDefinition } from '../lambdas/manifest/functions.ts';

const ROOT = join(import.meta.dirname, '..');

/** Folder of a bundle that holds the fonts. */
export const FONTS_FOLDER = 'fonts';

/** Font files of the documents, as the functions that render PDFs expect them side by side in one folder. */
const FONT_FILES = [
  '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
  '@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
  '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  '@expo-google-fonts/noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf',
];

/** Writes `index.js`, its source map and, where documents are rendered, the fonts. */
export function bundle({ entry, fonts }: FunctionDefinition, folder: string): void {
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile: join(folder, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node24',
    // CommonJS keeps imports lazy that the code makes lazily, and starts faster than modules do.
    format: 'cjs',
    mainFields: ['module', 'main'],
    // Part of the runtime.
    external: ['@aws-sdk/*', '@smithy/*'],
    // CommonJS has no import.meta; the code asks for its own place only when it runs from the source tree.
    define: { 'import.meta.url': JSON.stringify('file:///var/task/index.js') },
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'warning',
  });
  if (fonts) copyFonts(join(folder, FONTS_FOLDER));
}

function copyFonts(folder: string): void {
  mkdirSync(folder);
  const { resolve } = createRequire(import.meta.url);
  for (const file of FONT_FILES) copyFileSync(resolve(file), join(folder, basename(file)));
}
