import { build } from 'esbuild';
import { functions } from '../../lambdas/manifest/functions.ts';

const MOST_BYTES = 400_000;
const apiFunctions = Object.entries(functions).filter(([name]) => name.endsWith('Api'));

test.each(apiFunctions)('the bundle of %s is small, and has no PDF or OpenAPI library in it', async (_, { entry }) => {
  const { metafile } = await build({
    entryPoints: [entry],
    absWorkingDir: new URL('../..', import.meta.url).pathname,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    outdir: 'out',
    external: ['@aws-sdk/*'],
    logLevel: 'silent',
  });
  const [output] = Object.values(metafile.outputs);
  expect(output?.bytes).toBeLessThan(MOST_BYTES);
  expect(
    Object.keys(metafile.inputs).filter((path) => /pdfkit|fontkit|zod-openapi|nodemailer|jsonata/.test(path)),
  ).toEqual([]);
});
