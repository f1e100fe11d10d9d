import * as z from 'zod';
import type { HeldUsage } from '../domain/billing-order/held-usage.ts';
import { period } from '../domain/calendar/period.ts';
import { formatPoints, formatQuantity, points, quantity } from '../domain/numbers/amounts.ts';
import { USAGE_FILE_STATUSES } from '../domain/usage-file/status.ts';
import { isWaiting, USAGE_FILE_FORMATS, type UsageFile } from '../domain/usage-file/usage-file.ts';
import type { UsageFileRow, UsageFiles } from '../use-cases/ports/usage-files.ts';
import { duePartition } from './due.ts';
import { UsageFileItem } from './items/usage-files.ts';
import { keys, ownerShard } from './keys.ts';
import { defined } from './mapping.ts';
import { ownerRows } from './owner-rows.ts';
import { read, stored } from './stored.ts';
import type { Item, Key, Table } from './table.ts';

const UsageFileRowItem: z.ZodType<UsageFileRow> = z.object({
  id: z.string(),
  name: z.string(),
  format: z.enum(USAGE_FILE_FORMATS),
  status: z.enum(USAGE_FILE_STATUSES),
  createdTime: z.string(),
  lastModifiedTime: z.string(),
});

/** Files of usage, and which of them wait. */
export function openUsageFiles(table: Table): UsageFiles {
  const fileOf = (item: Item) => fromFileItem(read(UsageFileItem, item));

  return {
    get: async (id) => {
      const item = await table.get(keys.usageFile(id));
      return item && fileOf(item);
    },

    getMany: async (ids) => (await table.batchGet(ids.map(keys.usageFile))).map(fileOf),

    created: (file) => table.putNew(`usage file ${file.id}`, fileItem(file)),

    changed: (file, now) =>
      table.putOver(
        `usage file ${file.id}`,
        fileItem({ ...file, version: file.version + 1, lastModifiedTime: now.toISOString() }),
        file.version,
      ),

    ofServiceProvider: (id) => ownerRows(table, 'gsi1', `SP#${id}#FILES`, UsageFileRowItem),

    waiting: async function* (shard) {
      for await (const item of table.query(duePartition('FILES', shard), { index: 'gsi4' })) {
        yield (item.row as UsageFileRow).id;
      }
    },
  };
}

function fileItem(file: UsageFile): Item & Key {
  const { id, name, format, status, createdTime, lastModifiedTime } = file;
  const row: UsageFileRow = { id, name, format, status, createdTime, lastModifiedTime };
  const shard = ownerShard(id);
  return stored<typeof UsageFileItem>('USAGE_FILE', keys.usageFile(id), toFileItem(file), {
    gsi1pk: `SP#${file.serviceProviderId}#FILES#${shard}`,
    gsi1sk: `${lastModifiedTime}#${id}`,
    ...(isWaiting(file) && { gsi4pk: duePartition('FILES', shard), gsi4sk: `${createdTime}#${id}` }),
    row,
  });
}

export function toFileItem({ orders, ignoredColumns, ...file }: UsageFile): z.infer<typeof UsageFileItem> {
  return {
    ...file,
    ...(ignoredColumns && { ignoredColumns: [...ignoredColumns] }),
    orders: orders.map(({ before, after, ...order }) => ({ ...order, before: toHeld(before), after: toHeld(after) })),
  };
}

export function fromFileItem({ orders, ...file }: z.infer<typeof UsageFileItem>): UsageFile {
  return defined({
    ...file,
    orders: orders.map(({ before, after, ...order }) =>
      defined({ ...order, usagePeriod: period(order.usagePeriod), before: fromHeld(before), after: fromHeld(after) }),
    ),
  }) as UsageFile;
}

type HeldItem = z.infer<typeof UsageFileItem>['orders'][number]['before'];

const toHeld = (held: HeldUsage): HeldItem => ({
  ...held,
  quantity: formatQuantity(held.quantity),
  reported: formatPoints(held.reported),
  outsideCommit: formatPoints(held.outsideCommit),
  arrearsPeriods: [...held.arrearsPeriods],
});

const fromHeld = (held: HeldItem): HeldUsage => ({
  ...held,
  quantity: quantity(held.quantity),
  reported: points(held.reported),
  outsideCommit: points(held.outsideCommit),
  arrearsPeriods: held.arrearsPeriods.map(period),
});
