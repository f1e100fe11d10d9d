import { audited } from './audited.ts';
import type { Caller } from './caller.ts';
import { changedMeanwhile } from './changed-meanwhile.ts';
import { refuseExpiry } from './create-api-token.ts';
import { PortalError } from './errors.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import type { ApiToken } from './ports/access.ts';
import type { Portal } from './ports/portal.ts';
import { findApiToken } from './read-api-tokens.ts';
import { isValid } from './session.ts';

type ApiTokenChange = { caller: Caller; tokenId: string; now: Date; ifMatch?: IfMatch };

/**
 * Revokes an API token of the caller's organization; bearer tokens made with it stop within a minute.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; TRANSITION_NOT_ALLOWED when it is no longer valid; CHANGED_MEANWHILE
 */
export async function revokeApiToken(portal: Portal, change: ApiTokenChange): Promise<void> {
  const before = await findApiToken(portal, change.caller, change.tokenId);
  await commit(portal, change, 'revokeApiToken', before, { ...before, revoked: true });
}

/**
 * Gives an API token of the caller's organization another expiry.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; BAD_REQUEST; TRANSITION_NOT_ALLOWED when it is no longer valid; CHANGED_MEANWHILE
 */
export async function changeExpiry(portal: Portal, change: ApiTokenChange, expires: Date): Promise<ApiToken> {
  const before = await findApiToken(portal, change.caller, change.tokenId);
  refuseExpiry(expires, change.now);
  return commit(portal, change, 'changeExpiry', before, { ...before, expires: expires.toISOString() });
}

async function commit(
  portal: Portal,
  { caller, now, ifMatch }: ApiTokenChange,
  action: string,
  before: ApiToken,
  changed: ApiToken,
): Promise<ApiToken> {
  refuseOtherVersion(before.version, ifMatch);
  if (!isValid(before, now)) {
    throw new PortalError('TRANSITION_NOT_ALLOWED', 'The API token is revoked or expired: create another one');
  }
  const after = { ...changed, version: before.version + 1 };
  const entry = audited(portal, {
    organizationId: after.organizationId,
    subject: `TOKEN#${after.id}`,
    version: after.version,
    now,
    actor: caller.userId,
    action,
    from: `until ${before.expires}`,
    to: after.revoked ? 'revoked' : `until ${after.expires}`,
  });
  const result = await portal.units.commit([portal.apiTokens.changed(before, after), entry]);
  if (result.ok) return after;
  throw changedMeanwhile('The API token');
}
