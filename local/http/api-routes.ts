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
        const found = route.method === method ? pattern.exec(path) : null;
        const params = found && decodedParams(found.groups ?? {});
        if (params) return { routeKey: routeKeyOf(route), params, handler };
      }
      return undefined;
    },
    methodsOf: (path) => all.filter(({ pattern }) => pattern.test(path)).map(({ route }) => route.method),
  };
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
}

function decodedParams(groups: Record<string, string>): Record<string, string> | undefined {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch {
    return undefined;
  }
}
