import type { FamilyType } from '../catalogue/family.ts';
import type { Organization } from './organization.ts';

export type ResellFault = 'DEDICATED_ORGANIZATION_NEEDED' | 'REGULAR_ORGANIZATION_NEEDED';

/**
 * Why an organization can't have contracts of a family: AWS Resell needs an organization dedicated to it, which takes part
 * in nothing else (domain.md §1). Undefined when it can.
 */
export function resellFault(
  { awsResell }: Pick<Organization, 'awsResell'>,
  family: FamilyType,
): ResellFault | undefined {
  if ((family === 'AWS_RESELL') === awsResell) return undefined;
  return awsResell ? 'REGULAR_ORGANIZATION_NEEDED' : 'DEDICATED_ORGANIZATION_NEEDED';
}
