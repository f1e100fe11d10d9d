import { randomUUID } from 'node:crypto';
import type { Period } from '../domain/calendar/period.ts';
import type { DocumentExport, ExportKind } from '../domain/document-export/document-export.ts';
import type { InvoiceForm } from '../domain/invoice/document-forms.ts';
import { exportRoutes } from '../manifest/routes/exports/exports.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { exportPorts } from '../runtime/export-ports.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { Answer, ResourceOf } from '../runtime/resource.ts';
import type { Caller } from '../use-cases/caller.ts';
import type { ListQuery, PageRequest } from '../use-cases/lists/definition.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { findExport, listExportedFiles, listExports } from '../use-cases/read-exports.ts';
import { requestExport } from '../use-cases/request-export.ts';

type Asked = { caller: Caller; now: Date };
type Body = {
  fromPeriod: Period;
  toPeriod: Period;
  kinds: ExportKind[];
  forms: InvoiceForm[];
  aggregatorId?: string | undefined;
  serviceProviderId?: string | undefined;
};
type OfOne = Asked & { params: { exportId: string } };

const request =
  (path: string) =>
  async (portal: Portal, { caller, now, body }: Asked & { body: Body }) => {
    const { fromPeriod: from, toPeriod: to, kinds, forms, aggregatorId, serviceProviderId } = body;
    const made = await requestExport(
      portal,
      { caller, now, id: randomUUID() },
      {
        ...{ from, to, kinds, forms },
        ...(aggregatorId !== undefined && { aggregatorId }),
        ...(serviceProviderId !== undefined && { serviceProviderId }),
      },
    );
    return { body: exportBody(made), location: `${path}/${made.id}` };
  };

const list = async (portal: Portal, { caller, query, now }: Asked & { query: ListQuery }) => {
  const { content, total } = await listExports(portal, caller, query, now);
  return { body: { content: content.map(exportBody), total } };
};

const get = async (portal: Portal, { caller, params, now }: OfOne) => ({
  body: exportBody(await findExport(portal, caller, params.exportId, now)),
});

const files = async (portal: Portal, { caller, params, query, now }: OfOne & { query: PageRequest }) => ({
  body: await listExportedFiles(portal, caller, params.exportId, query, now),
});

export const resource: ResourceOf<'exportsApi'> = {
  requestProviderExport: request('/api/provider/v1/exports'),
  listProviderExports: list,
  getProviderExport: get,
  listProviderExportedFiles: files,
  requestAggregatorExport: request('/api/aggregator/v1/exports'),
  listAggregatorExports: list,
  getAggregatorExport: get,
  listAggregatorExportedFiles: files,
  requestVendorExport: request('/api/vendor/v1/exports'),
  listVendorExports: list,
  getVendorExport: get,
  listVendorExportedFiles: files,
};

export const handler = apiHandler(exportRoutes, resource, portalWith(exportPorts));

function exportBody(of: DocumentExport): Answer<'getVendorExport'>['body'] {
  const { id, status, userId, createdTime, request: asked, documents, files, finishedTime, expires, failure } = of;
  const { from: fromPeriod, to: toPeriod, kinds, forms, ...narrowed } = asked;
  return {
    ...{ id, status, userId, createdTime, fromPeriod, toPeriod, ...narrowed },
    kinds: [...kinds],
    forms: [...forms],
    ...(documents !== undefined && { documents, files }),
    ...(finishedTime !== undefined && { finishedTime }),
    ...(expires !== undefined && { expires }),
    ...(failure && { failure }),
  };
}
