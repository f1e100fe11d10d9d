import { build } from 'esbuild';
import type { FunctionDefinition } from '../../lambdas/manifest/functions/function.ts';
import { functions } from '../../lambdas/manifest/functions.ts';
import { tablePorts } from '../../lambdas/runtime/all-ports.ts';
import { whole } from '../../lambdas/runtime/compose.ts';
import { apiPorts } from '../../lambdas/runtime/table-ports.ts';
import { openTable } from '../../lambdas/stores/table.ts';
import { narrowedPortal } from '../../lambdas/use-cases/narrowed-portal.ts';
import { bundling } from '../../lib/bundle.ts';

const PORTS = Object.keys(tablePorts(openTable({} as never, 'table')));

/** What is asked of contracts of other families alone, by functions that are for one. */
const OF_OTHERS: Readonly<Record<string, readonly string[]>> = {
  serviceDeliveriesApi: ['costReports', 'productCommitments'],
  veloOrdersApi: ['costReports', 'productCommitments'],
};

const inApi = Object.entries<FunctionDefinition>(functions).filter(([, { entry }]) => entry.startsWith('lambdas/api/'));

test.each(inApi)('%s carries each port that it asks something of', async (name, definition) => {
  const options = { ...bundling(definition), minify: false, sourcemap: false } as const;
  const { outputFiles } = await build({ ...options, entryPoints: [definition.entry], write: false });
  const code = outputFiles?.[0]?.text ?? '';
  const asked = PORTS.filter((port) => new RegExp(`\\bportal\\d*\\.${port}\\b`).test(code));
  expect(asked).toContain('users');
  const lacking = asked.filter((port) => !new RegExp(`\\b${port}: |^\\s+${port}[,\\n]`, 'm').test(code));
  expect(lacking.sort()).toEqual(OF_OTHERS[name] ?? []);
});

test('a function narrows the ports it has for a member of a work group, without asking for others', () => {
  const portal = whole(apiPorts(openTable({} as never, 'table')));
  expect(Object.keys(narrowedPortal(portal, { groupId: 'West', items: [] }))).toEqual(Object.keys(portal));
});
