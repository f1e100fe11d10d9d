import type { OrganizationType, Role } from '../domain/organization/organization.ts';
import { rolesNotFor } from '../domain/organization/roles.ts';
import { PortalError } from './errors.ts';

/** @throws PortalError BAD_REQUEST naming roles that members of such an organization can't have */
export function refuseRoles(type: OrganizationType, roles: readonly Role[]): void {
  const wrong = rolesNotFor(type, roles);
  if (wrong.length === 0) return;
  const message = `has ${wrong.join(', ')}, which ${wrong.length === 1 ? 'is no role' : 'are no roles'} of that kind of organization`;
  throw new PortalError('BAD_REQUEST', `roles ${message}`, [{ field: 'roles', message }]);
}
