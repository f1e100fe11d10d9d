import { createHash } from 'node:crypto';
import type { User } from '../domain/organization/organization.ts';
import { isActiveAdministrator } from '../domain/organization/roles.ts';
import type { SignInCodes, Users } from '../use-cases/ports/access.ts';
import { SignInCodeItem, UserAddressItem, UserItem } from './items.ts';
import { keys } from './keys.ts';
import { read, stored } from './stored.ts';
import type { Item, Table, TableChange } from './table.ts';

/** People and machines with an account, the addresses they sign in with, and how many Administrators each side has. */
export function openUsers(table: Table): Users {
  const address = (user: User) => keys.userAddress(hashOf(user.email), user.organizationId);

  /** The organization's count of active Administrators, which no change takes to zero. */
  function administrators(before: User | undefined, after: User): TableChange[] {
    const [was, is] = [before !== undefined && isActiveAdministrator(before), isActiveAdministrator(after)];
    if (was === is) return [];
    const key = keys.administrators(after.organizationId);
    const names = { '#count': 'count' };
    if (is) {
      return [
        table.updated('one more Administrator', key, {
          expression: 'SET entity = :entity, schemaVersion = :one ADD #count :one',
          names,
          values: { ':entity': 'ADMINISTRATORS', ':one': 1 },
        }),
      ];
    }
    return [
      table.updated('one Administrator less', key, {
        expression: 'SET #count = #count - :one',
        condition: '#count > :one',
        names,
        values: { ':one': 1 },
      }),
    ];
  }

  return {
    get: async (id) => {
      const item = await table.get(keys.user(id));
      return item && userOf(item);
    },

    ofOrganization: async (organizationId) => {
      const ids: string[] = [];
      for await (const item of table.query(`ORGANIZATION#${organizationId}#USERS`, { index: 'gsi3' })) {
        ids.push((item.row as { id: string }).id);
      }
      const users = (await table.batchGet(ids.map(keys.user))).map(userOf);
      return users.filter((user) => user.status !== 'DELETED');
    },

    hasAdministrator: async (organizationId) =>
      Number((await table.get(keys.administrators(organizationId)))?.count ?? 0) > 0,

    withAddress: async (email) => {
      const ids: string[] = [];
      const { pk } = keys.signInCode(hashOf(email));
      for await (const item of table.query(pk, { prefix: 'ORGANIZATION#' })) {
        ids.push(read(UserAddressItem, item).userId);
      }
      return (await table.batchGet(ids.map(keys.user))).map(userOf);
    },

    created: (user) => [
      table.putNew(`user ${user.id}`, userItem(user)),
      table.putNew(
        `address of user ${user.id}`,
        stored<typeof UserAddressItem>('USER_ADDRESS', address(user), { userId: user.id }),
      ),
      ...administrators(undefined, user),
    ],

    changed: (before, after) => [
      table.putOver(`user ${after.id}`, userItem(after), before.version),
      ...(after.status === 'DELETED' ? [table.deleted(`address of user ${after.id}`, address(before))] : []),
      ...administrators(before, after),
    ],
  };
}

const userOf = (item: Item) => read(UserItem, item) as User;

/** Who is deleted is in no list any more. */
function userItem(user: User) {
  const indexes = { gsi3pk: `ORGANIZATION#${user.organizationId}#USERS`, gsi3sk: user.id, row: { id: user.id } };
  return stored<typeof UserItem>(
    'USER',
    keys.user(user.id),
    { ...user, roles: [...user.roles] },
    user.status === 'DELETED' ? {} : indexes,
  );
}

const MOST_ATTEMPTS = 5;
const PAUSE_MS = 60_000;

/** Codes to sign in with, by the address they were mailed to. */
export function openSignInCodes(table: Table): SignInCodes {
  return {
    replaced: async (email, codeHash, { now, expires }) => {
      const result = await table.update(keys.signInCode(hashOf(email)), {
        expression:
          'SET entity = :entity, schemaVersion = :one, codeHash = :codeHash, expires = :expires, expiresAt = :expiresAt, attempts = :none, used = :false, made = :now',
        condition: 'attribute_not_exists(pk) OR made <= :before',
        values: {
          ':entity': 'SIGN_IN_CODE',
          ':one': 1,
          ':none': 0,
          ':false': false,
          ':codeHash': codeHash,
          ':expires': expires.toISOString(),
          ':expiresAt': Math.ceil(expires.getTime() / 1000),
          ':now': now.toISOString(),
          ':before': new Date(now.getTime() - PAUSE_MS).toISOString(),
        },
      });
      return result.ok;
    },

    tried: async (email, now) => {
      const result = await table.update(keys.signInCode(hashOf(email)), {
        expression: 'SET attempts = attempts + :one',
        condition: 'attempts < :most AND expires > :now AND used = :false',
        values: { ':one': 1, ':most': MOST_ATTEMPTS, ':now': now.toISOString(), ':false': false },
      });
      return result.ok ? read(SignInCodeItem, result.item).codeHash : undefined;
    },

    used: async (email, codeHash) => {
      const result = await table.update(keys.signInCode(hashOf(email)), {
        expression: 'SET used = :true',
        condition: 'codeHash = :codeHash AND used = :false',
        values: { ':codeHash': codeHash, ':true': true, ':false': false },
      });
      return result.ok;
    },
  };
}

/** Keys are seen in more places than items: an address is in them only as its SHA-256. */
function hashOf(email: string): string {
  return createHash('sha256').update(email).digest('hex');
}
