import type { WorkGroup } from '../../domain/work-group/work-group.ts';
import type { Change } from './changes.ts';

export type WorkGroups = {
  get(organizationId: string, groupId: string): Promise<WorkGroup | undefined>;
  /** Strongly consistent. */
  ofOrganization(organizationId: string): Promise<WorkGroup[]>;
  created(group: WorkGroup): Change;
  /** Refused when the stored one isn't of the version before. */
  changed(before: WorkGroup, after: WorkGroup): Change;
  deleted(group: WorkGroup): Change;
};
