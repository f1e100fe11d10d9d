import type { Organization, OrganizationType } from '../domain/organization/organization.ts';
import type { ActionName } from '../manifest/actions.ts';
import type { Caller } from './caller.ts';
import type { Portal } from './ports/portal.ts';
import { seenBy } from './scope.ts';

/**
 * An organization whose bills the caller may see, of one kind.
 * @throws PortalError NOT_FOUND
 */
export async function billedOrganization(
  portal: Pick<Portal, 'organizations'>,
  caller: Caller,
  action: ActionName,
  organizationId: string,
  type: OrganizationType,
): Promise<Organization> {
  const found = await portal.organizations.get(organizationId);
  const organization = found?.type === type ? { ...found, organizationId } : undefined;
  return seenBy(caller, action, organization, `There is no organization ${organizationId} that has these`);
}
