import type { Caller } from './caller.ts';
import { API_TOKEN_LIST } from './lists/api-token-list.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import type { ApiToken } from './ports/access.ts';
import type { Portal } from './ports/portal.ts';
import { seenBy } from './scope.ts';

/** API tokens of the caller's organization, revoked and expired ones too. @throws PortalError BAD_REQUEST */
export async function listApiTokens(portal: Portal, caller: Caller, query: ListQuery): Promise<Page<ApiToken>> {
  const page = compileList(API_TOKEN_LIST, query);
  return page(await portal.apiTokens.ofOrganization(caller.organizationId));
}

/** An API token of the caller's organization. @throws PortalError NOT_FOUND, also for those of others */
export async function findApiToken(portal: Portal, caller: Caller, id: string): Promise<ApiToken> {
  return seenBy(caller, 'manageApiTokens', await portal.apiTokens.get(id), `There is no API token ${id}`);
}
