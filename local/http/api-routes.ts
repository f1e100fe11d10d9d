import { resource as adjustmentsApi } from '../../lambdas/api/adjustments.ts';
import { resource as aggregatorSwapsApi } from '../../lambdas/api/aggregator-swaps.ts';
import { resource as auditTrailApi } from '../../lambdas/api/audit.ts';
import { resource as authApi } from '../../lambdas/api/auth.ts';
import { resource as billingOrdersApi } from '../../lambdas/api/billing-orders.ts';
import { resource as billsApi } from '../../lambdas/api/bills.ts';
import { resource as catalogueApi } from '../../lambdas/api/catalogue.ts';
import { resource as closesApi } from '../../lambdas/api/closes.ts';
import { resource as commitmentsApi } from '../../lambdas/api/commitments.ts';
import { resource as contractChangesApi } from '../../lambdas/api/contract-changes.ts';
import { resource as contractsApi } from '../../lambdas/api/contracts.ts';
import { resource as costReportsApi } from '../../lambdas/api/cost-reports.ts';
import { resource as customersApi } from '../../lambdas/api/customers.ts';
import { resource as dashboardsApi } from '../../lambdas/api/dashboards.ts';
import { resource as dealsApi } from '../../lambdas/api/deals.ts';
import { resource as estimatesApi } from '../../lambdas/api/estimates.ts';
import { resource as exportsApi } from '../../lambdas/api/exports.ts';
import { resource as invoicesApi } from '../../lambdas/api/invoices.ts';
import { resource as mailPreferencesApi } from '../../lambdas/api/mail-preferences.ts';
import { resource as oneOffOrdersApi } from '../../lambdas/api/one-off-orders.ts';
import { resource as orderDecisionsApi } from '../../lambdas/api/order-decisions.ts';
import { resource as organizationsApi } from '../../lambdas/api/organizations.ts';
import { resource as paymentsApi } from '../../lambdas/api/payments.ts';
import { resource as readingsApi } from '../../lambdas/api/readings.ts';
import { resource as requestQueueApi } from '../../lambdas/api/request-queue.ts';
import { resource as reviewApi } from '../../lambdas/api/review.ts';
import { resource as serviceDeliveriesApi } from '../../lambdas/api/service-deliveries.ts';
import { resource as subscriptionsApi } from '../../lambdas/api/subscriptions.ts';
import { resource as apiTokensApi } from '../../lambdas/api/tokens.ts';
import { resource as usageFilesApi } from '../../lambdas/api/usage-files.ts';
import { resource as usageLinesApi } from '../../lambdas/api/usage-lines.ts';
import { resource as usageMetersApi } from '../../lambdas/api/usage-meters.ts';
import { resource as usersApi } from '../../lambdas/api/users.ts';
import { resource as veloOrdersApi } from '../../lambdas/api/velo-orders.ts';
import { resource as webhooksApi } from '../../lambdas/api/webhooks.ts';
import { resource as workGroupsApi } from '../../lambdas/api/work-groups.ts';
import { routeKeyOf } from '../../lambdas/manifest/routes/route.ts';
import { routes } from '../../lambdas/manifest/routes.ts';
import { type ApiHandler, apiHandler } from '../../lambdas/runtime/api-handler.ts';
import type { RequestLog } from '../../lambdas/runtime/request-log.ts';
import type { Resource } from '../../lambdas/runtime/resource.ts';
import { routeMatcher } from '../../lambdas/runtime/route-match.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';

/** Handlers of all routes, by the function that serves them. */
export const resources: Readonly<Record<(typeof routes)[keyof typeof routes]['function'], Resource>> = {
  authApi,
  usersApi,
  apiTokensApi,
  organizationsApi,
  auditTrailApi,
  paymentsApi,
  catalogueApi,
  closesApi,
  invoicesApi,
  billsApi,
  costReportsApi,
  dashboardsApi,
  exportsApi,
  contractsApi,
  contractChangesApi,
  customersApi,
  commitmentsApi,
  billingOrdersApi,
  estimatesApi,
  adjustmentsApi,
  orderDecisionsApi,
  reviewApi,
  requestQueueApi,
  oneOffOrdersApi,
  dealsApi,
  aggregatorSwapsApi,
  serviceDeliveriesApi,
  veloOrdersApi,
  webhooksApi,
  workGroupsApi,
  mailPreferencesApi,
  usageLinesApi,
  usageFilesApi,
  usageMetersApi,
  readingsApi,
  subscriptionsApi,
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
  const { match, methodsOf } = routeMatcher(routes);

  return {
    match: (method, path) => {
      const found = match(method, path);
      if (!found) return undefined;
      const { route, params } = found;
      return { routeKey: routeKeyOf(route), params, handler: handlers.get(route.function) as ApiHandler };
    },
    methodsOf,
  };
}
