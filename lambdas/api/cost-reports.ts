import { randomUUID } from 'node:crypto';
import type { Period } from '../domain/calendar/period.ts';
import { type CostReport, isFinal } from '../domain/cost-report/cost-report.ts';
import type { CostReportFile } from '../domain/cost-report/cost-report-file.ts';
import { formatMoney } from '../domain/numbers/currency.ts';
import { costReportRoutes } from '../manifest/routes/cost-reports.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { costReportPorts } from '../runtime/cost-report-ports.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { Answer, ResourceOf } from '../runtime/resource.ts';
import { bindAwsAccount } from '../use-cases/bind-aws-account.ts';
import type { Caller } from '../use-cases/caller.ts';
import type { ListQuery } from '../use-cases/lists/definition.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { findAwsAccount, findCostReport, listCostReports } from '../use-cases/read-cost-reports.ts';
import { takeCostReport } from '../use-cases/take-cost-report.ts';
import { announceCostReport, findCostReportFile } from '../use-cases/take-cost-report-file.ts';

type OfContract = { caller: Caller; params: { contractId: string }; query: ListQuery };
type OfMonth = { caller: Caller; params: { contractId: string; usagePeriod: Period } };

const list = async (portal: Portal, { caller, params, query }: OfContract) => {
  const { content, total } = await listCostReports(portal, caller, params.contractId, query);
  return { body: { content: content.map(summaryBody), total } };
};

const get = async (portal: Portal, { caller, params }: OfMonth) => ({
  body: reportBody(await findCostReport(portal, caller, params)),
});

export const resource: ResourceOf<'costReportsApi'> = {
  getAwsAccount: async (portal, { caller, params }) => {
    const { accountId, version } = await findAwsAccount(portal, caller, params.contractId);
    return { body: { accountId }, version };
  },
  bindAwsAccount: async (portal, { caller, params, body, now, ifMatch }) => {
    const { accountId, version } = await bindAwsAccount(portal, { caller, ...params, now, ifMatch }, body.accountId);
    return { body: { accountId }, version };
  },
  takeCostReport: async (portal, { caller, params, body, now }) => ({
    body: reportBody(await takeCostReport(portal, { caller, ...params, now }, body)),
  }),
  announceCostReport: async (portal, { caller, params, body, now }) => {
    const { file, upload } = await announceCostReport(portal, { caller, ...params, now }, body.size, randomUUID);
    const { contractId, usagePeriod } = params;
    return {
      body: { ...fileBody(file), upload: { method: 'PUT', ...upload, headers: { ...upload.headers } } },
      location: `/api/vendor/v1/costReports/${contractId}/${usagePeriod}/files/${file.id}`,
    };
  },
  getCostReportFile: async (portal, { caller, params }) => ({
    body: fileBody(await findCostReportFile(portal, { caller, ...params })),
  }),
  listProviderCostReports: list,
  getProviderCostReport: get,
  listAggregatorCostReports: list,
  getAggregatorCostReport: get,
  listVendorCostReports: list,
  getVendorCostReport: get,
};

export const handler = apiHandler(costReportRoutes, resource, portalWith(costReportPorts));

function fileBody(file: CostReportFile): Answer<'getCostReportFile'>['body'] {
  const { id, contractId, usagePeriod, size, status, reason, errors, createdTime } = file;
  return {
    ...{ id, contractId, usagePeriod, size, status, createdTime },
    ...(reason !== undefined && { reason }),
    errors: [...errors],
  };
}

function summaryBody(report: CostReport): Answer<'listVendorCostReports'>['body']['content'][number] {
  const { usagePeriod, format, accountId, currency, total, rows, bills, time } = report;
  return {
    ...{ usagePeriod, format, accountId, currency, rows, time },
    total: formatMoney(total, currency),
    bills: [...bills],
    final: isFinal(report),
  };
}

function reportBody(report: CostReport): Answer<'getVendorCostReport'>['body'] {
  const services = report.services.map(({ amount, bills, ...service }) => ({
    ...service,
    amount: formatMoney(amount, report.currency),
    bills: [...bills],
  }));
  return { ...summaryBody(report), services };
}
