import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { portalClient } from '../../client/portal-client.ts';
import { Refusal } from '../../client/refusal.ts';
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

/**
 * Sends a request through the client and the route's real handler; one that the client can't say, by itself. An answer that
 * isn't of the route's shape throws.
 */
export async function request(portal: Portal, id: RouteId, sent: Sent = {}, log: RequestEntry[] = []): Promise<Reply> {
  const route: RouteDefinition = routes[id];
  const handler = apiHandler(
    routes,
    resources[routes[id].function],
    async () => portal,
    (entry) => log.push(entry),
  );
  return canBeSaid(route, sent) ? replyByClient(handler, id, sent) : replyOf(handler, route, sent);
}

const SAID_HEADERS: Readonly<Record<string, string>> = {
  accept: 'accept',
  'if-match': 'ifMatch',
  'if-none-match': 'ifNoneMatch',
  'idempotency-key': 'idempotencyKey',
};

/** Whether the client can say it: JSON, headers that it knows, and ids that a path can carry. */
function canBeSaid({ path }: RouteDefinition, { params = {}, body, headers = {} }: Sent): boolean {
  const isJson = body === undefined || (typeof body === 'object' && !(body instanceof Uint8Array));
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  const isPath = names.every((name) => /^[\w-]+$/.test(params[name] ?? ''));
  return isJson && isPath && Object.keys(headers).every((name) => name in SAID_HEADERS);
}

/** Sends a request as the client says it: its path, query, headers and body reach the handler, its answer the test. */
async function replyByClient(handler: ApiHandler, id: RouteId, sent: Sent): Promise<Reply> {
  const { params, query, body, token, headers = {} } = sent;
  const route: RouteDefinition = routes[id];
  let reply: Reply | undefined;
  const carry = async (address: string, init: RequestInit): Promise<Response> => {
    const { pathname, search } = new URL(address);
    const event = eventOfRoute(route, {
      ...sent,
      token: undefined,
      body: init.body ?? undefined,
      headers: init.headers as never,
    });
    const asked = { ...event, rawPath: pathname, rawQueryString: search.slice(1) };
    reply = await replyTo(handler, route, asked);
    return new Response([204, 304].includes(reply.status) ? null : reply.text, reply);
  };
  const client = portalClient({ url: 'https://portal.example', token, fetch: carry as typeof fetch });
  const operation = client[id] as (request: object) => Promise<unknown>;
  const said = Object.entries(headers).map(([name, value]) => [SAID_HEADERS[name], value]);
  try {
    await operation({ params, query, body, ...Object.fromEntries(said) });
  } catch (error) {
    // A refusal is an answer too.
    if (!(error instanceof Refusal)) throw error;
  }
  return reply as Reply;
}

/** Sends a request to the function that has the route. */
export const replyOf = (handler: ApiHandler, route: RouteDefinition, sent: Sent): Promise<Reply> =>
  replyTo(handler, route, eventOfRoute(route, sent));

async function replyTo(handler: ApiHandler, route: RouteDefinition, event: APIGatewayProxyEventV2): Promise<Reply> {
  const answer = await handler(event, localContext('lambda-id'));
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
