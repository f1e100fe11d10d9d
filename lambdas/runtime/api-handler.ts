import middy, { type MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { RouteDefinition } from '../manifest/routes/route.ts';
import { type RouteId, routeWithKey } from '../manifest/routes.ts';
import type { Caller } from '../use-cases/caller.ts';
import { PortalError } from '../use-cases/errors.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { grantFor } from '../use-cases/scope.ts';
import { callerOf } from '../use-cases/session.ts';
import { cachedAccounts } from './accounts.ts';
import { errorEntry } from './error-entry.ts';
import { jsonAnswer, problemAnswer, requestIdOf } from './http-answer.ts';
import { problemOf } from './problem.ts';
import { type Input, readInput } from './request-input.ts';
import { type RequestLog, requestLog } from './request-log.ts';
import type { Answer, Resource } from './resource.ts';

/** A function behind API Gateway's HTTP API (payload 2.0). */
export type ApiHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** One request on its way: what each step leaves for those after it. */
type Exchange = {
  requestId: string;
  started: number;
  portal?: Portal;
  now?: Date;
  route?: RouteDefinition;
  routeId?: RouteId;
  caller?: Caller;
  input?: Input;
};
/** An exchange after the step that finds its route. */
type Routed = Exchange & Required<Pick<Exchange, 'portal' | 'now' | 'route' | 'routeId'>>;

type Step = MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>;
type AnyRouteHandler = (portal: Portal, request: Input & { caller: unknown; now: Date }) => Promise<Answer<RouteId>>;

const exchanges = new WeakMap<APIGatewayProxyEventV2, Exchange>();

const step = (run: (exchange: Routed, event: APIGatewayProxyEventV2) => void | Promise<void>): Step => ({
  before: ({ event }) => run(exchanges.get(event) as Routed, event),
});

let onLambda: Portal | undefined;

/** The portal as AWS has it, joined at a container's first request. */
async function lambdaPortal(): Promise<Portal> {
  onLambda ??= await (await import('./compose.ts')).composePortal();
  return onLambda;
}

/**
 * The function that serves a resource.
 * @param portalOf gives the portal; that of AWS unless told otherwise
 * @param log takes an entry a request; standard output unless told otherwise
 */
export function apiHandler(
  resource: Resource,
  portalOf: () => Promise<Portal> = lambdaPortal,
  log: RequestLog = requestLog(),
): ApiHandler {
  const routed = step(async (exchange, event) => {
    const found = routeWithKey(event.routeKey);
    if (!found || !resource[found.id]) throw new PortalError('NOT_FOUND', 'There is nothing with this path');
    exchange.route = found.route;
    exchange.routeId = found.id;
    exchange.portal = await portalOf();
    exchange.now = exchange.portal.clock();
  });

  async function answer(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
    const { portal, now, route, routeId, caller, input, requestId } = exchanges.get(event) as Routed & { input: Input };
    // That the handler takes what the route's schemas give is what Resource says of each route by itself.
    const handle = resource[routeId] as unknown as AnyRouteHandler;
    const { body, location } = await handle(portal, { ...input, caller, now });
    return jsonAnswer(route.answer.status, body, requestId, location === undefined ? {} : { location });
  }

  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(answeredAndLogged(log))
    .use(routed)
    .use(authenticated)
    .use(authorised)
    .use(understood)
    .handler(answer) as ApiHandler;
}

/** Around all others: a problem for every error, a log entry for every answer. */
function answeredAndLogged(log: RequestLog): Step {
  const write = (event: APIGatewayProxyEventV2, status: number, code?: string, error?: unknown): void => {
    const { requestId, started, route, caller } = exchanges.get(event) as Exchange;
    log({
      requestId,
      route: route ? event.routeKey : 'none',
      status,
      durationMs: Math.round(performance.now() - started),
      ...(caller && { organizationId: caller.organizationId, userId: caller.userId }),
      ...(code !== undefined && { code }),
      ...(status >= 500 && { error: errorEntry(error) }),
    });
  };
  return {
    before: ({ event }) => {
      exchanges.set(event, { requestId: requestIdOf(event), started: performance.now() });
    },
    after: ({ event, response }) => write(event, response?.statusCode ?? 0),
    onError: (request) => {
      const { event, error } = request;
      const problem = problemOf(error, exchanges.get(event)?.requestId ?? requestIdOf(event));
      request.response = problemAnswer(problem);
      write(event, problem.status, problem.code, error);
    },
  };
}

const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i;
const LONGEST_TOKEN = 4_096;

const authenticated = step(async (exchange, { headers }) => {
  const { route, portal, now } = exchange;
  if (route.access === 'PUBLIC') return;
  const header = headers.authorization ?? '';
  const [, bearer] = header.length <= LONGEST_TOKEN ? (BEARER.exec(header) ?? []) : [];
  if (!bearer) throw new PortalError('NOT_SIGNED_IN', 'Send a bearer token: "Authorization: Bearer …"');
  exchange.caller = await callerOf(portal, bearer, now, cachedAccounts(portal, now));
});

const authorised = step(({ route, caller }) => {
  if (route.access === 'PUBLIC' || !caller) return;
  if (caller.organizationType !== route.access.organizationType) {
    throw new PortalError('NOT_ALLOWED', 'This is for another kind of organization than yours');
  }
  grantFor(caller, route.access.action);
});

const understood = step((exchange, event) => {
  exchange.input = readInput(exchange.route, event);
});
