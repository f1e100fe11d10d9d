import { task } from '../../lambdas/jobs/usage-files.ts';
import { announceCostReport, findCostReportFile } from '../../lambdas/use-cases/take-cost-report-file.ts';
import { cur } from '../support/cost-files.ts';
import { functionsRights } from '../support/functions-rights.ts';
import { OCTOBER, openResellPortal } from '../support/resell-portal.ts';

test('a cost report that is uploaded needs no right that its functions have not', async () => {
  const opened = await openResellPortal();
  try {
    await opened.bind('123456789012');
    const { portalOf, beyondManifest } = functionsRights(opened);
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
    expect(beyondManifest()).toEqual([]);
  } finally {
    await opened.close();
  }
});
