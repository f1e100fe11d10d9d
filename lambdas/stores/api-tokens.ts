import type { ApiToken, ApiTokens } from '../use-cases/ports/access.ts';
import { ApiTokenItem } from './items.ts';
import { keys } from './keys.ts';
import { read, stored } from './stored.ts';
import type { Table } from './table.ts';

/** API tokens. They stay after they have expired, since the audit trail names them. */
export function openApiTokens(table: Table): ApiTokens {
  return {
    get: async (id) => {
      const item = await table.get(keys.apiToken(id));
      return item && (read(ApiTokenItem, item) as ApiToken);
    },
    created: (token) =>
      table.putNew(
        `API token ${token.id}`,
        stored<typeof ApiTokenItem>('API_TOKEN', keys.apiToken(token.id), { ...token, roles: [...token.roles] }),
      ),
  };
}
