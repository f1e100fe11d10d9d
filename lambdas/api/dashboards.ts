import type { Ranked } from '../documents/rankings.ts';
import { dashboardRoutes } from '../manifest/routes/dashboards/dashboards.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import type { ResourceOf } from '../runtime/resource.ts';
import type { Caller } from '../use-cases/caller.ts';
import { listAlerts } from '../use-cases/list-alerts.ts';
import type { ListQuery } from '../use-cases/lists/definition.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { listActivity } from '../use-cases/read-activity.ts';
import { readAggregatorDashboard, readVendorDashboard } from '../use-cases/read-dashboards.ts';
import { readUsageStatistics } from '../use-cases/read-usage-statistics.ts';

const activity = async (portal: Portal, { caller, query }: { caller: Caller; query: ListQuery }) => {
  const { content, total } = await listActivity(portal, caller, query);
  return { body: { content: content.map(({ id: _id, ...shown }) => shown), total } };
};

export const resource: ResourceOf<'dashboardsApi'> = {
  getProviderUsageStatistics: async (portal, { caller, now }) => ({
    body: await readUsageStatistics(portal, caller, now),
  }),

  getAggregatorDashboard: async (portal, { caller, query, now }) => {
    const { serviceProviders, skus, ...shown } = await readAggregatorDashboard(portal, caller, query.rankedPeriod, now);
    return {
      body: {
        ...shown,
        serviceProviders: serviceProviders.map((each) => ({ ...ranked(each), prmId: each.key, name: each.name })),
        skus: skus.map((each) => ({ ...ranked(each), code: each.key })),
      },
    };
  },

  listAggregatorAlerts: async (portal, { caller, query, now }) => ({
    body: await listAlerts(portal, caller, query, now),
  }),

  listProviderActivity: activity,
  listAggregatorActivity: activity,
  listVendorActivity: activity,

  getVendorDashboard: async (portal, { query, now }) => ({
    body: await readVendorDashboard(portal, query.period, now),
  }),
};

export const handler = apiHandler(dashboardRoutes, resource);

const ranked = ({ rank, points, documents }: Ranked) => ({ rank, points, documents });
