import { requestUsageReport } from '../../lambdas/use-cases/request-usage-report.ts';
import { runMeterDay } from '../../lambdas/use-cases/run-meter-day.ts';
import { takeReadings } from '../../lambdas/use-cases/take-readings.ts';
import { functionsRights } from '../support/functions-rights.ts';
import { gzipped, OCTOBER, openMeterPortal, vm } from '../support/meter-portal.ts';

test('taking readings and what is due on meters need no right that their functions have not', async () => {
  const opened = await openMeterPortal();
  try {
    await opened.optIn();
    await opened.openOrder(OCTOBER);
    const meterId = String((await opened.register()).body.id);
    const { portalOf, beyondManifest } = functionsRights(opened);
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
    expect(beyondManifest()).toEqual([]);
  } finally {
    await opened.close();
  }
});
