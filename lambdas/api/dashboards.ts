import type { Ranked } from '../documents/rankings.ts';
import { dashboardRoutes } from '../manifest/routes/dashboards/dashboards.ts';
import { taskRoutes } from '../manifest/routes/tasks.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { dealPorts } from '../runtime/deal-ports.ts';
import { oneOffPorts } from '../runtime/one-off-ports.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { ApiRequest, ResourceOf } from '../runtime/resource.ts';
import { reviewPorts } from '../runtime/review-ports.ts';
import { servicePorts } from '../runtime/service-ports.ts';
import type { Caller } from '../use-cases/caller.ts';
import { listAlerts } from '../use-cases/list-alerts.ts';
import type { ListQuery } from '../use-cases/lists/definition.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { listActivity } from '../use-cases/read-activity.ts';
import { readAggregatorDashboard, readVendorDashboard } from '../use-cases/read-dashboards.ts';
import { countTasks, listTasks } from '../use-cases/read-tasks.ts';
import { readUsageStatistics } from '../use-cases/read-usage-statistics.ts';

const activity = async (portal: Portal, { caller, query }: { caller: Caller; query: ListQuery }) => {
  const { content, total } = await listActivity(portal, caller, query);
  return { body: { content: content.map(({ id: _id, ...shown }) => shown), total } };
};

export const resource: ResourceOf<'dashboardsApi'> = {
  listProviderTasks: tasksOf,
  listAggregatorTasks: tasksOf,
  listVendorTasks: tasksOf,
  countProviderTasks: countsOf,
  countAggregatorTasks: countsOf,
  countVendorTasks: countsOf,

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

export const handler = apiHandler(
  { ...dashboardRoutes, ...taskRoutes },
  resource,
  portalWith((table) => ({
    ...reviewPorts(table),
    ...oneOffPorts(table),
    ...servicePorts(table),
    ...dealPorts(table),
  })),
);

type TasksRequest = Pick<ApiRequest<'listProviderTasks'>, 'caller' | 'query' | 'now'>;

async function tasksOf(portal: Portal, { caller, query, now }: TasksRequest) {
  return { body: await listTasks(portal, caller, query, now) };
}

async function countsOf(portal: Portal, { caller, now }: Pick<TasksRequest, 'caller' | 'now'>) {
  return { body: await countTasks(portal, caller, now) };
}

const ranked = ({ rank, points, documents }: Ranked) => ({ rank, points, documents });
