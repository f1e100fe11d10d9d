import { type Period, period } from '../../lambdas/domain/calendar/period.ts';
import type { Contract } from '../../lambdas/domain/contract/contract.ts';
import { task as usageFiles } from '../../lambdas/jobs/usage-files.ts';
import { newOrder } from '../../lambdas/use-cases/new-order.ts';
import { runMeterDay } from '../../lambdas/use-cases/run-meter-day.ts';
import { startClose } from '../../lambdas/use-cases/start-close.ts';
import { openMemoryObjects } from '../../local/memory-objects.ts';
import { executeRun } from './close-portal.ts';
import { contractIdOf, openContractPortal, type Sender, skuId } from './contract-portal.ts';
import { type CostRow, cur } from './cost-files.ts';
import { writerInto } from './document-writer.ts';

export const AWS: Sender = { organizationId: 'AWS' };
export const DEDICATED: Sender = { organizationId: 'SP-AWS' };
export const VENDOR: Sender = { organizationId: 'VENDOR' };
export const OCTOBER = period('2026-10');
export const NOVEMBER = period('2026-11');

/**
 * The contract portal on 3 November 2026 with AWS as an aggregator, a service provider dedicated to AWS Resell, and their
 * contract from 1 January, whose order of October is in the service provider's hands. It can be closed.
 */
export async function openResellPortal() {
  const opened = await openContractPortal();
  const { portal, clock, send } = opened;
  clock.time = new Date('2026-11-03T09:00:00.000Z');
  for (const [id, type] of [
    ['AWS', 'AGGREGATOR'],
    ['SP-AWS', 'SERVICE_PROVIDER'],
  ] as const) {
    const vendor = await portal.organizations.vendor();
    if (!vendor) throw new Error('there is no vendor');
    const organization = { ...vendor, id, type, name: id, prmId: `prm-${id}`, awsResell: true };
    await portal.units.commit(portal.organizations.created(organization));
  }
  await opened.addBillToAccount('AWS');
  Object.assign(portal, {
    documents: { ...openMemoryObjects(), link: async () => ({ url: 'https://files.example', expires: '' }) },
    eventBus: { publish: async () => [] },
    documentWriter: writerInto(portal),
  });
  const made = await opened.create(
    {
      contractSKUId: skuId('AWS'),
      serviceProviderId: 'SP-AWS',
      billToAccountId: 'account-of-AWS',
      bolDate: '2026-01-01',
      fillPurchaseOrderInMBO: false,
    },
    AWS,
  );
  const contractId = contractIdOf(made);
  const contract = async () => (await portal.contracts.get(contractId))?.contract as Contract;

  async function openOrder(of: Period) {
    const [known] = await portal.billingOrders.ofContract(contractId, [of]);
    if (known) return known;
    await portal.units.commit(portal.billingOrders.created(newOrder(await contract(), of, clock.time)));
    return (await portal.billingOrders.ofContract(contractId, [of]))[0] as ReturnType<typeof newOrder>;
  }
  await openOrder(OCTOBER);

  const upload = (rows: readonly CostRow[], usagePeriod: Period = OCTOBER, sent = {}) =>
    send('takeCostReport', { params: { contractId, usagePeriod }, body: cur(rows), ...sent }, VENDOR);

  return {
    ...opened,
    contractId,
    openOrder,
    upload,
    /** Announces a report, uploads it past the API, and has the job told of it as the bucket does, once more than once. */
    uploadFile: async (bytes: Uint8Array, usagePeriod: Period = OCTOBER) => {
      const params = { contractId, usagePeriod };
      const { status, body } = await send('announceCostReport', { params, body: { size: bytes.length } }, VENDOR);
      if (status !== 201) return body;
      const key = new URL((body.upload as { url: string }).url).pathname.slice(1);
      opened.objects.set(key, bytes);
      for (let told = 0; told < 2; told++) await usageFiles(portal, { detail: { object: { key } } });
      const file = await send('getCostReportFile', { params: { ...params, fileId: String(body.id) } }, VENDOR);
      return file.body;
    },
    bind: (accountId: string, sender = VENDOR, id = contractId) =>
      send('bindAwsAccount', { params: { contractId: id }, body: { accountId } }, sender),
    order: async (of = OCTOBER) =>
      (await portal.billingOrders.ofContract(contractId, [of]))[0] as ReturnType<typeof newOrder>,
    /** The job, as it runs each minute; then the lines of an order as "service amount bills". */
    applied: async (of = OCTOBER) => {
      const { failures } = await runMeterDay(portal);
      if (failures[0]) throw failures[0];
      const [order] = await portal.billingOrders.ofContract(contractId, [of]);
      const lines = order ? await portal.billingOrders.linesOf(order.id, order.lineSet) : [];
      return lines
        .map(({ usagePeriod, productCode, quantity, source }) =>
          [usagePeriod === of ? '' : usagePeriod, productCode, Number(quantity) / 1e6, source?.invoiceNumber ?? '']
            .filter((part) => part !== '')
            .join(' '),
        )
        .sort();
    },
    /** Runs a close of a period to its end and answers its report. */
    runClose: async (of: Period, { dryRun = false } = {}) => {
      const run = await startClose(portal, { period: of, mode: 'CLOSE', dryRun, now: clock.time });
      const { result } = await executeRun({ portal, clock, died: () => new Map() }, run);
      const report = (await portal.closes.run(of, run.name))?.report;
      if (!report) throw new Error(`the run has no report: ${JSON.stringify(result)}`);
      return report;
    },
  };
}
