import { usageRecordRoutes } from '../manifest/routes/subscriptions/usage-records.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { ResourceOf } from '../runtime/resource.ts';
import { subscriptionPorts } from '../runtime/subscription-ports.ts';
import { takeUsageRecords } from '../use-cases/take-usage-records.ts';

export const resource: ResourceOf<'usageRecordsApi'> = {
  sendUsageRecords: async (portal, { caller, body, now }) => {
    const { records, counts, runs } = await takeUsageRecords(portal, { caller, now }, body);
    return {
      body: {
        records,
        accepted: counts.ACCEPTED,
        duplicates: counts.DUPLICATE,
        conflicts: counts.CONFLICT,
        refused: counts.REFUSED,
        results: runs,
      },
    };
  },
};

export const handler = apiHandler(usageRecordRoutes, resource, portalWith(subscriptionPorts));
