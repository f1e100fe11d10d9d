import * as z from 'zod';
import { type Task, taskHandler } from '../runtime/task-handler.ts';
import { isCostReportFile, takeCostReportFile } from '../use-cases/take-cost-report-file.ts';
import { takeUpUsageFiles } from '../use-cases/take-up-usage-files.ts';
import { fileIdOf } from '../use-cases/usage-file-objects.ts';
import { validateUsageFile } from '../use-cases/validate-usage-file.ts';

/** "Object Created" of S3, as EventBridge hands it over. */
const UploadEvent = z.object({ detail: z.object({ object: z.object({ key: z.string() }) }) });

type Result = { taken: number; failures: Error[] };

/** Validates a file of usage that was uploaded, or takes a cost report; each minute takes up files of usage that wait. */
export const task: Task<Result> = async (portal, event) => {
  const uploaded = UploadEvent.safeParse(event);
  if (!uploaded.success) return takeUpUsageFiles(portal);
  const fileId = fileIdOf(uploaded.data.detail.object.key);
  if (fileId !== undefined && isCostReportFile(fileId)) await takeCostReportFile(portal, fileId);
  else if (fileId !== undefined) await validateUsageFile(portal, fileId);
  return { taken: fileId === undefined ? 0 : 1, failures: [] };
};

export const handler = taskHandler('usage-files', task, undefined, ({ failures }) => failures);
