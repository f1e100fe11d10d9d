import { accessRoutes } from './routes/access.ts';
import { closeRoutes } from './routes/closes.ts';
import { invoiceRoutes } from './routes/invoices.ts';
import { partyDocumentRoutes } from './routes/party-documents.ts';
import type { RouteDefinition } from './routes/route.ts';

/** The whole HTTP API: route id → what it takes, answers and needs. */
export const routes = {
  ...accessRoutes,
  ...closeRoutes,
  ...invoiceRoutes,
  ...partyDocumentRoutes,
} as const satisfies Record<string, RouteDefinition>;

export type RouteId = keyof typeof routes;

/** The route with the given API Gateway route key, e.g. "GET /api/commerce/v1/health". */
export function routeWithKey(routeKey: string): { id: RouteId; route: RouteDefinition } | undefined {
  const id = idsByKey.get(routeKey);
  return id && { id, route: routes[id] };
}

export const routeKeyOf = (route: Pick<RouteDefinition, 'method' | 'path'>): string => `${route.method} ${route.path}`;

const idsByKey = new Map((Object.keys(routes) as RouteId[]).map((id) => [routeKeyOf(routes[id]), id]));
