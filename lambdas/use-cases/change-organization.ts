import type { Organization } from '../domain/organization/organization.ts';
import { ORGANIZATION_TRANSITIONS } from '../domain/organization/status.ts';
import { transition } from '../domain/transitions.ts';
import { audited } from './audited.ts';
import type { Caller } from './caller.ts';
import { changedFields, type Edit } from './changed-fields.ts';
import { changedMeanwhile } from './changed-meanwhile.ts';
import { PortalError } from './errors.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import type { Portal } from './ports/portal.ts';
import { findOrganization } from './read-organizations.ts';

/** Who changes which organization, and why. */
export type OrganizationChange = {
  caller: Caller;
  organizationId: string;
  now: Date;
  ifMatch?: IfMatch;
  reason?: string | undefined;
};

/** What the vendor can change of an organization; type, partner number and `awsResell` say what it is, and stay. */
type OrganizationEdit = Edit<Pick<Organization, 'name' | 'region' | 'countryRegion' | 'address' | 'taxId' | 'email'>>;

/** @throws PortalError NOT_FOUND; VERSION_MISMATCH; CHANGED_MEANWHILE */
export async function editOrganization(
  portal: Portal,
  change: OrganizationChange,
  edit: OrganizationEdit,
): Promise<Organization> {
  const before = await findOrganization(portal, change.organizationId);
  refuseOtherVersion(before.version, change.ifMatch);
  const { after, from, to } = changedFields(before, edit);
  return commit(portal, change, 'changeOrganization', before, after, { from, to });
}

/**
 * Deactivates an organization, so that its members can't sign in, or activates it again. Its contracts are billed on.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; TRANSITION_NOT_ALLOWED, also for the vendor itself; CHANGED_MEANWHILE
 */
export async function moveOrganization(
  portal: Portal,
  change: OrganizationChange,
  verb: 'deactivate' | 'activate',
): Promise<Organization> {
  const before = await findOrganization(portal, change.organizationId);
  refuseOtherVersion(before.version, change.ifMatch);
  const moved = transition(ORGANIZATION_TRANSITIONS, before.status, verb, 'VENDOR');
  if (!moved.ok || before.type === 'VENDOR') {
    const message =
      before.type === 'VENDOR'
        ? 'The vendor runs the programme and always stays active'
        : `The organization is ${before.status}: ${verb} is not possible then`;
    throw new PortalError('TRANSITION_NOT_ALLOWED', message);
  }
  const after = { ...before, status: moved.to };
  return commit(portal, change, `${verb}Organization`, before, after, { from: before.status, to: after.status });
}

async function commit(
  portal: Portal,
  { caller, now, reason }: OrganizationChange,
  action: string,
  before: Organization,
  changed: Organization,
  said: { from: string; to: string },
): Promise<Organization> {
  const after = { ...changed, version: before.version + 1 };
  const entry = audited(portal, {
    organizationId: after.id,
    subject: `ORGANIZATION#${after.id}`,
    version: after.version,
    now,
    actor: caller.userId,
    action,
    ...said,
    reason,
  });
  const result = await portal.units.commit([portal.organizations.changed(before, after), entry]);
  if (result.ok) return after;
  throw changedMeanwhile('The organization');
}
