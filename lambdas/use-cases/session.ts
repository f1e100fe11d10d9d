import * as z from 'zod';
import { type Organization, ROLES, type Role, type User } from '../domain/organization/organization.ts';
import { isSecretOf, parseApiToken } from './api-token-text.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import type { ApiToken } from './ports/access.ts';
import type { Portal } from './ports/portal.ts';

/** What a bearer token says beside issuer, audience and times. */
const ClaimsSchema = z.object({
  sub: z.string(),
  org: z.string(),
  tokenId: z.string(),
  roles: z.array(z.enum(ROLES)),
});

/** What stands behind an API token now. */
export type Account = { token: ApiToken; user: User; organization: Organization };

/** Finds the account of an API token, now or as it was a moment ago; undefined when a part of it doesn't exist. */
export type FindAccount = (tokenId: string) => Promise<Account | undefined>;

// One sentence for every cause: a stranger learns nothing of which tokens exist.
const refused = () => new PortalError('NOT_SIGNED_IN', 'The token is not valid: it is wrong, expired or revoked');

/**
 * Exchanges an API token for a bearer token (domain.md §8).
 * @throws PortalError NOT_SIGNED_IN, the same for a wrong, expired or revoked token and for a locked user
 */
export async function signIn(portal: Portal, userToken: string, now: Date, seconds: number): Promise<string> {
  const parsed = parseApiToken(userToken);
  const account = parsed && (await findAccount(portal, parsed.id));
  const right = isSecretOf(parsed?.secret ?? '', account?.token.secretHash);
  if (!right || !account || !isGood(account, now)) throw refused();
  const { token, user } = account;
  const claims = { sub: user.id, org: token.organizationId, tokenId: token.id, roles: rolesOf(account) };
  return portal.signer.sign(claims, now, seconds);
}

/** The account behind an API token, strongly consistent. */
export async function findAccount(
  portal: Pick<Portal, 'apiTokens' | 'users' | 'organizations'>,
  tokenId: string,
): Promise<Account | undefined> {
  const token = await portal.apiTokens.get(tokenId);
  if (!token) return undefined;
  const [user, organization] = await Promise.all([
    portal.users.get(token.userId),
    portal.organizations.get(token.organizationId),
  ]);
  return user && organization && { token, user, organization };
}

/**
 * Who sends a bearer token. Roles are those that token, API token and user all have: what was taken from any of them
 * since is gone.
 * @throws PortalError NOT_SIGNED_IN when it isn't valid, or its API token or user no longer is
 */
export async function callerOf(portal: Portal, bearer: string, now: Date, find: FindAccount): Promise<Caller> {
  const claims = ClaimsSchema.safeParse(await portal.signer.verify(bearer, now));
  if (!claims.success) throw refused();
  const { sub, org, tokenId, roles } = claims.data;
  const account = await find(tokenId);
  if (!account || !isGood(account, now)) throw refused();
  if (account.user.id !== sub || account.token.organizationId !== org) throw refused();
  return {
    userId: sub,
    organizationId: org,
    organizationType: account.organization.type,
    roles: rolesOf(account).filter((role) => roles.includes(role)),
  };
}

function isGood({ token, user }: Account, now: Date): boolean {
  const expired = !(now.getTime() < Date.parse(token.expires));
  return !token.revoked && !expired && user.status === 'ACTIVE' && user.organizationId === token.organizationId;
}

const rolesOf = ({ token, user }: Account): Role[] => token.roles.filter((role) => user.roles.includes(role));
