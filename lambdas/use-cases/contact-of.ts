import type { Contact } from '../domain/contract/contract.ts';
import type { Portal } from './ports/portal.ts';

/** The person of an organization who has an address, without a name where it has no user with it. */
export async function contactOf(
  portal: Pick<Portal, 'users'>,
  organizationId: string,
  email: string,
): Promise<Contact> {
  const users = await portal.users.withAddress(email.toLowerCase());
  const user = users.find((each) => each.organizationId === organizationId);
  return { email, firstName: user?.firstName ?? '', lastName: user?.lastName ?? '' };
}
