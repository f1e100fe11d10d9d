import type { Role } from '../../lambdas/domain/organization/organization.ts';
import { apiTokenText, hashOfSecret } from '../../lambdas/use-cases/api-token-text.ts';
import type { Programme } from '../../lambdas/use-cases/import-programme.ts';
import { plainId } from './plain-programme.ts';

const SECRET = 'a-secret-of-plain-programmes-alone-0123456789';

/** The text of the API token of an organization's user below. */
export const plainUserToken = (organizationId: string): string => apiTokenText(`token-${organizationId}`, SECRET);

/** A user of an organization with an API token, for a programme that is asked through the API in 2026. */
export function plainUser(organizationId: string, roles: readonly Role[]): Pick<Programme, 'users' | 'apiTokens'> {
  const user = {
    id: plainId(9, 1),
    organizationId,
    firstName: 'Plain',
    lastName: 'User',
    email: 'plain.user@organization.example',
    roles,
    status: 'ACTIVE',
    version: 1,
  } as const;
  const apiToken = {
    id: `token-${organizationId}`,
    userId: user.id,
    organizationId,
    name: 'script',
    roles,
    secretHash: hashOfSecret(SECRET),
    createdTime: '2026-01-01T00:00:00.000Z',
    expires: '2027-01-01T00:00:00.000Z',
    revoked: false,
    version: 1,
  };
  return { users: [user], apiTokens: [apiToken] };
}
