import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import { FONT_FILES, fontSpecifier } from '../lambdas/manifest/fonts.ts';
import { absentEnvironment, type FunctionDefinition } from '../lambdas/manifest/functions/function.ts';

const ROOT = join(import.meta.dirname, '..');

/** Folder of a bundle that holds the fonts. */
export const FONTS_FOLDER = 'fonts';

const BUNDLING = {
  absWorkingDir: ROOT,
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
} satisfies BuildOptions;

/** How a function's code is bundled: without what it would do with an environment that it never has (compose.ts). */
export function bundling(definition: Pick<FunctionDefinition, 'environment'>) {
  const absent = absentEnvironment(definition).map((key) => [`process.env.${key}`, 'undefined']);
  return { ...BUNDLING, define: { ...BUNDLING.define, ...Object.fromEntries(absent) } } satisfies BuildOptions;
}

/** Writes `index.js`, its source map and, where documents are rendered, the fonts. */
export function bundle(definition: FunctionDefinition, folder: string): void {
  buildSync({ ...bundling(definition), entryPoints: [definition.entry], outfile: join(folder, 'index.js') });
  if (definition.fonts) copyFonts(join(folder, FONTS_FOLDER));
}

function copyFonts(folder: string): void {
  mkdirSync(folder);
  const { resolve } = createRequire(import.meta.url);
  for (const name of Object.keys(FONT_FILES) as (keyof typeof FONT_FILES)[]) {
    copyFileSync(resolve(fontSpecifier(name)), join(folder, FONT_FILES[name].file));
  }
}
