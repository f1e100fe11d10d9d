import type { CloseReport, CloseRun } from '../domain/close/run.ts';
import { closeRoutes } from '../manifest/routes/closes.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import type { Answer, ResourceOf } from '../runtime/resource.ts';
import { findRun, listRuns, progressOf, reportOf } from '../use-cases/read-closes.ts';
import { startClose } from '../use-cases/start-close.ts';

export const resource: ResourceOf<'closesApi'> = {
  startClose: async (portal, { caller, body, now }) => {
    const run = await startClose(portal, { ...body, mode: 'CLOSE', now, actor: caller.userId });
    return { body: runBody(run), location: pathOf(run) };
  },

  listCloses: async (portal, { query }) => {
    const { content, total } = await listRuns(portal, query.period, query);
    return { body: { content: content.map(runBody), total } };
  },

  getClose: async (portal, { params }) => {
    const run = await findRun(portal, params.run);
    return { body: { ...runBody(run), stages: await progressOf(portal, run.name) } };
  },

  redriveClose: async (portal, { caller, params, now }) => {
    const { period } = await findRun(portal, params.run);
    const run = await startClose(portal, { period, dryRun: false, mode: 'REDRIVE', now, actor: caller.userId });
    return { body: runBody(run), location: pathOf(run) };
  },

  getCloseReport: async (portal, { params }) => ({ body: reportBody(await reportOf(portal, params.run)) }),
};

export const handler = apiHandler(closeRoutes, resource);

const pathOf = (run: CloseRun): string => `/api/vendor/v1/closes/${run.name}`;

function runBody({ name, period, run, status, dryRun, invoiceDate, claimedTime, finishedTime, failure }: CloseRun) {
  const body: Answer<'startClose'>['body'] = { name, period, run, status, dryRun, invoiceDate, claimedTime };
  if (finishedTime !== undefined) body.finishedTime = finishedTime;
  if (failure) body.failure = { code: failure.code, message: failure.message };
  return body;
}

function reportBody(report: CloseReport): Answer<'getCloseReport'>['body'] {
  return { ...report, failed: [...report.failed], totals: [...report.totals], undelivered: [...report.undelivered] };
}
