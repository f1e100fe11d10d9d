import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { FONT_FILES } from '../../lambdas/manifest/fonts.ts';
import { functions } from '../../lambdas/manifest/functions.ts';
import { bundle, bundling, FONTS_FOLDER } from '../../lib/bundle.ts';
import { apiFunctions, bundlesOfApi } from '../support/api-bundles.ts';

const MOST_BYTES = 400_000;
const FOREIGN = /node_modules\/(pdfkit|fontkit|nodemailer|jsonata|zod-openapi|@aws-sdk|@smithy)\//;

let bundles: Awaited<ReturnType<typeof bundlesOfApi>>;
beforeAll(async () => {
  bundles = await bundlesOfApi();
});

test.each(apiFunctions)('%s is small, carries no renderer, and leaves the SDK to the runtime', (_name, { entry }) => {
  const output = bundles.get(entry)?.output;
  expect(output?.bytes).toBeLessThan(MOST_BYTES);
  expect(Object.keys(output?.inputs ?? {}).filter((source) => FOREIGN.test(source))).toEqual([]);
});

test('a function carries what it does with its environment, and not what it would do with one it has not', async () => {
  const signs = /lambdas\/stores\/(kms-signer|kms-data-keys|s3-objects|step-functions|event-bus)\.ts$/;
  const { metafile } = await build({
    ...bundling(functions.serviceDeliveriesApi),
    entryPoints: [functions.serviceDeliveriesApi.entry],
    write: false,
    metafile: true,
  });
  expect(Object.keys(metafile.inputs).filter((source) => signs.test(source))).toEqual(['lambdas/stores/kms-signer.ts']);
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
