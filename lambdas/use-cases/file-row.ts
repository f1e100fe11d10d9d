import { checkEntry, checkQuantity, type EntryFacts, type EntryField } from '../domain/usage/check-entry.ts';
import { EDIT_REASONS, type EditReason } from '../domain/usage/usage-line.ts';
import type { FileRow, RowFault } from '../domain/usage-file/merge-rows.ts';
import type { RowText } from './usage-file-objects.ts';

const REASONS: ReadonlySet<string> = new Set(EDIT_REASONS);
const isReason = (text: string): text is EditReason => REASONS.has(text);

/** A row with what it names, or everything that is wrong with it. */
export function fileRow(
  facts: EntryFacts,
  { row, reason: reasonText, comment, ...entryText }: RowText,
): { ok: true; row: FileRow } | { ok: false; faults: RowFault[] } {
  const entry = checkEntry(facts, entryText);
  const reason = reasonOf(reasonText);
  const faults = [...(entry.ok ? [] : entry.faults), ...reasonFaults(reason)];
  if (!entry.ok || faults.length > 0) {
    return { ok: false, faults: faults.map(({ field, message }) => ({ row, field, message })) };
  }
  return {
    ok: true,
    row: {
      row,
      entry: entry.value,
      ...(isReason(reason) && { reason }),
      ...(comment !== '' && { comment }),
    },
  };
}

/** What is wrong with a row whatever order it is of. */
export function looseFaults({ quantity, reason }: RowText): { field: EntryField; message: string }[] {
  const checked = checkQuantity(quantity);
  return [...(checked.ok ? [] : checked.faults), ...reasonFaults(reasonOf(reason))];
}

const reasonOf = (text: string): string => text.toUpperCase().replaceAll(' ', '_');

const reasonFaults = (reason: string): { field: EntryField; message: string }[] =>
  reason === '' || isReason(reason) ? [] : [{ field: 'reason', message: `is none of ${EDIT_REASONS.join(', ')}` }];
