import * as z from 'zod';
import { NoContent, NoParameters, pageOf, pageQuery } from '../../lambdas/manifest/routes/common.ts';
import { decimalNumber, ExactNumber } from '../../lambdas/manifest/routes/exact-numbers.ts';
import type { RouteDefinition } from '../../lambdas/manifest/routes/route.ts';
import { type ApiHandler, apiHandler } from '../../lambdas/runtime/api-handler.ts';
import type { RequestEntry } from '../../lambdas/runtime/request-log.ts';
import type { Resource } from '../../lambdas/runtime/resource.ts';
import { type IfMatch, refuseOtherVersion } from '../../lambdas/use-cases/if-match.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { type Reply, replyOf, type Sent } from './api-requests.ts';

/** Routes of a made-up noun, with every manner that a route can have. */
const Thing = z.strictObject({ id: z.string(), discount: ExactNumber });
const ThingBody = z.strictObject({ discount: decimalNumber(6), note: z.string().optional() });
const PARAMS = z.strictObject({ id: z.string().regex(/^[a-z]+$/) });

const COMMON = {
  function: 'closesApi',
  path: '/api/vendor/v1/things/{id}',
  access: { organizationType: 'VENDOR', action: 'runCloses' },
  tag: 'Things',
  summary: '',
  description: '',
  params: PARAMS,
  query: NoParameters,
  problems: [],
  example: {},
} as const;

const thing = (status: 200 | 201) => ({ status, description: 'A thing', schema: Thing });

export const thingRoutes = {
  getThing: { ...COMMON, method: 'GET', editable: true, answer: thing(200) },
  putThing: { ...COMMON, method: 'PUT', editable: true, body: ThingBody, answer: thing(200) },
  patchThing: { ...COMMON, method: 'PATCH', editable: true, body: ThingBody.partial(), answer: thing(200) },
  deleteThing: { ...COMMON, method: 'DELETE', answer: { status: 204, description: 'It is gone', schema: NoContent } },
  createThing: {
    ...COMMON,
    method: 'POST',
    path: '/api/vendor/v1/things',
    params: NoParameters,
    body: ThingBody,
    answer: thing(201),
  },
  createSecret: {
    ...COMMON,
    method: 'POST',
    path: '/api/vendor/v1/secrets',
    params: NoParameters,
    answer: { ...thing(201), secret: true },
  },
  publishThing: {
    ...COMMON,
    published: true,
    method: 'POST',
    path: '/api/vendor/v1/published',
    params: NoParameters,
    query: z.strictObject({ discount: z.string().optional() }),
    body: z.object({ discount: decimalNumber(6), inner: z.object({ name: z.string() }).optional() }),
    answer: { status: 200, description: 'What was read', schema: z.unknown() },
  },
  publishNothing: {
    ...COMMON,
    published: true,
    method: 'DELETE',
    path: '/api/vendor/v1/published',
    params: NoParameters,
    answer: { status: 204, description: 'Nothing', schema: NoContent },
  },
  listThings: {
    ...COMMON,
    method: 'GET',
    path: '/api/vendor/v1/things',
    params: NoParameters,
    query: z.strictObject(pageQuery),
    answer: { status: 200, description: 'Things', schema: pageOf(Thing) },
  },
} as const satisfies Record<string, RouteDefinition>;

export type ThingRouteId = keyof typeof thingRoutes;

/** A request as the handlers below get it. */
export type ThingRequest = {
  params: { id: string };
  query: { limit: number; offset: number };
  body: { discount: string; note?: string };
  ifMatch: IfMatch;
  now: Date;
};
type ThingHandler = (portal: Portal, request: ThingRequest) => Promise<unknown>;
export type ThingHandlers = Partial<Record<ThingRouteId, ThingHandler>>;

/** A thing of version 3, and lists of as many things as `total` says. */
export const thingHandlers = (total: number): ThingHandlers => {
  const body = { id: 'a', discount: '0.88' };
  const change: ThingHandler = async (_, { ifMatch }) => {
    refuseOtherVersion(3, ifMatch);
    return { body, version: 4 };
  };
  return {
    getThing: async () => ({ body, version: 3 }),
    putThing: change,
    patchThing: change,
    deleteThing: async () => ({ body: undefined }),
    createThing: async (_, { body: { discount } }) => ({
      body: { id: 'a', discount },
      location: '/api/vendor/v1/things/a',
    }),
    publishThing: async (_, { query, body: read }) => ({ body: { query, body: read } }),
    publishNothing: async () => ({ body: undefined }),
    listThings: async (_, { query: { limit, offset } }) => {
      const content = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, () => body);
      return { body: { content, total } };
    },
  };
};

/** Sends requests of the routes above to these handlers. */
export function thingRequests(portal: Portal, handlers: ThingHandlers, log: RequestEntry[] = []) {
  const handler: ApiHandler = apiHandler(
    thingRoutes,
    handlers as Resource,
    async () => portal,
    (entry) => log.push(entry),
  );
  return (id: ThingRouteId, sent: Sent): Promise<Reply> => replyOf(handler, thingRoutes[id], sent);
}
