import { type OrganizationType, ROLES, type Role, type User } from './organization.ts';

/** Roles that members of each kind of organization may have (domain.md §8). */
export const ROLES_OF: Readonly<Record<OrganizationType, readonly Role[]>> = {
  SERVICE_PROVIDER: ['Administrator', 'Operations', 'Auto Report Operations', 'Read Only'],
  AGGREGATOR: ['Administrator', 'Operations', 'Deal Administrator', 'Read Only'],
  VENDOR: ['Administrator', 'Operations', 'Read Only'],
};

/** Ids of roles as the API shows them: published to callers, so they never change. */
export const ROLE_IDS: Readonly<Record<Role, string>> = {
  Administrator: '6f1c1d0e-7a52-4c3b-9d5e-0b7f4a1e2c01',
  Operations: '6f1c1d0e-7a52-4c3b-9d5e-0b7f4a1e2c02',
  'Read Only': '6f1c1d0e-7a52-4c3b-9d5e-0b7f4a1e2c03',
  'Auto Report Operations': '6f1c1d0e-7a52-4c3b-9d5e-0b7f4a1e2c04',
  'Deal Administrator': '6f1c1d0e-7a52-4c3b-9d5e-0b7f4a1e2c05',
};

/** Those of the roles that a member of this kind of organization can't have. */
export function rolesNotFor(type: OrganizationType, roles: readonly Role[]): Role[] {
  return roles.filter((role) => !ROLES_OF[type].includes(role));
}

/** The roles once each, in the order of ROLES, so that equal sets are written alike. */
export function inOrder(roles: readonly Role[]): Role[] {
  return ROLES.filter((role) => roles.includes(role));
}

/** Whether the user can run its organization's users: an organization that has such a user always keeps one. */
export function isActiveAdministrator({ status, roles }: Pick<User, 'status' | 'roles'>): boolean {
  return status === 'ACTIVE' && roles.includes('Administrator');
}
