import { tablePorts } from '../../lambdas/runtime/all-ports.ts';
import { whole } from '../../lambdas/runtime/compose.ts';
import { apiPorts } from '../../lambdas/runtime/table-ports.ts';
import { openTable } from '../../lambdas/stores/table.ts';
import { narrowedPortal } from '../../lambdas/use-cases/narrowed-portal.ts';
import { apiFunctions, bundlesOfApi } from '../support/api-bundles.ts';

const PORTS = Object.keys(tablePorts(openTable({} as never, 'table')));

/** What is asked of contracts of other families alone, by functions that are for one. */
const OF_OTHERS: Readonly<Record<string, readonly string[]>> = {
  serviceDeliveriesApi: ['costReports', 'productCommitments'],
  veloOrdersApi: ['costReports', 'productCommitments'],
};

let bundles: Awaited<ReturnType<typeof bundlesOfApi>>;
beforeAll(async () => {
  bundles = await bundlesOfApi({ minify: false, sourcemap: false });
});

test.each(apiFunctions)('%s carries each port that it asks something of', (name, { entry }) => {
  const code = bundles.get(entry)?.code ?? '';
  const asked = namedBy(/\bportal\d*\.(\w+)/g, code);
  expect(asked.has('users')).toBe(true);
  const carried = namedBy(/\b(\w+): |^\s+(\w+)[,\n]/gm, code);
  const lacking = PORTS.filter((port) => asked.has(port) && !carried.has(port));
  expect(lacking.sort()).toEqual(OF_OTHERS[name] ?? []);
});

/** The names that stand at the first group that takes part in each match. */
const namedBy = (pattern: RegExp, code: string): Set<string | undefined> =>
  new Set([...code.matchAll(pattern)].map((match) => match.slice(1).find(Boolean)));

test('a function narrows the ports it has for a member of a work group, without asking for others', () => {
  const portal = whole(apiPorts(openTable({} as never, 'table')));
  expect(Object.keys(narrowedPortal(portal, { groupId: 'West', items: [] }))).toEqual(Object.keys(portal));
});
