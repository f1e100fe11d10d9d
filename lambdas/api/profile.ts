import { profileRoutes } from '../manifest/routes/profile.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import type { ResourceOf } from '../runtime/resource.ts';
import type { Caller } from '../use-cases/caller.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { findOrganization } from '../use-cases/read-organizations.ts';

const get = async (portal: Portal, { caller }: { caller: Caller }) => {
  const { name, prmId } = await findOrganization(portal, caller.organizationId);
  return { body: { name, prmId } };
};

export const resource: ResourceOf<'profileApi'> = { getAggregatorProfile: get, getProviderProfile: get };

export const handler = apiHandler(profileRoutes, resource);
