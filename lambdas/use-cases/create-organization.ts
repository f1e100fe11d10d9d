import type { FamilyType } from '../domain/catalogue/family.ts';
import type { Organization } from '../domain/organization/organization.ts';
import { resellFault } from '../domain/organization/resell.ts';
import { audited } from './audited.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';

/** What is told of a partner to make its organization; `id` is new. */
export type NewOrganization = Omit<Organization, 'status' | 'version'>;

/**
 * Makes the organization of a partner.
 * @throws PortalError PARTNER_NUMBER_TAKEN; DEDICATED_ORGANIZATION_NEEDED and REGULAR_ORGANIZATION_NEEDED when a partner
 *   is onboarded for AWS Resell with an organization that isn't dedicated to it, or the reverse
 */
export async function createOrganization(
  portal: Portal,
  caller: Caller,
  wanted: WantedOrganization,
  now: Date,
): Promise<Organization> {
  const { organization, changes } = organizationMade(portal, caller, wanted, now);
  const result = await portal.units.commit(changes);
  if (result.ok) return organization;
  throw partnerNumberTaken(wanted);
}

/** An organization as it is told of, and the family that the partner is onboarded for, where that is known. */
export type WantedOrganization = NewOrganization & { productFamily?: FamilyType | undefined };

/**
 * A new organization, and what makes it; refused when there is one with the partner number.
 * @throws PortalError DEDICATED_ORGANIZATION_NEEDED; REGULAR_ORGANIZATION_NEEDED
 */
export function organizationMade(
  portal: Pick<Portal, 'audit' | 'organizations'>,
  caller: Caller,
  { productFamily, ...wanted }: WantedOrganization,
  now: Date,
): { organization: Organization; changes: Change[] } {
  if (productFamily) refuseWrongOrganization(wanted, productFamily);
  const organization: Organization = { ...wanted, status: 'ACTIVE', version: 1 };
  const entry = audited(portal, {
    organizationId: organization.id,
    subject: `ORGANIZATION#${organization.id}`,
    version: 1,
    now,
    actor: caller.userId,
    action: 'createOrganization',
    to: `${organization.type} ${organization.prmId} ${organization.name}`,
    reason: productFamily && `onboarded for ${productFamily}`,
  });
  return { organization, changes: [...portal.organizations.created(organization), entry] };
}

export function partnerNumberTaken({ prmId }: Pick<Organization, 'prmId'>): PortalError {
  return new PortalError('PARTNER_NUMBER_TAKEN', `There is an organization with the partner number ${prmId}`, [
    { field: 'prmId', message: 'is in use' },
  ]);
}

/**
 * Keeps AWS Resell apart from everything else (domain.md §1): ask it before an organization gets something of a family.
 * @throws PortalError DEDICATED_ORGANIZATION_NEEDED; REGULAR_ORGANIZATION_NEEDED
 */
export function refuseWrongOrganization(organization: Pick<Organization, 'awsResell'>, family: FamilyType): void {
  const fault = resellFault(organization, family);
  if (!fault) return;
  const message =
    fault === 'DEDICATED_ORGANIZATION_NEEDED'
      ? 'AWS Resell needs an organization of its own: create one with awsResell and another partner number'
      : `An organization dedicated to AWS Resell takes no part in ${family}: use the regular one of the partner`;
  throw new PortalError(fault, message);
}
