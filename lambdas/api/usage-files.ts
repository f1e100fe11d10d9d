import { randomUUID } from 'node:crypto';
import type { HeldUsage } from '../domain/billing-order/held-usage.ts';
import { formatPoints, formatQuantity } from '../domain/numbers/amounts.ts';
import type { FileOrder, UsageFile } from '../domain/usage-file/usage-file.ts';
import { usageFileRoutes } from '../manifest/routes/usage/usage-files.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { filePorts } from '../runtime/file-ports.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { Answer, ResourceOf } from '../runtime/resource.ts';
import { announceUsageFile, takeUsageFile } from '../use-cases/create-usage-file.ts';
import { applyFile, discardUsageFile, validateAgain } from '../use-cases/move-usage-file.ts';
import { findUsageFile, linkErrorReport, listFileErrors, listUsageFiles } from '../use-cases/read-usage-files.ts';
import { usageTemplate } from '../use-cases/usage-template.ts';

export const resource: ResourceOf<'usageFilesApi'> = {
  announceUsageFile: async (portal, { caller, body, now }) => {
    const { file, upload } = await announceUsageFile(portal, { caller, now, newId: randomUUID }, body);
    const { body: told, location } = made(file);
    return { body: { ...told, upload: { method: 'PUT', ...upload, headers: { ...upload.headers } } }, location };
  },

  sendUsageFile: async (portal, { caller, query, body, now }) =>
    made(await takeUsageFile(portal, { caller, now, newId: randomUUID }, { ...query, bytes: body })),

  listUsageFiles: async (portal, { caller, query }) => {
    const { content, total } = await listUsageFiles(portal, caller, query);
    return { body: { content: content.map(fileBody), total } };
  },

  getUsageFile: async (portal, { caller, params }) => answer(await findUsageFile(portal, caller, params.fileId)),

  listUsageFileErrors: async (portal, { caller, params, query }) => ({
    body: await listFileErrors(portal, caller, params.fileId, query),
  }),

  linkUsageFileErrors: async (portal, { caller, params, now }) => ({
    body: await linkErrorReport(portal, caller, params.fileId, now),
  }),

  validateUsageFile: async (portal, { caller, params, now, ifMatch }) =>
    answer(await validateAgain(portal, { caller, ...params, now, ifMatch })),

  applyUsageFile: async (portal, { caller, params, now, ifMatch }) =>
    answer(await applyFile(portal, { caller, ...params, now, ifMatch })),

  discardUsageFile: async (portal, { caller, params, now, ifMatch }) =>
    answer(await discardUsageFile(portal, { caller, ...params, now, ifMatch })),

  linkUsageTemplate: async (portal, { caller, params, query, now }) => ({
    body: await usageTemplate(portal, caller, { ...params, ...query, now }),
  }),
};

export const handler = apiHandler(usageFileRoutes, resource, portalWith(filePorts));

const answer = (file: UsageFile) => ({ body: fileBody(file), version: file.version });

const made = (file: UsageFile) => ({ body: fileBody(file), location: `/api/provider/v1/usageFiles/${file.id}` });

function fileBody(file: UsageFile): Answer<'getUsageFile'>['body'] {
  const { serviceProviderId: _sp, attempt: _attempt, heldUntil: _held, version: _version, ...told } = file;
  const { applied, orders, ignoredColumns, ...rest } = told;
  return {
    ...rest,
    applying: applied !== undefined && file.status === 'READY',
    ...(ignoredColumns && { ignoredColumns: [...ignoredColumns] }),
    orders: orders.map(orderBody),
  };
}

function orderBody({ orderVersion: _, counts, before, after, ...order }: FileOrder) {
  return { ...order, ...counts, before: totalsBody(before), after: totalsBody(after) };
}

const totalsBody = ({ lines, quantity, reported, outsideCommit }: HeldUsage) => ({
  lines,
  quantity: formatQuantity(quantity),
  reported: formatPoints(reported),
  outsideCommit: formatPoints(outsideCommit),
});
