import { unzipSync } from 'fflate';
import { usageReportZip } from '../../../lambdas/documents/usage-report.ts';
import { task } from '../../../lambdas/jobs/usage-files.ts';
import { metered, openUsagePortal, PROVIDER } from '../../support/usage-portal.ts';

test("a meter's file of the month is taken as it comes: what it has filled in stays as it is", async () => {
  const opened = await openUsagePortal();
  try {
    const customers = ['', 'Genie', '=1+1', "O'Neill", "'-quoted'", 'Größe & Söhne'];
    const filled = customers.map((customerNumber, n) => ({
      ...metered(`m-${n}`, `${n + 1}.5`, opened.west, 'West'),
      customerNumber,
    }));
    await opened.fill(filled);
    const { contractNumber } = await opened.order();
    const usage = filled.map((line, n) => ({ ...line, siteId: opened.west, siteName: 'West', quantity: `${n + 1}.5` }));
    const files = unzipSync(usageReportZip('2026-10', 'prm-SP-1', [{ contractNumber, usage }]));
    const [[, body] = []] = Object.entries(files).filter(([name]) => name.endsWith('/Monthly_Usage.tsv'));
    const query = { name: 'Monthly_Usage.tsv' };
    const { body: sent } = await opened.send('sendUsageFile', { query, body }, PROVIDER);
    await task(opened.portal, {});
    const { body: file } = await opened.send('getUsageFile', { params: { fileId: String(sent.id) } }, PROVIDER);
    const orders = [{ added: 0, changed: 0, unchanged: customers.length }];
    expect(file).toMatchObject({ status: 'READY', rows: customers.length, orders });
  } finally {
    await opened.close();
  }
});
