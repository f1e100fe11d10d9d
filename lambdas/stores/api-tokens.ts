import type { ApiToken, ApiTokens } from '../use-cases/ports/access.ts';
import { ApiTokenItem } from './items.ts';
import { keys } from './keys.ts';
import { read, stored } from './stored.ts';
import type { Item, Table } from './table.ts';

/** API tokens. They stay after they have expired, since the audit trail names them. */
export function openApiTokens(table: Table): ApiTokens {
  return {
    get: async (id) => {
      const item = await table.get(keys.apiToken(id));
      return item && tokenOf(item);
    },

    ofOrganization: async (organizationId) => {
      const ids: string[] = [];
      for await (const item of table.query(`ORGANIZATION#${organizationId}#TOKENS`, { index: 'gsi3' })) {
        ids.push((item.row as { id: string }).id);
      }
      return (await table.batchGet(ids.map(keys.apiToken))).map(tokenOf);
    },

    created: (token) => table.putNew(`API token ${token.id}`, tokenItem(token)),

    changed: (before, after) => table.putOver(`API token ${after.id}`, tokenItem(after), before.version),
  };
}

const tokenOf = (item: Item) => read(ApiTokenItem, item) as ApiToken;

function tokenItem(token: ApiToken) {
  return stored<typeof ApiTokenItem>(
    'API_TOKEN',
    keys.apiToken(token.id),
    { ...token, roles: [...token.roles] },
    { gsi3pk: `ORGANIZATION#${token.organizationId}#TOKENS`, gsi3sk: token.id, row: { id: token.id } },
  );
}
