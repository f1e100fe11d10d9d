import type { Organization } from '../domain/organization/organization.ts';
import type { Answer } from '../runtime/resource.ts';

/** An organization in full, as it is answered. */
export function organizationBody({
  version: _version,
  address,
  ...rest
}: Organization): Answer<'getOrganization'>['body'] {
  return { ...rest, address: [...address] };
}
