import { randomUUID } from 'node:crypto';
import { formatQuantity } from '../domain/numbers/amounts.ts';
import { connectionOf, healthOf } from '../domain/usage-meter/health.ts';
import type { UsageMeter } from '../domain/usage-meter/usage-meter.ts';
import { reportedUsageRoutes } from '../manifest/routes/usage-meters/reported-usage.ts';
import { usageMeterRoutes } from '../manifest/routes/usage-meters/usage-meters.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { meterPorts } from '../runtime/meter-ports.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { Answer, ApiRequest, ResourceOf } from '../runtime/resource.ts';
import { chooseAutomaticReporting } from '../use-cases/automatic-reporting.ts';
import {
  changeUsageMeter,
  type MeterEdit,
  type MeterFields,
  registerUsageMeter,
  removeUsageMeter,
} from '../use-cases/keep-usage-meter.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import type { AutomaticReporting } from '../use-cases/ports/usage-meters.ts';
import type { UsageReport } from '../use-cases/ports/usage-reports.ts';
import { readAutoReported } from '../use-cases/read-auto-reported.ts';
import {
  findUsageMeter,
  listAggregatorMeters,
  listContractMeters,
  listOwnMeters,
  type MeterDetail,
} from '../use-cases/read-usage-meters.ts';
import { findUsageReport, requestUsageReport } from '../use-cases/request-usage-report.ts';

export const resource: ResourceOf<'usageMetersApi'> = {
  listContractUsageMeters: async (portal, { caller, params, query, now }) => {
    const { content, total } = await listContractMeters(portal, caller, params.contractId, query, now);
    return { body: { content: content.map((meter) => contractMeterBody(meter, params.contractId, now)), total } };
  },

  listAggregatorUsageMeters: async (portal, { caller, query, now }) => {
    const { content, total } = await listAggregatorMeters(portal, caller, query, now);
    const bodies = content.map(({ meter, serviceProvider: { name, prmId, countryRegion } }) => ({
      serviceProvider: { name, prmId, countryRegion },
      ...meterBody(meter, now),
    }));
    return { body: { content: bodies, total } };
  },

  getAutomaticReporting: async (portal, { caller }) => ({
    body: reportingBody(await portal.usageMeters.automaticReporting(caller.organizationId)),
  }),

  chooseAutomaticReporting: async (portal, { caller, body, now }) => ({
    body: reportingBody(await chooseAutomaticReporting(portal, { caller, now }, body.optedIn)),
  }),

  listUsageMeters: async (portal, { caller, query, now }) => {
    const { content, total } = await listOwnMeters(portal, caller, query, now);
    return { body: { content: content.map((meter) => keptBody(meter, now)), total } };
  },

  getUsageMeter: async (portal, { caller, params, query, now }) => {
    const detail = await findUsageMeter(portal, caller, { ...params, ...query, now });
    return { body: detailBody(detail, now), version: detail.meter.edits };
  },

  registerUsageMeter: async (portal, { caller, body, now }) => {
    const { version: softwareVersion, connectionMode: connection, ...fields } = body;
    const asked: MeterFields = { ...fields, softwareVersion, connection };
    const meter = await registerUsageMeter(portal, { caller, now, id: randomUUID() }, asked);
    return { body: keptBody(meter, now), location: `/api/provider/v1/usageMeters/${meter.id}` };
  },

  changeUsageMeter: async (portal, { caller, params, body, ifMatch, now }) => {
    const { version: softwareVersion, connectionMode: connection, ...fields } = body;
    const edit: MeterEdit = { ...fields, softwareVersion, connection };
    const meter = await changeUsageMeter(portal, { caller, now, ...params, ifMatch }, edit);
    return { body: keptBody(meter, now), version: meter.edits };
  },

  removeUsageMeter: async (portal, { caller, params, ifMatch, now }) => {
    await removeUsageMeter(portal, { caller, now, ...params, ifMatch });
    return { body: undefined };
  },

  getProviderAutoReportedData: autoReportedOf,
  getAggregatorAutoReportedData: autoReportedOf,
  getVendorAutoReportedData: autoReportedOf,

  requestUsageReport: async (portal, { caller, body, now }) => {
    const report = await requestUsageReport(portal, caller, body.usagePeriod, now);
    return { body: reportBody(report), location: `/api/provider/v1/usageReports/${report.period}` };
  },

  getUsageReport: async (portal, { caller, params, now }) => {
    const report = await findUsageReport(portal, caller, params.usagePeriod);
    const { key, period } = report;
    if (key === undefined) return { body: reportBody(report) };
    return { body: { ...reportBody(report), link: await portal.documents.link(key, `usage-${period}.zip`, now) } };
  },
};

export const handler = apiHandler({ ...usageMeterRoutes, ...reportedUsageRoutes }, resource, portalWith(meterPorts));

function meterBody(meter: UsageMeter, now: Date) {
  const { id, instanceId, name, softwareVersion, mode, lastUploadTime, lastModifiedTime } = meter;
  return {
    id,
    instanceId,
    name,
    version: softwareVersion,
    mode,
    connectionMode: connectionOf(meter),
    ...(lastUploadTime !== undefined && { lastUploadTime }),
    uploadHealthStatus: healthOf(meter, now),
    lastModifiedTime,
  };
}

const siteOf = ({ siteId, siteName = '' }: UsageMeter['contracts'][number]) =>
  siteId === undefined ? {} : { usageSite: { id: siteId, name: siteName } };

function contractMeterBody(meter: UsageMeter, contractId: string, now: Date) {
  const contract = meter.contracts.find((each) => each.contractId === contractId);
  return { ...meterBody(meter, now), ...(contract && siteOf(contract)) };
}

function keptBody(meter: UsageMeter, now: Date) {
  const contracts = meter.contracts.map((contract) => ({
    contractId: contract.contractId,
    contractNumber: contract.contractNumber,
    ...siteOf(contract),
  }));
  const { productionSince } = meter;
  return { ...meterBody(meter, now), contracts, ...(productionSince !== undefined && { productionSince }) };
}

function detailBody({ meter, warning, months, events }: MeterDetail, now: Date): Answer<'getUsageMeter'>['body'] {
  return {
    ...keptBody(meter, now),
    ...(warning && { supportWarning: warning }),
    months: months.map(monthBody),
    events: events.map(({ time, action, actor, to, reason }) => {
      const text = reason ?? to;
      return { time, action, actor, ...(text !== undefined && { text }) };
    }),
  };
}

function monthBody({ usagePeriod, head, contracts }: MeterDetail['months'][number]) {
  if (!head) return { usagePeriod, status: 'NOTHING_REPORTED' as const, readings: 0, contracts: [] };
  const isDue = contracts.some((contract) => contract.isDue && contract.last?.outcome !== 'WAITS');
  return {
    usagePeriod,
    status: isDue ? ('BEING_APPLIED' as const) : ('REPORTED' as const),
    readings: head.readings,
    lastUploadTime: head.lastUploadTime,
    contracts: contracts.map(({ contractId, contractNumber, last }) => ({
      contractId,
      contractNumber,
      ...(last && { outcome: last.outcome, ...(last.reason && { reason: last.reason }) }),
    })),
  };
}

const reportingBody = ({ optedIn, since, meters }: AutomaticReporting) => ({
  optedIn,
  ...(since !== undefined && { since }),
  usageMeters: meters,
});

const reportBody = ({ period, status, requestedTime, madeTime }: UsageReport) => ({
  usagePeriod: period,
  status,
  requestedTime,
  ...(madeTime !== undefined && { madeTime }),
});

type OfOrder = Pick<ApiRequest<'getProviderAutoReportedData'>, 'caller' | 'params' | 'query'>;

async function autoReportedOf(portal: Portal, { caller, params, query: { limit, offset } }: OfOrder) {
  const { order, metered, lines } = await readAutoReported(portal, caller, params.orderId);
  const { meters = [], differences = [] } = metered ?? {};
  const page = <Entry>(of: readonly Entry[]) => of.slice(offset, offset + limit);
  const { id: orderId, usagePeriod, autoReportType } = order;
  const body: Answer<'getProviderAutoReportedData'>['body'] = {
    orderId,
    usagePeriod,
    autoReportType,
    meters: page(meters).map(({ meterId, meterName, units, notBilled, ...place }) => ({
      usageMeterId: meterId,
      usageMeterName: meterName,
      ...place,
      units: formatQuantity(units),
      notBilled: notBilled.map((part) => ({ ...part, units: formatQuantity(part.units) })),
    })),
    meterCount: meters.length,
    lines: page(lines).map(
      ({
        id,
        usagePeriod: of,
        productCode,
        productName,
        uom,
        siteName,
        customerNumber,
        quantity,
        prefilled,
        edit,
      }) => ({
        lineId: id,
        usagePeriod: of,
        productCode,
        productName,
        uom,
        siteName,
        customerNumber,
        metered: formatQuantity(prefilled ?? quantity),
        reported: formatQuantity(quantity),
        edited: edit !== undefined || prefilled !== quantity,
      }),
    ),
    lineCount: lines.length,
    differences: page(differences).map((difference) => ({
      ...difference,
      metered: formatQuantity(difference.metered),
      reported: formatQuantity(difference.reported),
    })),
    differenceCount: differences.length,
  };
  return { body };
}
