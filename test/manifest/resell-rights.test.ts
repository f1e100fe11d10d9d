import { task } from '../../lambdas/jobs/usage-files.ts';
import type { FunctionDefinition } from '../../lambdas/manifest/functions/function.ts';
import { type FunctionName, functions } from '../../lambdas/manifest/functions.ts';
import { tablePorts } from '../../lambdas/runtime/all-ports.ts';
import { openTable } from '../../lambdas/stores/table.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { announceCostReport, findCostReportFile } from '../../lambdas/use-cases/take-cost-report-file.ts';
import { openLocalClient } from '../../local/dynamodb/client.ts';
import { cur } from '../support/cost-files.ts';
import { TABLE_NAME } from '../support/portal-parts.ts';
import { recordingRights } from '../support/recording-rights.ts';
import { OCTOBER, openResellPortal } from '../support/resell-portal.ts';

test('a cost report that is uploaded needs no right that its functions have not', async () => {
  const opened = await openResellPortal();
  try {
    await opened.bind('123456789012');
    const used = new Map<FunctionName, Set<string>>();
    const portalOf = (name: FunctionName): Portal => {
      const rights = new Set<string>();
      used.set(name, rights);
      const client = openLocalClient(recordingRights(opened.database.requestHandler, rights));
      return { ...opened.portal, ...tablePorts(openTable(client, TABLE_NAME)) };
    };
    const vendor = {
      userId: 'ada',
      organizationId: 'VENDOR',
      organizationType: 'VENDOR',
      roles: ['Operations'],
    } as const;
    const of = { caller: vendor, contractId: opened.contractId, usagePeriod: OCTOBER, now: opened.clock.time };
    const api = portalOf('costReportsApi');
    const text = Buffer.from(cur([{}]));
    const { file } = await announceCostReport(api, of, text.length, () => 'one');
    const key = `uploads/${file.id}/source`;
    opened.objects.set(key, text);
    await task(portalOf('usageFiles'), { detail: { object: { key } } });
    expect(await findCostReportFile(api, { ...of, fileId: file.id })).toMatchObject({ status: 'TAKEN' });
    for (const [name, rights] of used) {
      const { rights: allowed }: FunctionDefinition = functions[name];
      expect([name, [...rights].filter((right) => !allowed.table?.includes(right))]).toEqual([name, []]);
      expect(rights.size).toBeGreaterThan(0);
    }
  } finally {
    await opened.close();
  }
});
