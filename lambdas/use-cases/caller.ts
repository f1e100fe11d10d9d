import type { OrganizationType, Role } from '../domain/organization/organization.ts';

/** Who asks: a user of an organization, with the roles that count for this request. */
export type Caller = {
  userId: string;
  organizationId: string;
  organizationType: OrganizationType;
  roles: readonly Role[];
};
