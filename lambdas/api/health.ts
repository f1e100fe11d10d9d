import { accessRoutes } from '../manifest/routes/access.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import type { ResourceOf } from '../runtime/resource.ts';

export const resource: ResourceOf<'healthApi'> = {
  getHealth: async (portal, { now }) => {
    // Any read will do: it fails when the database can't be reached.
    await portal.users.get('health');
    return { body: { status: 'UP', time: now.toISOString() } };
  },
};

export const handler = apiHandler(accessRoutes, resource);
