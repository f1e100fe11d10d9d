import { type Entry, type EntryField, entryKey } from '../usage/check-entry.ts';
import { type EditContext, editLines, type LineOperation } from '../usage/edit-lines.ts';
import { lineIndex } from '../usage/line-key.ts';
import type { EditReason, UsageLine } from '../usage/usage-line.ts';
import type { LineCounts, UsageFileMode } from './usage-file.ts';

/** A row of a file that names what there is. */
export type FileRow = {
  /** Counted from 1 with the header. */
  row: number;
  entry: Entry;
  reason?: EditReason | undefined;
  comment?: string | undefined;
};

export type RowFault = { row: number; field: EntryField; message: string };

export type MergedRows = { lines: UsageLine[]; counts: LineCounts; faults: RowFault[] };

/**
 * What the rows of a file make of an order's lines: a row of what there is a line of changes that line, any other adds one
 * (MERGE); with REPLACE the lines that nobody but a person has written and no row names are taken away.
 *
 * @param idOf names the line that a row adds, the same whenever the file is merged
 */
export function mergeRows(
  context: EditContext,
  before: readonly UsageLine[],
  rows: readonly FileRow[],
  { mode, idOf }: { mode: UsageFileMode; idOf: (row: number) => string },
): MergedRows {
  const index = lineIndex(before);
  const faults: RowFault[] = [];
  const named = new Set<string>();
  const asked: { row: number; operation: LineOperation }[] = [];
  for (const each of rows) {
    const [line, ...others] = index.sameAs(each.entry.line ?? entryKey(each.entry));
    if (others.length > 0) {
      const message = `there are ${others.length + 1} lines of that product and site: change them one by one`;
      faults.push({ row: each.row, field: 'line', message });
    } else if (line) named.add(line.id);
    asked.push({ row: each.row, operation: operationOf(each, line, idOf) });
  }
  const removed = mode === 'REPLACE' ? before.filter((line) => isByHand(line) && !named.has(line.id)) : [];
  const operations = [...asked.map(({ operation }) => operation), ...removed.map(removalOf)];
  const { lines, outcomes } = editLines(context, before, operations);
  outcomes.forEach((outcome, at) => {
    if (!outcome.ok)
      faults.push({ row: asked[at]?.row ?? 1, field: outcome.fault.field, message: outcome.fault.message });
  });
  return { lines, counts: countsOf(before, lines), faults };
}

function operationOf(
  { row, entry, reason, comment }: FileRow,
  line: UsageLine | undefined,
  idOf: (row: number) => string,
): LineOperation {
  if (line) return { do: 'CHANGE', lineId: line.id, quantity: entry.quantity, reason, comment };
  return { do: 'ADD', id: idOf(row), origin: 'FILE', entry, reason, comment };
}

const removalOf = ({ id }: UsageLine): LineOperation => ({ do: 'DELETE', lineId: id });

const FEEDS: ReadonlySet<string | undefined> = new Set(['METER', 'FEED']);

const isByHand = ({ prefilled, origin }: UsageLine): boolean => prefilled === undefined && !FEEDS.has(origin);

function countsOf(before: readonly UsageLine[], after: readonly UsageLine[]): LineCounts {
  const known = new Map(before.map((line) => [line.id, line]));
  const counts = { added: 0, changed: 0, removed: 0, unchanged: 0 };
  for (const line of after) {
    const was = known.get(line.id);
    if (!was) counts.added++;
    else if (was.quantity === line.quantity && was.comment === line.comment) counts.unchanged++;
    else counts.changed++;
  }
  counts.removed = before.length - counts.changed - counts.unchanged;
  return counts;
}
