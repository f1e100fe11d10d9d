import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { resource as authApi } from '../../lambdas/api/auth.ts';
import { resource as closesApi } from '../../lambdas/api/closes.ts';
import { resource as consolidatedBillsApi } from '../../lambdas/api/consolidated-bills.ts';
import { resource as healthApi } from '../../lambdas/api/health.ts';
import { resource as invoicesApi } from '../../lambdas/api/invoices.ts';
import type { RouteDefinition } from '../../lambdas/manifest/routes/route.ts';
import { type RouteId, routeKeyOf, routes } from '../../lambdas/manifest/routes.ts';
import { apiHandler } from '../../lambdas/runtime/api-handler.ts';
import type { RequestEntry } from '../../lambdas/runtime/request-log.ts';
import type { Resource } from '../../lambdas/runtime/resource.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { localContext } from '../../local/http/api-event.ts';

const resources: Record<string, Resource> = { authApi, healthApi, closesApi, invoicesApi, consolidatedBillsApi };

export type Reply = {
  status: number;
  headers: Record<string, string>;
  body: Record<string, unknown> & { code?: string };
};

export type Sent = {
  params?: Record<string, string>;
  query?: Record<string, string>;
  /** An object is sent as JSON; a text as it is. */
  body?: unknown;
  token?: string | undefined;
  headers?: Record<string, string>;
};

/** A request of a route as API Gateway sends it to the route's function. */
export function eventOf(id: RouteId, { params = {}, query, body, token, headers }: Sent): APIGatewayProxyEventV2 {
  const route: RouteDefinition = routes[id];
  const path = Object.entries(params).reduce((text, [name, value]) => text.replace(`{${name}}`, value), route.path);
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  return {
    version: '2.0',
    routeKey: routeKeyOf(route),
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: {
      ...(text !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(query && { queryStringParameters: query }),
    ...(Object.keys(params).length > 0 && { pathParameters: params }),
    requestContext: {
      accountId: '123456789012',
      apiId: 'api',
      domainName: 'api.example',
      domainPrefix: 'api',
      http: { method: route.method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: 'gateway-id',
      routeKey: routeKeyOf(route),
      stage: '$default',
      time: '10/Nov/2026:02:00:00 +0000',
      timeEpoch: 1_794_276_000_000,
    },
    ...(text !== undefined && { body: text }),
    isBase64Encoded: false,
  };
}

/** Sends a request through the route's real handler. An answer that isn't of the route's shape throws. */
export async function request(portal: Portal, id: RouteId, sent: Sent = {}, log: RequestEntry[] = []): Promise<Reply> {
  const route: RouteDefinition = routes[id];
  const resource = resources[route.function];
  if (!resource) throw new Error(`no resource for ${route.function}`);
  const handler = apiHandler(
    resource,
    async () => portal,
    (entry) => log.push(entry),
  );
  const answer = await handler(eventOf(id, sent), localContext('lambda-id'));
  const body: Reply['body'] = JSON.parse(answer.body ?? '{}');
  if (answer.statusCode === route.answer.status) route.answer.schema.parse(body);
  return { status: answer.statusCode ?? 0, headers: answer.headers as Record<string, string>, body };
}

/** A bearer token for an API token, from the auth route. */
export async function bearerFor(portal: Portal, userToken: string): Promise<string> {
  const { status, body } = await request(portal, 'signIn', { body: { type: 'UserToken', userToken } });
  if (status !== 200) throw new Error(`signing in was refused: ${JSON.stringify(body)}`);
  return String(body.accessToken);
}
