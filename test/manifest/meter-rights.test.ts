import type { FunctionDefinition } from '../../lambdas/manifest/functions/function.ts';
import { type FunctionName, functions } from '../../lambdas/manifest/functions.ts';
import { tablePorts } from '../../lambdas/runtime/all-ports.ts';
import { openTable } from '../../lambdas/stores/table.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { requestUsageReport } from '../../lambdas/use-cases/request-usage-report.ts';
import { runMeterDay } from '../../lambdas/use-cases/run-meter-day.ts';
import { takeReadings } from '../../lambdas/use-cases/take-readings.ts';
import { openLocalClient } from '../../local/dynamodb/client.ts';
import { gzipped, OCTOBER, openMeterPortal, vm } from '../support/meter-portal.ts';
import { TABLE_NAME } from '../support/portal-parts.ts';
import { recordingRights } from '../support/recording-rights.ts';

test('taking readings and what is due on meters need no right that their functions have not', async () => {
  const opened = await openMeterPortal();
  try {
    await opened.optIn();
    await opened.openOrder(OCTOBER);
    const meterId = String((await opened.register()).body.id);
    const used = new Map<FunctionName, Set<string>>();
    const portalOf = (name: FunctionName): Portal => {
      const rights = new Set<string>();
      used.set(name, rights);
      const client = openLocalClient(recordingRights(opened.database.requestHandler, rights));
      return { ...opened.portal, ...tablePorts(openTable(client, TABLE_NAME)) };
    };
    const caller = {
      userId: 'ada',
      organizationId: 'SP-1',
      organizationType: 'SERVICE_PROVIDER',
      roles: ['Auto Report Operations'],
    } as const;
    const now = opened.clock.time;
    const source = { bytes: gzipped([vm()]), format: 'NDJSON', gzip: true } as const;
    await takeReadings(portalOf('readingsApi'), { caller, meterId, now }, source);
    await requestUsageReport(portalOf('usageMetersApi'), caller, OCTOBER, now);
    opened.clock.time = new Date('2026-11-05T00:00:00Z');
    const { failures, ...done } = await runMeterDay(portalOf('meterDay'));
    expect([failures, done]).toEqual([[], { filled: 1, stopped: 1, reports: 1, accepted: 0 }]);
    for (const [name, rights] of used) {
      const { rights: allowed }: FunctionDefinition = functions[name];
      expect([...rights].filter((right) => !allowed.table?.includes(right))).toEqual([]);
      expect(rights.size).toBeGreaterThan(0);
    }
  } finally {
    await opened.close();
  }
});
