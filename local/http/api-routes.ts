import { resource as authApi } from '../../lambdas/api/auth.ts';
import { resource as closesApi } from '../../lambdas/api/closes.ts';
import { resource as consolidatedBillsApi } from '../../lambdas/api/consolidated-bills.ts';
import { resource as healthApi } from '../../lambdas/api/health.ts';
import { resource as invoicesApi } from '../../lambdas/api/invoices.ts';
import type { RouteDefinition } from '../../lambdas/manifest/routes/route.ts';
import { routeKeyOf, routes } from '../../lambdas/manifest/routes.ts';
import { type ApiHandler, apiHandler } from '../../lambdas/runtime/api-handler.ts';
import type { RequestLog } from '../../lambdas/runtime/request-log.ts';
import type { Resource } from '../../lambdas/runtime/resource.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';

const resources: Readonly<Record<(typeof routes)[keyof typeof routes]['function'], Resource>> = {
  authApi,
  healthApi,
  closesApi,
  invoicesApi,
  consolidatedBillsApi,
};

export type ApiMatch = { routeKey: string; params: Record<string, string>; handler: ApiHandler };

/** Finds the function of a request as API Gateway does: by method and path. */
export type ApiRoutes = {
  match(method: string, path: string): ApiMatch | undefined;
  /** Methods that the path has; empty for an unknown path. */
  methodsOf(path: string): string[];
};

/** The functions of the API over this portal. */
export function openApiRoutes(portal: Portal, log: RequestLog): ApiRoutes {
  const handlers = new Map<string, ApiHandler>(
    Object.entries(resources).map(([name, resource]) => [name, apiHandler(resource, async () => portal, log)]),
  );
  const all = Object.values<RouteDefinition>(routes).map((route) => ({
    route,
    pattern: patternOf(route.path),
    handler: handlers.get(route.function) as ApiHandler,
  }));

  return {
    match: (method, path) => {
      for (const { route, pattern, handler } of all) {
        const params = route.method === method ? paramsOf(pattern, path) : undefined;
        if (params) return { routeKey: routeKeyOf(route), params, handler };
      }
      return undefined;
    },
    methodsOf: (path) => all.filter(({ pattern }) => paramsOf(pattern, path)).map(({ route }) => route.method),
  };
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
}

/** Decoded parameters of a path that has this pattern; undefined for any other. */
function paramsOf(pattern: RegExp, path: string): Record<string, string> | undefined {
  const found = pattern.exec(path);
  if (!found) return undefined;
  const params: Record<string, string> = {};
  try {
    for (const [name, value] of Object.entries(found.groups ?? {})) params[name] = decodeURIComponent(value);
  } catch {
    return undefined;
  }
  return params;
}
