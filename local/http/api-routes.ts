import { resource as adjustmentsApi } from '../../lambdas/api/adjustments.ts';
import { resource as auditTrailApi } from '../../lambdas/api/audit.ts';
import { resource as authApi } from '../../lambdas/api/auth.ts';
import { resource as billingOrdersApi } from '../../lambdas/api/billing-orders.ts';
import { resource as billsApi } from '../../lambdas/api/bills.ts';
import { resource as catalogueApi } from '../../lambdas/api/catalogue.ts';
import { resource as closesApi } from '../../lambdas/api/closes.ts';
import { resource as consolidatedBillsApi } from '../../lambdas/api/consolidated-bills.ts';
import { resource as contractChangesApi } from '../../lambdas/api/contract-changes.ts';
import { resource as contractsApi } from '../../lambdas/api/contracts.ts';
import { resource as dashboardsApi } from '../../lambdas/api/dashboards.ts';
import { resource as exportsApi } from '../../lambdas/api/exports.ts';
import { resource as healthApi } from '../../lambdas/api/health.ts';
import { resource as invoicesApi } from '../../lambdas/api/invoices.ts';
import { resource as orderDecisionsApi } from '../../lambdas/api/order-decisions.ts';
import { resource as organizationsApi } from '../../lambdas/api/organizations.ts';
import { resource as profileApi } from '../../lambdas/api/profile.ts';
import { resource as readingsApi } from '../../lambdas/api/readings.ts';
import { resource as requestQueueApi } from '../../lambdas/api/request-queue.ts';
import { resource as reviewApi } from '../../lambdas/api/review.ts';
import { resource as apiTokensApi } from '../../lambdas/api/tokens.ts';
import { resource as usageFilesApi } from '../../lambdas/api/usage-files.ts';
import { resource as usageLinesApi } from '../../lambdas/api/usage-lines.ts';
import { resource as usageMetersApi } from '../../lambdas/api/usage-meters.ts';
import { resource as usersApi } from '../../lambdas/api/users.ts';
import { type RouteDefinition, routeKeyOf } from '../../lambdas/manifest/routes/route.ts';
import { routes } from '../../lambdas/manifest/routes.ts';
import { type ApiHandler, apiHandler } from '../../lambdas/runtime/api-handler.ts';
import type { RequestLog } from '../../lambdas/runtime/request-log.ts';
import type { Resource } from '../../lambdas/runtime/resource.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';

/** Handlers of all routes, by the function that serves them. */
export const resources: Readonly<Record<(typeof routes)[keyof typeof routes]['function'], Resource>> = {
  authApi,
  usersApi,
  apiTokensApi,
  organizationsApi,
  auditTrailApi,
  profileApi,
  healthApi,
  catalogueApi,
  closesApi,
  invoicesApi,
  consolidatedBillsApi,
  billsApi,
  dashboardsApi,
  exportsApi,
  contractsApi,
  contractChangesApi,
  billingOrdersApi,
  adjustmentsApi,
  orderDecisionsApi,
  reviewApi,
  requestQueueApi,
  usageLinesApi,
  usageFilesApi,
  usageMetersApi,
  readingsApi,
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
    Object.entries(resources).map(([name, resource]) => [name, apiHandler(routes, resource, async () => portal, log)]),
  );
  const all = Object.values<RouteDefinition>(routes)
    .map((route) => ({
      route,
      pattern: patternOf(route.path),
      handler: handlers.get(route.function) as ApiHandler,
    }))
    // ".../contracts/usageSites" is not a contract: the gateway, too, takes a path without parameters first.
    .sort((a, b) => parametersOf(a.route) - parametersOf(b.route));

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

const parametersOf = ({ params }: RouteDefinition): number => Object.keys(params.shape).length;

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
