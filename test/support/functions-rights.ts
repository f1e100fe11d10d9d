import type { FunctionDefinition } from '../../lambdas/manifest/functions/function.ts';
import { type FunctionName, functions } from '../../lambdas/manifest/functions.ts';
import { tablePorts } from '../../lambdas/runtime/all-ports.ts';
import { openTable } from '../../lambdas/stores/table.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { openLocalClient } from '../../local/dynamodb/client.ts';
import { TABLE_NAME } from './portal-parts.ts';
import { recordingRights } from './recording-rights.ts';

type Opened = { portal: Portal; database: { requestHandler: Parameters<typeof recordingRights>[0] } };

/** Portals as functions have them, which write down the rights on the table that each uses. */
export function functionsRights({ portal, database }: Opened) {
  const used = new Map<FunctionName, Set<string>>();
  return {
    portalOf: (name: FunctionName): Portal => {
      const rights = used.get(name) ?? new Set<string>();
      used.set(name, rights);
      const client = openLocalClient(recordingRights(database.requestHandler, rights));
      return { ...portal, ...tablePorts(openTable(client, TABLE_NAME)) };
    },
    /** By function, what it used and its manifest does not allow; a function that used nothing fails. */
    beyondManifest: (): [FunctionName, string[]][] =>
      [...used].flatMap(([name, rights]): [FunctionName, string[]][] => {
        if (rights.size === 0) throw new Error(`${name} has asked the table for nothing`);
        const { rights: allowed }: FunctionDefinition = functions[name];
        const beyond = [...rights].filter((right) => !allowed.table?.includes(right));
        return beyond.length > 0 ? [[name, beyond]] : [];
      }),
  };
}
