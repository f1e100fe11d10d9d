import middy, { type MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { type RouteDefinition, routeKeyOf, takesIdempotencyKey } from '../manifest/routes/route.ts';
import type { Caller } from '../use-cases/caller.ts';
import { PortalError } from '../use-cases/errors.ts';
import { narrowedPortal } from '../use-cases/narrowed-portal.ts';
import type { WrittenAnswer } from '../use-cases/ports/idempotency.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { grantFor } from '../use-cases/scope.ts';
import { callerOf } from '../use-cases/session.ts';
import { previewed } from '../use-cases/work-group-view.ts';
import { cachedAccounts } from './accounts.ts';
import { entityTag, hasVersion } from './entity-tag.ts';
import { errorEntry } from './error-entry.ts';
import { httpAnswer, problemAnswer, requestIdOf } from './http-answer.ts';
import { doneOnce } from './idempotency.ts';
import { problemOf } from './problem.ts';
import { type Input, readInput } from './request-input.ts';
import { type RequestLog, requestLog } from './request-log.ts';
import type { Resource } from './resource.ts';
import { type RouteMatcher, routeMatcher } from './route-match.ts';
import { type GivenAnswer, writtenAnswer } from './written-answer.ts';

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
  routeId?: string;
  caller?: Caller;
  input?: Input;
  /** Why the answer could not be kept for the request's Idempotency-Key. */
  notKept?: unknown;
};
/** An exchange after the step that finds its route. */
type Routed = Exchange & Required<Pick<Exchange, 'portal' | 'now' | 'route' | 'routeId'>>;

type Step = MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>;
type AnyRouteHandler = (
  portal: Portal,
  request: Omit<Input, 'csv'> & { caller: unknown; now: Date },
) => Promise<GivenAnswer>;
type AnyResource = Readonly<Record<string, AnyRouteHandler | undefined>>;

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
 * @param routes those it serves, by id; they alone, so that its bundle holds no others
 * @param portalOf gives the portal; that of AWS unless told otherwise
 * @param log takes an entry a request; standard output unless told otherwise
 */
export function apiHandler(
  routes: Readonly<Record<string, RouteDefinition>>,
  resource: Resource,
  portalOf: () => Promise<Portal> = lambdaPortal,
  log: RequestLog = requestLog(),
): ApiHandler {
  // That a handler takes what its route's schemas give is what Resource says of each route by itself.
  const handlers = resource as unknown as AnyResource;
  const matcher = routeMatcher(routes);
  const routed = step(async (exchange, event) => {
    const found = matcher.keyed(event.routeKey) ?? foundByPath(matcher, event);
    if (!found || !handlers[found.id]) throw new PortalError('NOT_FOUND', 'There is nothing with this path');
    exchange.route = found.route;
    exchange.routeId = found.id;
    exchange.portal = await portalOf();
    exchange.now = exchange.portal.clock();
  });

  async function answer(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
    const exchange = exchanges.get(event) as Routed & { input: Input };
    const { portal, now, route, routeId, caller, requestId } = exchange;
    const { csv, ...input } = exchange.input;
    const act = async (on: Portal): Promise<WrittenAnswer> => {
      const given = await (handlers[routeId] as AnyRouteHandler)(on, { ...input, caller, now });
      if (
        route.method === 'GET' &&
        given.version !== undefined &&
        hasVersion(event.headers['if-none-match'], given.version)
      ) {
        return { status: 304, headers: { etag: entityTag(given.version) } };
      }
      return writtenAnswer(route, given, csv);
    };
    const written = caller && takesIdempotencyKey(route) ? await once(event, exchange, caller, act) : await act(portal);
    return httpAnswer(written, requestId);
  }

  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(answeredAndLogged(log))
    .use(routed)
    .use(authenticated)
    .use(authorised)
    .use(understood)
    .handler(answer) as ApiHandler;
}

/** The route of a request that the gateway has handed over by the beginning of its path; it is as if it had found it itself. */
function foundByPath(
  matcher: RouteMatcher,
  event: APIGatewayProxyEventV2,
): { id: string; route: RouteDefinition } | undefined {
  if (!event.routeKey.startsWith('ANY ') && !event.routeKey.endsWith('/{proxy+}')) return undefined;
  const found = matcher.match(event.requestContext.http.method, event.rawPath);
  if (!found) return undefined;
  event.routeKey = routeKeyOf(found.route);
  event.pathParameters = found.params;
  return found;
}

function once(
  event: APIGatewayProxyEventV2,
  exchange: Routed,
  { userId }: Caller,
  act: (portal: Portal) => Promise<WrittenAnswer>,
): Promise<WrittenAnswer> {
  const { portal, now, route, requestId } = exchange;
  const refusalOf = (error: unknown) =>
    error instanceof PortalError ? problemAnswer(problemOf(error, requestId)) : undefined;
  const notKept = (error: unknown) => {
    exchange.notKept = error;
  };
  const keepsAnswer = !route.answer.secret;
  return doneOnce(portal, { event, callerId: userId, now, keepsAnswer, refusalOf, notKept }, act);
}

/** Around all others: a problem for every error, a log entry for every answer. */
function answeredAndLogged(log: RequestLog): Step {
  const write = (event: APIGatewayProxyEventV2, status: number, code?: string, error?: unknown): void => {
    const { requestId, started, route, caller, notKept } = exchanges.get(event) as Exchange;
    const surprise = status >= 500 ? error : notKept;
    log({
      requestId,
      route: route ? event.routeKey : 'none',
      status,
      durationMs: Math.round(performance.now() - started),
      ...(caller && { organizationId: caller.organizationId, userId: caller.userId }),
      ...(code !== undefined && { code }),
      ...(surprise !== undefined && { error: errorEntry(surprise) }),
    });
  };
  return {
    before: ({ event }) => {
      exchanges.set(event, { requestId: idOf(event), started: performance.now() });
    },
    after: ({ event, response }) => write(event, response?.statusCode ?? 0),
    onError: (request) => {
      const { event, error } = request;
      const problem = problemOf(error, exchanges.get(event)?.requestId ?? idOf(event));
      request.response = httpAnswer(problemAnswer(problem), problem.instance);
      write(event, problem.status, problem.code, error);
    },
  };
}

const idOf = ({ headers, requestContext }: APIGatewayProxyEventV2): string =>
  requestIdOf(headers['x-request-id'], requestContext.requestId);

/** The work group as whose member an Administrator looks at things. */
const PREVIEW_HEADER = 'x-work-group';

const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i;
const LONGEST_TOKEN = 4_096;

const authenticated = step(async (exchange, { headers }) => {
  const { route, portal, now } = exchange;
  if (route.access === 'PUBLIC') return;
  const header = headers.authorization ?? '';
  const [, bearer] = header.length <= LONGEST_TOKEN ? (BEARER.exec(header) ?? []) : [];
  if (!bearer) throw new PortalError('NOT_SIGNED_IN', 'Send a bearer token: "Authorization: Bearer …"');
  const caller = await callerOf(portal, bearer, now, cachedAccounts(portal, now));
  const preview = headers[PREVIEW_HEADER];
  if (preview !== undefined && route.method !== 'GET') {
    throw new PortalError('BAD_REQUEST', `${PREVIEW_HEADER} is for looking: nothing can be changed with it`);
  }
  exchange.caller = preview === undefined ? caller : await previewed(portal, caller, preview);
  const { view } = exchange.caller;
  if (view) exchange.portal = narrowedPortal(portal, view);
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
