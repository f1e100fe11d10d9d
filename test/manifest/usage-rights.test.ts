import { task } from '../../lambdas/jobs/usage-files.ts';
import type { FunctionDefinition } from '../../lambdas/manifest/functions/function.ts';
import { type FunctionName, functions } from '../../lambdas/manifest/functions.ts';
import type { RouteDefinition } from '../../lambdas/manifest/routes/route.ts';
import { type RouteId, routes } from '../../lambdas/manifest/routes.ts';
import { tablePorts } from '../../lambdas/runtime/all-ports.ts';
import { openTable } from '../../lambdas/stores/table.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { openLocalClient } from '../../local/dynamodb/client.ts';
import { bearerFor, request, type Sent } from '../support/api-requests.ts';
import { TABLE_NAME } from '../support/portal-parts.ts';
import { recordingRights } from '../support/recording-rights.ts';
import { openUsagePortal } from '../support/usage-portal.ts';

const NAMES = ['usageLinesApi', 'usageFilesApi', 'usageFiles'] as const satisfies readonly FunctionName[];

test('what is done with usage needs no rights that its functions do not have', async () => {
  const opened = await openUsagePortal();
  const used = new Map<string, Set<string>>(NAMES.map((name) => [name, new Set<string>()]));
  const portals = new Map<string, Portal>(
    NAMES.map((name) => {
      const client = openLocalClient(recordingRights(opened.database.requestHandler, used.get(name) as Set<string>));
      return [name, { ...opened.portal, ...tablePorts(openTable(client, TABLE_NAME)) }];
    }),
  );
  const roles = ['Operations', 'Read Only'] as const;
  const token = await bearerFor(opened.portal, await opened.addUser({ id: 'ada', organizationId: 'SP-1', roles }));
  const send = async (id: RouteId, sent: Sent = {}) => {
    const route: RouteDefinition = routes[id];
    const reply = await request(portals.get(route.function) as Portal, id, { ...sent, token });
    expect([id, reply.status < 300]).toEqual([id, true]);
    return reply;
  };
  const job = portals.get('usageFiles') as Portal;

  const params = { orderId: opened.orderId };
  const line = { code: 'CORE', siteId: opened.west, quantity: '1' };
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'k-1' };
  const { body } = await send('addUsage', { params, body: line, headers });
  const one = { ...params, usageId: String((body.usage as { id: string }).id) };
  await send('changeUsage', { params: one, body: { quantity: '2' } });
  await send('removeUsage', { params: one });
  await send('reportZeroUsage', { params, body: { zero: true } });
  const many = Array.from({ length: 70 }, (_, n) => [`P-${n},West,1`, `P-${n},East,1`]).flat();
  const { importCatalogue } = await import('../../lambdas/use-cases/import-catalogue.ts');
  const [core] = (await opened.portal.catalogue.current()).products.filter(({ code }) => code === 'CORE');
  if (!core) throw new Error('no product');
  const products = Array.from({ length: 70 }, (_, n) => ({ ...core, id: `p-${n}`, code: `P-${n}` }));
  await importCatalogue(opened.portal, { products });
  const operations = products.map(({ code }) => ({ operation: 'ADD', ...line, code }));
  await send('writeUsageBatch', { params, body: { operations } });
  await opened.empty();

  async function filed(): Promise<string> {
    const sent = {
      query: { name: 'a.csv', orderId: opened.orderId },
      body: ['product,site,quantity', ...many].join('\n'),
    };
    const { body: file } = await send('sendUsageFile', { ...sent, headers: { 'content-type': 'text/csv' } });
    for (const key of opened.uploaded.splice(0)) await task(job, { detail: { object: { key } } });
    return String(file.id);
  }
  await send('announceUsageFile', {
    body: { name: 'a.csv', size: 1, orderId: opened.orderId },
    headers: { ...headers, 'idempotency-key': 'k-2' },
  });
  const first = { fileId: await filed() };
  for (const id of ['getUsageFile', 'listUsageFileErrors'] as const) await send(id, { params: first });
  await send('listUsageFiles');
  await send('validateUsageFile', { params: first });
  await task(job, {});
  await send('applyUsageFile', { params: first });
  expect(await opened.lines()).toHaveLength(140);
  await send('linkUsageTemplate', { params });
  await opened.empty();
  const second = await filed();
  const file = await opened.portal.usageFiles.get(second);
  if (!file) throw new Error('no file');
  const applied = { userId: 'ada', time: opened.clock.time.toISOString() };
  await opened.portal.units.commit([opened.portal.usageFiles.changed({ ...file, applied }, opened.clock.time)]);
  const { failures } = await task(job, {});
  expect(failures).toEqual([]);
  expect(await opened.portal.usageFiles.get(second)).toMatchObject({ status: 'APPLIED' });
  const third = await filed();
  await send('discardUsageFile', { params: { fileId: third } });

  for (const name of NAMES) {
    const { rights }: FunctionDefinition = functions[name];
    const beyond = [...(used.get(name) ?? [])].filter((right) => !rights.table?.includes(right));
    expect([name, beyond]).toEqual([name, []]);
  }
  await opened.close();
});
