import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import { AUDIT_LIST } from './lists/audit-list.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import type { AuditEntry } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { grantFor } from './scope.ts';

const DAYS_READ = 90;
const DAY_MS = 86_400_000;

type AuditQuery = ListQuery & {
  /** Organization whose trail it is; the caller's own unless told otherwise. */
  organizationId?: string | undefined;
  /** Only entries later than that; the last 90 days unless told otherwise. */
  from?: string | undefined;
};

/**
 * What was changed in an organization, by whom, when, and why. The list reads an index and may lag behind by a moment.
 * @throws PortalError BAD_REQUEST; NOT_FOUND for an organization that isn't the caller's to see
 */
export async function readAuditTrail(
  portal: Portal,
  caller: Caller,
  { organizationId = caller.organizationId, from, ...query }: AuditQuery,
  now: Date,
): Promise<Page<AuditEntry>> {
  const page = compileList(AUDIT_LIST, query);
  if (organizationId !== caller.organizationId) await refuseForeign(portal, caller, organizationId);
  const after = from ?? new Date(now.getTime() - DAYS_READ * DAY_MS).toISOString();
  const { content, total } = page(await portal.audit.rows(organizationId, after));
  const placeOf = ({ subject, id }: Pick<AuditEntry, 'subject' | 'id'>): string => `${subject} ${id}`;
  const entries = new Map((await portal.audit.getMany(content)).map((entry) => [placeOf(entry), entry]));
  return { content: content.flatMap((row) => entries.get(placeOf(row)) ?? []), total };
}

async function refuseForeign(portal: Portal, caller: Caller, organizationId: string): Promise<void> {
  const sees = grantFor(caller, 'readAuditTrail').sees === 'ALL';
  if (sees && (await portal.organizations.get(organizationId))) return;
  throw new PortalError('NOT_FOUND', `There is no organization ${organizationId}`);
}
