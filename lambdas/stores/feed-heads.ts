import type { FeedHeads } from '../use-cases/ports/feed-heads.ts';
import { FeedHeadItem } from './items/feed-heads.ts';
import { keys } from './keys.ts';
import { read, stored } from './stored.ts';
import type { Table } from './table.ts';

/** Beside each contract that has a feed of records, how often these have changed. */
export function openFeedHeads(table: Table): FeedHeads {
  const asRead = (version: number) =>
    version === 0
      ? { condition: 'attribute_not_exists(pk)' }
      : { condition: '#version = :version', names: { '#version': 'version' }, values: { ':version': version } };

  return {
    version: async (contractId) => {
      const item = await table.get(keys.feedHead(contractId));
      return item ? read(FeedHeadItem, item).version : 0;
    },

    moved: (contractId, version) =>
      table.put(
        `the feed of contract ${contractId} as it was read`,
        stored<typeof FeedHeadItem>('FEED_HEAD', keys.feedHead(contractId), { contractId, version: version + 1 }),
        asRead(version),
      ),

    still: (contractId, version) =>
      table.checked(`the feed of contract ${contractId} as it was read`, keys.feedHead(contractId), asRead(version)),
  };
}
