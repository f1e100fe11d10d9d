import type { DocumentExport } from '../domain/document-export/document-export.ts';
import type { DocumentExports, ExportKey } from '../use-cases/ports/document-exports.ts';
import { duePartition, upToTime } from './due.ts';
import { DocumentExportItem, type ExportUnderwayItem } from './items/document-exports.ts';
import { keys, ownerShard } from './keys.ts';
import { read, stored } from './stored.ts';
import type { Item, Key, Table } from './table.ts';

// What has expired is kept for a while, to say so.
const KEPT_SECONDS = 90 * 86_400;

/** Exports of documents, by organization, and which of them are to be gone on with. */
export function openDocumentExports(table: Table): DocumentExports {
  const exportOf = (item: Item) => read(DocumentExportItem, item) as unknown as DocumentExport;

  return {
    get: async ({ organizationId, id }) => {
      const item = await table.get(keys.documentExport(organizationId, id));
      return item && exportOf(item);
    },

    of: async (organizationId) => {
      const { pk } = keys.documentExport(organizationId, '');
      return (await Array.fromAsync(table.query(pk, { prefix: 'EXPORT#' }))).map(exportOf);
    },

    created: (of) => [
      table.putNew(`export ${of.id}`, exportItem(of)),
      table.putNew(
        `export underway of ${of.userId}`,
        stored<typeof ExportUnderwayItem>('EXPORT_UNDERWAY', keys.exportUnderway(of.organizationId, of.userId), {
          id: of.id,
        }),
      ),
    ],

    changed: (of) => [
      table.putOver(`export ${of.id}`, exportItem({ ...of, version: of.version + 1 }), of.version),
      ...(of.status === 'DONE' || of.status === 'FAILED'
        ? [table.deleted(`export underway of ${of.userId}`, keys.exportUnderway(of.organizationId, of.userId))]
        : []),
    ],

    due: async function* (shard, now) {
      const options = { index: 'gsi4', upTo: upToTime(now) } as const;
      for await (const item of table.query(duePartition('EXPORTS', shard), options)) yield item.row as ExportKey;
    },
  };
}

function exportItem(of: DocumentExport): Item & Key {
  const { id, organizationId, status, createdTime, expires } = of;
  const dueFrom = status === 'PENDING' || status === 'RUNNING' ? createdTime : status === 'DONE' ? expires : undefined;
  const members = { ...of, request: { ...of.request, kinds: [...of.request.kinds], forms: [...of.request.forms] } };
  return stored<typeof DocumentExportItem>('EXPORT', keys.documentExport(organizationId, id), members, {
    ...(dueFrom !== undefined && {
      gsi4pk: duePartition('EXPORTS', ownerShard(id)),
      gsi4sk: `${dueFrom}#${id}`,
      row: { organizationId, id },
    }),
    expiresAt: Math.ceil(Date.parse(createdTime) / 1000) + KEPT_SECONDS,
  });
}
