import type * as z from 'zod';
import type { FiscalQuarter } from '../domain/deal/fiscal-quarter.ts';
import { formatPercent, percent } from '../domain/numbers/amounts.ts';
import type { RebateEntry, RebateSheet } from '../domain/rebate/rebate-sheet.ts';
import type { RebateSheets } from '../use-cases/ports/deals.ts';
import { RebateSheetItem } from './items/deals.ts';
import { keys } from './keys.ts';
import { read, stored } from './stored.ts';
import type { Item, Table } from './table.ts';

/** Rebate sheets, an item a quarter. */
export function openRebateSheets(table: Table): RebateSheets {
  return {
    get: async (quarter) => {
      const item = await table.get(keys.rebateSheet(quarter));
      return item && sheetOf(item);
    },
    all: async () => (await Array.fromAsync(table.query(keys.rebateSheet('').pk))).map(sheetOf),
    changed: (sheet) => {
      const { quarter, version } = sheet;
      const item = stored<typeof RebateSheetItem>(
        'REBATE_SHEET',
        keys.rebateSheet(quarter),
        toSheetItem({ ...sheet, version: version + 1 }),
      );
      const describes = `rebate sheet ${quarter}`;
      return version === 0 ? table.putNew(describes, item) : table.putOver(describes, item, version);
    },
  };
}

export const toSheetItem = ({ entries, ...sheet }: RebateSheet): z.infer<typeof RebateSheetItem> => ({
  ...sheet,
  entries: entries.map((entry) => ({ ...entry, rate: formatPercent(entry.rate) })),
});

export const fromSheetItem = ({ quarter, entries, version }: z.infer<typeof RebateSheetItem>): RebateSheet => ({
  quarter: quarter as FiscalQuarter,
  entries: entries.map((entry) => ({ ...entry, rate: percent(entry.rate) })) as RebateEntry[],
  version,
});

const sheetOf = (item: Item): RebateSheet => fromSheetItem(read(RebateSheetItem, item));
