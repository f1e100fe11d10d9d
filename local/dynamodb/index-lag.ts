import { tableDefinition } from '../../lambdas/manifest/table.ts';
import { type HttpResponse, withText } from './request-handler.ts';
import type { Item } from './wire.ts';

/** Write requests remembered; no lag can be longer. */
const MAX_LAG = 1000;

type Write = { Item?: Item; Key?: Item };

/** Follows the writes, to show an index as if the last ones had not reached it yet. */
export function openLag() {
  const written: string[][] = [];
  return {
    /** Whether the request reads an index. */
    concerns: (action: string, text: string): boolean =>
      (action === 'Query' || action === 'Scan') && text.includes('"IndexName"'),

    remember(action: string, text: string): void {
      const keys = writesOf(action, text).map((write) => keyOf(write.Item ?? write.Key ?? {}));
      if (keys.length > 0 && written.push(keys) > MAX_LAG) written.shift();
    },

    /** The page without the items that the last so many write requests wrote. */
    hide(response: HttpResponse, writes: number): HttpResponse {
      if (response.statusCode !== 200) return response;
      const page = JSON.parse(response.text) as { Items?: Item[]; Count: number };
      const hidden = new Set(written.slice(-writes).flat());
      const items = page.Items?.filter((item) => !hidden.has(keyOf(item)));
      const shown = items ? { ...page, Items: items, Count: items.length } : page;
      return withText(response, JSON.stringify(shown));
    },
  };
}

function writesOf(action: string, text: string): Write[] {
  if (!/^(Put|Update|Delete|BatchWrite|TransactWrite)Item/.test(action)) return [];
  const input = JSON.parse(text) as Write & {
    RequestItems?: Record<string, Array<{ PutRequest?: Write; DeleteRequest?: Write }>>;
    TransactItems?: Array<{ Put?: Write; Update?: Write; Delete?: Write }>;
  };
  const batch = Object.values(input.RequestItems ?? {}).flat();
  return [
    input,
    ...batch.map(({ PutRequest, DeleteRequest }) => PutRequest ?? DeleteRequest ?? {}),
    ...(input.TransactItems ?? []).map(({ Put, Update, Delete }) => Put ?? Update ?? Delete ?? {}),
  ].filter((write) => write.Item ?? write.Key);
}

function keyOf(item: Item): string {
  return JSON.stringify([item[tableDefinition.partitionKey], item[tableDefinition.sortKey]]);
}
