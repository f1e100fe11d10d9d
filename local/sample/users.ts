import { addMonths, firstDay, type Period } from '../../lambdas/domain/calendar/period.ts';
import type { Organization, Role, User } from '../../lambdas/domain/organization/organization.ts';
import { apiTokenText, hashOfSecret } from '../../lambdas/use-cases/api-token-text.ts';
import type { ApiToken } from '../../lambdas/use-cases/ports/access.ts';
import { idOf, sampleSecret } from './ids.ts';

const ROLES_OF: Readonly<Record<Organization['type'], readonly Role[]>> = {
  VENDOR: ['Administrator', 'Operations'],
  AGGREGATOR: ['Administrator', 'Operations', 'Deal Administrator'],
  SERVICE_PROVIDER: ['Administrator', 'Operations', 'Auto Report Operations'],
};

/** The user who runs an organization's affairs. */
export function operatorOf(seed: number, organization: Organization, name: string): User {
  return userOf(seed, organization, 'operations', name, ROLES_OF[organization.type]);
}

/** A user who may see everything of an organization and change nothing. */
export function readerOf(seed: number, organization: Organization, name: string): User {
  return userOf(seed, organization, 'audit', name, ['Read Only']);
}

function userOf(seed: number, organization: Organization, desk: string, name: string, roles: readonly Role[]): User {
  const email = organization.email.replace(/^billing@/, `${desk}@`);
  const [firstName = '', ...rest] = name.split(' ');
  return {
    id: idOf(seed, `user ${email}`),
    organizationId: organization.id,
    firstName,
    lastName: rest.join(' '),
    email,
    roles,
    status: 'ACTIVE',
    version: 1,
  };
}

/** Whose users have an API token in the sample. */
export const TOKEN_HOLDERS = ['vendor', 'aggregator', 'serviceProvider'] as const;
export type TokenHolder = (typeof TOKEN_HOLDERS)[number];

const tokenId = (seed: number, holder: TokenHolder): string => idOf(seed, `token of ${holder}`);

/** The text of a holder's API token: whoever knows the seed can make it, so it is for a local portal only. */
export function tokenTextOf(seed: number, holder: TokenHolder): string {
  return apiTokenText(tokenId(seed, holder), sampleSecret(seed, `token of ${holder}`));
}

const TOKEN_MONTHS = 60;

/** The stored form of a holder's API token: with all roles of the user, valid for five years. */
export function apiTokenOf(seed: number, holder: TokenHolder, user: User, latest: Period): ApiToken {
  return {
    id: tokenId(seed, holder),
    userId: user.id,
    organizationId: user.organizationId,
    name: 'Sample token',
    roles: user.roles,
    secretHash: hashOfSecret(sampleSecret(seed, `token of ${holder}`)),
    createdTime: `${firstDay(latest)}T00:00:00.000Z`,
    expires: `${firstDay(addMonths(latest, TOKEN_MONTHS))}T00:00:00.000Z`,
    revoked: false,
    version: 1,
  };
}
