import * as z from 'zod';
import type { UsageFile } from '../domain/usage-file/usage-file.ts';
import { parseJson } from './bytes.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import type { ListQuery, Page, PageRequest } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { USAGE_FILE_LIST } from './lists/usage-file-list.ts';
import type { Portal } from './ports/portal.ts';
import { ownUsageFile } from './usage-file-changed.ts';
import { type ReportedError, ReportedErrorSchema, usageFileObjects } from './usage-file-objects.ts';

type ReadPortal = Pick<Portal, 'usageFiles' | 'workFiles' | 'uploads'>;

/** Files of the caller's organization. @throws PortalError BAD_REQUEST */
export async function listUsageFiles(
  portal: ReadPortal,
  { organizationId }: Caller,
  query: ListQuery,
): Promise<Page<UsageFile>> {
  const page = compileList(USAGE_FILE_LIST, query);
  const { content, total } = page(await portal.usageFiles.ofServiceProvider(organizationId));
  const files = await portal.usageFiles.getMany(content.map(({ id }) => id));
  const byId = new Map(files.map((file) => [file.id, file]));
  return { content: content.flatMap(({ id }) => byId.get(id) ?? []), total };
}

/** @throws PortalError NOT_FOUND */
export function findUsageFile(portal: ReadPortal, caller: Caller, fileId: string): Promise<UsageFile> {
  return ownUsageFile(portal, caller, 'readUsageFiles', fileId);
}

/**
 * What is wrong with a file, a page of the first 5,000; the total is that of all.
 * @throws PortalError NOT_FOUND
 */
export async function listFileErrors(
  portal: ReadPortal,
  caller: Caller,
  fileId: string,
  { limit, offset }: PageRequest,
): Promise<Page<ReportedError>> {
  const file = await findUsageFile(portal, caller, fileId);
  if (!file.errors) return { content: [], total: 0 };
  const bytes = await portal.workFiles.get(usageFileObjects.errors(file));
  const told = bytes ? parseJson(z.array(ReportedErrorSchema), bytes) : [];
  return { content: told.slice(offset, offset + limit), total: file.errors };
}

/** A link to all that is wrong with a file, as CSV. @throws PortalError NOT_FOUND */
export async function linkErrorReport(
  portal: ReadPortal,
  caller: Caller,
  fileId: string,
  now: Date,
): Promise<{ url: string; expires: string }> {
  const file = await findUsageFile(portal, caller, fileId);
  if (!file.errors) throw new PortalError('NOT_FOUND', 'Nothing is wrong with the file, or it is not validated yet');
  return portal.uploads.link(usageFileObjects.errorReport(file), 'errors.csv', now);
}
