import { type BuildOptions, build, type Metafile } from 'esbuild';
import type { FunctionDefinition } from '../../lambdas/manifest/functions/function.ts';
import { functions } from '../../lambdas/manifest/functions.ts';
import { bundling } from '../../lib/bundle.ts';

/** The functions of the API, by name. */
export const apiFunctions = Object.entries<FunctionDefinition>(functions).filter(([, { entry }]) =>
  entry.startsWith('lambdas/api/'),
);

type Bundle = { code: string; output: Metafile['outputs'][string] };

/** The bundle of each function of the API, by its entry. Those that have the same environment are bundled at once. */
export async function bundlesOfApi(how: Pick<BuildOptions, 'minify' | 'sourcemap'> = {}): Promise<Map<string, Bundle>> {
  const bundles = new Map<string, Bundle>();
  const alike = Map.groupBy(
    apiFunctions.map(([, definition]) => definition),
    ({ environment }) => environment.toSorted().join(),
  );
  for (const [first, ...others] of alike.values()) {
    const definitions = [first as FunctionDefinition, ...others];
    const options = { ...bundling(definitions[0] as FunctionDefinition), ...how };
    const entryPoints = definitions.map(({ entry }) => entry);
    const { metafile, outputFiles } = await build({
      ...options,
      entryPoints,
      outdir: 'out',
      write: false,
      metafile: true,
    });
    for (const [path, output] of Object.entries(metafile.outputs)) {
      const code = outputFiles.find((file) => file.path.endsWith(`/${path}`))?.text ?? '';
      if (output.entryPoint) bundles.set(output.entryPoint, { code, output });
    }
  }
  return bundles;
}
