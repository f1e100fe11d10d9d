import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FONT_FILES } from '../../lambdas/manifest/fonts.ts';
import { functions } from '../../lambdas/manifest/functions.ts';
import { bundle, FONTS_FOLDER } from '../../lib/bundle.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const inApi = Object.entries(functions).filter(([, { entry }]) => entry.startsWith('lambdas/api/'));

test.each(inApi)('%s is small, carries no renderer, and leaves the SDK to the runtime', (_name, definition) => {
  bundle(definition, folder);
  const code = readFileSync(join(folder, 'index.js'), 'utf8');
  const { sources } = JSON.parse(readFileSync(join(folder, 'index.js.map'), 'utf8')) as { sources: string[] };
  expect(code.length).toBeLessThan(400_000);
  expect(
    sources.filter((source) =>
      /node_modules\/(pdfkit|fontkit|nodemailer|jsonata|zod-openapi|@aws-sdk|@smithy)\//.test(source),
    ),
  ).toEqual([]);
});

test('a function that renders documents carries every font they need', () => {
  bundle(functions.issueBatch, folder);
  const wanted = Object.values(FONT_FILES).map(({ file }) => file);
  expect(readdirSync(join(folder, FONTS_FOLDER)).sort()).toEqual(wanted.sort());
  for (const file of wanted) expect(statSync(join(folder, FONTS_FOLDER, file)).size).toBeGreaterThan(100_000);
});
