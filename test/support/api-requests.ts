import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type RouteDefinition, routeKeyOf } from '../../lambdas/manifest/routes/route.ts';
import { type RouteId, routes } from '../../lambdas/manifest/routes.ts';
import { type ApiHandler, apiHandler } from '../../lambdas/runtime/api-handler.ts';
import type { RequestEntry } from '../../lambdas/runtime/request-log.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { localContext } from '../../local/http/api-event.ts';
import { resources } from '../../local/http/api-routes.ts';

export type Reply = {
  status: number;
  headers: Record<string, string>;
  /** Of an answer in JSON; empty for all others. */
  body: Record<string, unknown> & { code?: string };
  text: string | undefined;
};

export type Sent = {
  params?: Record<string, string>;
  query?: Record<string, string>;
  /** An object is sent as JSON; a text or bytes as they are. */
  body?: unknown;
  token?: string | undefined;
  headers?: Record<string, string>;
};

/** A request of a route as API Gateway sends it to the route's function. */
export const eventOf = (id: RouteId, sent: Sent): APIGatewayProxyEventV2 => eventOfRoute(routes[id], sent);

function eventOfRoute(
  route: RouteDefinition,
  { params = {}, query, body, token, headers }: Sent,
): APIGatewayProxyEventV2 {
  const path = Object.entries(params).reduce((text, [name, value]) => text.replace(`{${name}}`, value), route.path);
  const isBinary = body instanceof Uint8Array;
  const text = isBinary
    ? Buffer.from(body).toString('base64')
    : body === undefined || typeof body === 'string'
      ? body
      : JSON.stringify(body);
  return {
    version: '2.0',
    routeKey: routeKeyOf(route),
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: {
      ...(text !== undefined && { 'content-type': route.fileBody?.[0] ?? 'application/json' }),
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
    isBase64Encoded: isBinary,
  };
}

/** Sends a request through the route's real handler. An answer that isn't of the route's shape throws. */
export async function request(portal: Portal, id: RouteId, sent: Sent = {}, log: RequestEntry[] = []): Promise<Reply> {
  const route: RouteDefinition = routes[id];
  const handler = apiHandler(
    routes,
    resources[routes[id].function],
    async () => portal,
    (entry) => log.push(entry),
  );
  return replyOf(handler, route, sent);
}

/** Sends a request to the function that has the route. */
export async function replyOf(handler: ApiHandler, route: RouteDefinition, sent: Sent): Promise<Reply> {
  const answer = await handler(eventOfRoute(route, sent), localContext('lambda-id'));
  const { statusCode: status = 0, body: text } = answer;
  const headers = answer.headers as Record<string, string>;
  const body: Reply['body'] = /json$/.test(headers['content-type'] ?? '') ? JSON.parse(text ?? '') : {};
  if (status === route.answer.status && headers['content-type'] === 'application/json') route.answer.schema.parse(body);
  return { status, headers, body, text };
}

/** A bearer token for an API token, from the auth route. */
export async function bearerFor(portal: Portal, userToken: string): Promise<string> {
  const { status, body } = await request(portal, 'signIn', { body: { type: 'UserToken', userToken } });
  if (status !== 200) throw new Error(`signing in was refused: ${JSON.stringify(body)}`);
  return String(body.accessToken);
}
