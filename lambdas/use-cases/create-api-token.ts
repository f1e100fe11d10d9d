import type { Role } from '../domain/organization/organization.ts';
import { inOrder } from '../domain/organization/roles.ts';
import { hashOfSecret } from './api-token-text.ts';
import { audited } from './audited.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import type { ApiToken } from './ports/access.ts';
import type { Portal } from './ports/portal.ts';

const MOST_DAYS = 365;
const DAY_MS = 86_400_000;

/** A token to make; `id` and `secret` are new and random. */
type NewApiToken = { id: string; secret: string; name: string; expires: Date; roles: readonly Role[] };

/**
 * Makes an API token for the caller, with no role that the caller hasn't in this request (domain.md §8).
 * @throws PortalError BAD_REQUEST for an expiry that is past or more than 365 days ahead; NOT_ALLOWED for other roles
 */
export async function createApiToken(
  portal: Portal,
  caller: Caller,
  wanted: NewApiToken,
  now: Date,
): Promise<ApiToken> {
  refuseExpiry(wanted.expires, now);
  const beyond = wanted.roles.filter((role) => !caller.roles.includes(role));
  if (beyond.length > 0) {
    const message = `has ${beyond.join(', ')}, which you have not yourself`;
    throw new PortalError('NOT_ALLOWED', `roles ${message}`, [{ field: 'roles', message }]);
  }
  const token: ApiToken = {
    id: wanted.id,
    userId: caller.userId,
    organizationId: caller.organizationId,
    name: wanted.name,
    roles: inOrder(wanted.roles),
    secretHash: hashOfSecret(wanted.secret),
    createdTime: now.toISOString(),
    expires: wanted.expires.toISOString(),
    revoked: false,
    version: 1,
  };
  const entry = audited(portal, {
    organizationId: token.organizationId,
    subject: `TOKEN#${token.id}`,
    version: 1,
    now,
    actor: caller.userId,
    action: 'createApiToken',
    to: `until ${token.expires}: ${token.roles.join(', ')}`,
  });
  const result = await portal.units.commit([portal.apiTokens.created(token), entry]);
  if (!result.ok) throw new Error('the id of a new API token is taken');
  return token;
}

/** @throws PortalError BAD_REQUEST */
export function refuseExpiry(expires: Date, now: Date): void {
  const ahead = expires.getTime() - now.getTime();
  if (ahead > 0 && ahead <= MOST_DAYS * DAY_MS) return;
  const message = `must be after now and within ${MOST_DAYS} days`;
  throw new PortalError('BAD_REQUEST', `expires ${message}`, [{ field: 'expires', message }]);
}
