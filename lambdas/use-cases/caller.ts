import type { OrganizationType, Role } from '../domain/organization/organization.ts';
import type { View } from '../domain/work-group/work-group.ts';

/** Who asks: a user of an organization, with the roles that count for this request. */
export type Caller = {
  userId: string;
  organizationId: string;
  organizationType: OrganizationType;
  roles: readonly Role[];
  /** What its work group lets it see of the organization; absent where it sees all. */
  view?: View;
};
