import { randomBytes, randomUUID } from 'node:crypto';
import { apiTokenRoutes } from '../manifest/routes/api-tokens.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import type { Answer, ApiRequest, ResourceOf } from '../runtime/resource.ts';
import { apiTokenText } from '../use-cases/api-token-text.ts';
import { changeExpiry, revokeApiToken } from '../use-cases/change-api-token.ts';
import { createApiToken } from '../use-cases/create-api-token.ts';
import type { ApiToken } from '../use-cases/ports/access.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { listApiTokens } from '../use-cases/read-api-tokens.ts';
import { isValid } from '../use-cases/session.ts';

const create = async (
  portal: Portal,
  { caller, body, now }: Pick<ApiRequest<'createVendorApiToken'>, 'caller' | 'body' | 'now'>,
) => {
  const wanted = { ...body, expires: new Date(body.expires), id: randomUUID(), secret: newSecret() };
  const token = await createApiToken(portal, caller, wanted, now);
  return {
    body: { ...tokenBody(token, now), userToken: apiTokenText(token.id, wanted.secret) },
    version: token.version,
  };
};

const newSecret = (): string => randomBytes(32).toString('base64url');

const list = async (
  portal: Portal,
  { caller, query, now }: Pick<ApiRequest<'listVendorApiTokens'>, 'caller' | 'query' | 'now'>,
) => {
  const { content, total } = await listApiTokens(portal, caller, query);
  return { body: { content: content.map((token) => tokenBody(token, now)), total } };
};

const change = async (
  portal: Portal,
  {
    params,
    body,
    ...request
  }: Pick<ApiRequest<'changeVendorApiToken'>, 'params' | 'body' | 'caller' | 'now' | 'ifMatch'>,
) => {
  const token = await changeExpiry(portal, { ...request, ...params }, new Date(body.expires));
  return { body: tokenBody(token, request.now), version: token.version };
};

const revoke = async (
  portal: Portal,
  { params, ...request }: Pick<ApiRequest<'revokeVendorApiToken'>, 'params' | 'caller' | 'now' | 'ifMatch'>,
) => {
  await revokeApiToken(portal, { ...request, ...params });
  return { body: undefined };
};

export const resource: ResourceOf<'apiTokensApi'> = {
  createAggregatorApiToken: create,
  listAggregatorApiTokens: list,
  changeAggregatorApiToken: change,
  revokeAggregatorApiToken: revoke,

  createProviderApiToken: create,
  listProviderApiTokens: list,
  changeProviderApiToken: change,
  revokeProviderApiToken: revoke,

  createVendorApiToken: create,
  listVendorApiTokens: list,
  changeVendorApiToken: change,
  revokeVendorApiToken: revoke,
};

export const handler = apiHandler(apiTokenRoutes, resource);

function tokenBody(token: ApiToken, now: Date): Answer<'changeVendorApiToken'>['body'] {
  const { id, name, userId, roles, createdTime, expires, revoked } = token;
  const status = revoked ? 'REVOKED' : isValid(token, now) ? 'ACTIVE' : 'EXPIRED';
  return { id, name, userId, roles: [...roles], createdTime, expires, status };
}
