import type { OrganizationType } from '../domain/organization/organization.ts';
import type { ActionName } from '../manifest/actions.ts';
import { billedOrganization } from '../use-cases/billed-organization.ts';
import type { Caller } from '../use-cases/caller.ts';
import type { Portal } from '../use-cases/ports/portal.ts';

/** A request about the caller's own organization or, by the vendor, about the one in the path. */
export type OwnerRequest<Params = object, Query = object> = {
  caller: Caller;
  params: Params & { organizationId?: string };
  query: Query;
  now: Date;
};

/** Whose bills are asked for. */
const whose =
  (action: ActionName, type: OrganizationType) =>
  async (portal: Portal, { caller, params }: OwnerRequest): Promise<string> => {
    if (params.organizationId === undefined) return caller.organizationId;
    return (await billedOrganization(portal, caller, action, params.organizationId, type)).id;
  };
export const provider = whose('readConsolidatedBills', 'SERVICE_PROVIDER');
export const aggregator = whose('readStatements', 'AGGREGATOR');
export const accountOwner = whose('readAccounts', 'AGGREGATOR');
