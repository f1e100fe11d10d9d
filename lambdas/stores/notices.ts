import type { Notice, Notices } from '../use-cases/ports/messages.ts';
import { NoticeItem } from './items/notices.ts';
import { keys, ownerShard } from './keys.ts';
import { ownerEntries } from './owner-rows.ts';
import { read, stored } from './stored.ts';
import type { Table } from './table.ts';

/** Mail that has to be sent: in a sparse index until it is. */
export function openNotices(table: Table): Notices {
  return {
    queued: (notice) =>
      table.putNew(
        `notice ${notice.id}`,
        stored<typeof NoticeItem>('NOTICE', keys.notice(notice.id), notice, {
          gsi4pk: `NOTICES#${ownerShard(notice.id)}`,
          gsi4sk: `${notice.time}#${notice.id}`,
          row: { id: notice.id },
        }),
      ),

    waiting: async () => {
      const entries = await ownerEntries(table, 'gsi4', 'NOTICES');
      const items = await table.batchGet(entries.map(({ row }) => keys.notice((row as { id: string }).id)));
      const notices = items.map((item) => read(NoticeItem, item) as Notice);
      return notices.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
    },

    told: (notice) => table.deleteAll([keys.notice(notice.id)]),
  };
}
