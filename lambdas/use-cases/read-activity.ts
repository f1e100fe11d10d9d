import type { Caller } from './caller.ts';
import { ACTIVITY_LIST } from './lists/activity-list.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import type { Portal } from './ports/portal.ts';

/** Something that was done, without who did it. */
export type Activity = { id: string; time: string; action: string; subject: string; subjectId: string };

/** How many entries of each of the trail's shards are looked at. */
const LATEST = 50;

// About people: for Administrators, in the audit trail.
const PERSONAL: ReadonlySet<string> = new Set(['USER', 'TOKEN']);

/**
 * What has happened lately in the caller's organization: the latest entries of its audit trail, without people. The list reads
 * an index and may lag behind by a moment.
 * @throws PortalError BAD_REQUEST
 */
export async function listActivity(
  portal: Pick<Portal, 'audit'>,
  { organizationId }: Caller,
  query: ListQuery,
): Promise<Page<Activity>> {
  const page = compileList(ACTIVITY_LIST, query);
  const rows = await portal.audit.latest(organizationId, LATEST);
  const activities = rows.map(({ id, time, action, subject }): Activity => {
    const at = subject.indexOf('#');
    return { id, time, action, subject: subject.slice(0, at), subjectId: subject.slice(at + 1) };
  });
  return page(activities.filter(({ subject }) => !PERSONAL.has(subject)));
}
