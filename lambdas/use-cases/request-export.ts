import {
  type DocumentExport,
  EXPORT_KINDS_OF,
  type ExportKind,
  type ExportRequest,
  monthsProblem,
} from '../domain/document-export/document-export.ts';
import { audited } from './audited.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import type { Portal } from './ports/portal.ts';

/**
 * Asks for documents as one export, which a job makes within minutes.
 * @throws PortalError BAD_REQUEST for months or kinds that can't be had; EXPORT_RUNNING
 */
export async function requestExport(
  portal: Pick<Portal, 'units' | 'audit' | 'documentExports'>,
  { caller, now, id }: { caller: Caller; now: Date; id: string },
  request: ExportRequest,
): Promise<DocumentExport> {
  const problem = monthsProblem(request);
  if (problem) {
    throw new PortalError('BAD_REQUEST', `toPeriod ${problem}`, [{ field: 'toPeriod', message: problem }]);
  }
  const { userId, organizationId, organizationType } = caller;
  const known: readonly ExportKind[] = EXPORT_KINDS_OF[organizationType];
  if (!request.kinds.every((kind) => known.includes(kind))) {
    const message = `must be of ${known.join(', ')}`;
    throw new PortalError('BAD_REQUEST', `kinds ${message}`, [{ field: 'kinds', message }]);
  }
  const asked: DocumentExport = {
    id,
    organizationId,
    userId,
    status: 'PENDING',
    request,
    createdTime: now.toISOString(),
    attempts: 0,
    parts: 0,
    files: 0,
    version: 1,
  };
  const result = await portal.units.commit([
    ...portal.documentExports.created(asked),
    audited(portal, {
      ...{ organizationId, subject: `EXPORT#${id}`, version: 1, now, actor: userId },
      action: 'requestExport',
    }),
  ]);
  if (result.ok) return asked;
  throw new PortalError('EXPORT_RUNNING', 'An export that you have asked for is underway: wait until it is done');
}
