import type { User } from '../domain/organization/organization.ts';
import type { ActionName } from '../manifest/actions.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { USER_LIST } from './lists/user-list.ts';
import type { Portal } from './ports/portal.ts';
import { seenBy } from './scope.ts';

/** The users of the caller's organization. @throws PortalError BAD_REQUEST */
export async function listUsers(portal: Portal, caller: Caller, query: ListQuery): Promise<Page<User>> {
  const page = compileList(USER_LIST, query);
  return page(await portal.users.ofOrganization(caller.organizationId));
}

/** A user of the caller's organization. @throws PortalError NOT_FOUND, also for those of others and the deleted */
export async function findUser(
  portal: Pick<Portal, 'users'>,
  caller: Caller,
  action: ActionName,
  id: string,
): Promise<User> {
  const missing = `There is no user ${id}`;
  const user = seenBy(caller, action, await portal.users.get(id), missing);
  if (user.status === 'DELETED') throw new PortalError('NOT_FOUND', missing);
  return user;
}
