import type { User } from '../domain/organization/organization.ts';
import type { Users } from '../use-cases/ports/access.ts';
import { UserItem } from './items.ts';
import { keys } from './keys.ts';
import { read, stored } from './stored.ts';
import type { Table } from './table.ts';

/** People and machines with an account. */
export function openUsers(table: Table): Users {
  return {
    get: async (id) => {
      const item = await table.get(keys.user(id));
      return item && (read(UserItem, item) as User);
    },
    created: (user) =>
      table.putNew(
        `user ${user.id}`,
        stored<typeof UserItem>('USER', keys.user(user.id), { ...user, roles: [...user.roles] }),
      ),
  };
}
