import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { FONT_FILES } from '../../lambdas/manifest/fonts.ts';
import { functions } from '../../lambdas/manifest/functions.ts';
import { BUNDLING, bundle, FONTS_FOLDER } from '../../lib/bundle.ts';

const MOST_BYTES = 400_000;
const FOREIGN = /node_modules\/(pdfkit|fontkit|nodemailer|jsonata|zod-openapi|@aws-sdk|@smithy)\//;

const inApi = Object.entries(functions).filter(([, { entry }]) => entry.startsWith('lambdas/api/'));
let outputs: Metafile['outputs'];
beforeAll(async () => {
  const entryPoints = inApi.map(([, { entry }]) => entry);
  ({
    metafile: { outputs },
  } = await build({ ...BUNDLING, entryPoints, outdir: 'out', write: false, metafile: true }));
});

test.each(inApi)('%s is small, carries no renderer, and leaves the SDK to the runtime', (_name, { entry }) => {
  const output = Object.values(outputs).find(({ entryPoint }) => entryPoint === entry);
  expect(output?.bytes).toBeLessThan(MOST_BYTES);
  expect(Object.keys(output?.inputs ?? {}).filter((source) => FOREIGN.test(source))).toEqual([]);
});

test('a function that renders documents carries every font they need', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  try {
    bundle(functions.issueBatch, folder);
    const wanted = Object.values(FONT_FILES).map(({ file }) => file);
    expect(readdirSync(folder).sort()).toEqual([FONTS_FOLDER, 'index.js', 'index.js.map']);
    expect(readdirSync(join(folder, FONTS_FOLDER)).sort()).toEqual(wanted.sort());
    for (const file of wanted) expect(statSync(join(folder, FONTS_FOLDER, file)).size).toBeGreaterThan(100_000);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
