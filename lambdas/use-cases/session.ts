import * as z from 'zod';
import { type Organization, ROLES, type Role, type User } from '../domain/organization/organization.ts';
import type { View } from '../domain/work-group/work-group.ts';
import { isSecretOf, parseApiToken } from './api-token-text.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import type { ApiToken } from './ports/access.ts';
import type { Portal } from './ports/portal.ts';
import { groupView, type WorkGroupsPortal } from './work-group-view.ts';

/** What a bearer token says beside issuer, audience and times; a person's names no API token. */
const ClaimsSchema = z.object({
  sub: z.string(),
  org: z.string(),
  tokenId: z.string().optional(),
  roles: z.array(z.enum(ROLES)),
});

/** Who is behind a bearer token now: a machine with its API token, or a person. */
export type Account = {
  token?: ApiToken;
  user: User;
  organization: Organization;
  /** What the user's work group sees; absent in the group All. */
  view?: View;
};

/** A session begins with an API token or with a person who has proved an address. */
export type SessionOf = { tokenId: string } | { userId: string; organizationId: string };

/** Finds an account, now or as it was a moment ago; undefined when a part of it doesn't exist. */
export type FindAccount = (of: SessionOf) => Promise<Account | undefined>;

type AccountPorts = Pick<Portal, 'apiTokens' | 'users' | 'organizations'> & WorkGroupsPortal;

// One sentence for every cause: a stranger learns nothing of which tokens exist.
const refused = () => new PortalError('NOT_SIGNED_IN', 'The token is not valid: it is wrong, expired or revoked');

/**
 * Exchanges an API token for a bearer token (domain.md §8).
 * @throws PortalError NOT_SIGNED_IN, the same and after the same reads for a wrong, expired or revoked token and for a
 *   locked user
 */
export async function signIn(portal: Portal, userToken: string, now: Date, seconds: number): Promise<string> {
  const parsed = parseApiToken(userToken);
  const account = await findAccount(portal, { tokenId: parsed?.id ?? NOBODY });
  const right = isSecretOf(parsed?.secret ?? '', account?.token?.secretHash);
  if (!right || !account || !isGood(account, now)) throw refused();
  return bearerTokenOf(portal, account, now, seconds);
}

/**
 * A bearer token for the person who has proved an address, as a user of the organization with that partner number, or of
 * the only one that has the address.
 * @throws PortalError NOT_SIGNED_IN when no active user has the address; BAD_REQUEST when several have and none is chosen
 */
export async function signInAs(
  portal: Portal,
  { email, prmId, now, seconds }: { email: string; prmId: string | undefined; now: Date; seconds: number },
): Promise<string> {
  const users = await portal.users.withAddress(email);
  const found = await Promise.all(
    users.map(({ id, organizationId }) => findAccount(portal, { userId: id, organizationId })),
  );
  const accounts = found.filter((account) => account !== undefined).filter((account) => isGood(account, now));
  const chosen = accounts.filter(({ organization }) => prmId === undefined || organization.prmId === prmId);
  const [account, ...others] = chosen;
  if (!account) throw refused();
  if (others.length > 0) {
    const numbers = chosen.map(({ organization }) => organization.prmId).sort();
    const message = `is needed: you are a user of the organizations ${numbers.join(' and ')}`;
    throw new PortalError('BAD_REQUEST', `prmId ${message}`, [{ field: 'prmId', message }]);
  }
  return bearerTokenOf(portal, account, now, seconds);
}

function bearerTokenOf(portal: Portal, account: Account, now: Date, seconds: number): Promise<string> {
  const { token, user } = account;
  const claims = {
    sub: user.id,
    org: user.organizationId,
    ...(token && { tokenId: token.id }),
    roles: rolesOf(account),
  };
  return portal.signer.sign(claims, now, seconds);
}

/** An id that nothing has: reading it takes as long as reading what is there. */
const NOBODY = 'nobody';

/** An account, strongly consistent; the same reads whether it exists or not. */
export async function findAccount(portal: AccountPorts, of: SessionOf): Promise<Account | undefined> {
  const token = 'tokenId' in of ? await portal.apiTokens.get(of.tokenId) : undefined;
  const { userId = NOBODY, organizationId = NOBODY } = 'tokenId' in of ? (token ?? {}) : of;
  const [user, organization] = await Promise.all([portal.users.get(userId), portal.organizations.get(organizationId)]);
  if (!user || !organization || ('tokenId' in of && !token)) return undefined;
  const groupId = organization.workGroups ? user.workGroupId : undefined;
  const view = groupId === undefined ? undefined : await groupView(portal, organization, groupId);
  return { user, organization, ...(token && { token }), ...(view && { view }) };
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
  const account = await find(tokenId === undefined ? { userId: sub, organizationId: org } : { tokenId });
  if (!account || !isGood(account, now)) throw refused();
  if (account.user.id !== sub || account.user.organizationId !== org) throw refused();
  return {
    userId: sub,
    organizationId: org,
    organizationType: account.organization.type,
    roles: rolesOf(account).filter((role) => roles.includes(role)),
    ...(account.view && { view: account.view }),
  };
}

function isGood({ token, user, organization }: Account, now: Date): boolean {
  const lives = token === undefined || (isValid(token, now) && token.organizationId === user.organizationId);
  return lives && user.status === 'ACTIVE' && organization.status === 'ACTIVE';
}

/** Whether an API token still opens anything: not revoked, and before its expiry. */
export function isValid({ revoked, expires }: ApiToken, now: Date): boolean {
  return !revoked && now.getTime() < Date.parse(expires);
}

const rolesOf = ({ token, user }: Account): Role[] =>
  user.roles.filter((role) => token === undefined || token.roles.includes(role));
