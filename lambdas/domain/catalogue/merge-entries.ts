import { compareCodePoints } from '../usage/canonical-order.ts';
import type { LoadCounts, LoadFault, LoadKind, LoadPath } from './load.ts';

type Coded = { id: string; code: string };

/**
 * Adds entries that were read to those there are, by code. An entry without an id keeps the one it has, or gets a new one.
 *
 * @param read gives an entry's value without id, undefined after adding what is wrong with it to the faults
 * @param fixed members that charges depend on, and what the entry calls them: what was charged must stay explained, so
 *   another value needs another code
 */
export function mergeEntries<Entry extends { id?: string | undefined; code: string }, Value extends Coded>(options: {
  kind: LoadKind;
  entries: readonly Entry[];
  existing: readonly Value[];
  read: (entry: Entry, path: LoadPath) => Omit<Value, 'id'> | undefined;
  fixed: Readonly<Partial<Record<keyof Value & string, keyof Entry & string>>>;
  /** The same of members that may still be told where an entry hasn't: from then on they are fixed. */
  fixedOnceTold?: Readonly<Partial<Record<keyof Value & string, keyof Entry & string>>>;
  newId: () => string;
  faults: LoadFault[];
}): { merged: Value[]; counts: LoadCounts } {
  const { kind, entries, existing, read, fixed, fixedOnceTold = {}, newId, faults } = options;
  const merged = new Map(existing.map((value) => [value.code, value]));
  const codeOfId = new Map(existing.map(({ id, code }) => [id, code]));
  const seen = new Set<string>();
  const counts = { created: 0, changed: 0, unchanged: 0 };

  function refuseFixed(before: Value, value: Value, path: LoadPath): void {
    const told = Object.entries(fixedOnceTold).filter(([member]) => before[member as keyof Value] !== undefined);
    for (const [member, name] of [...Object.entries(fixed), ...told] as [keyof Value, string][]) {
      if (isSame(before[member], value[member])) continue;
      const message = `of ${value.code} can't be changed, charges depend on it: load what is different under another code`;
      faults.push({ path: [...path, name], message, conflict: 'CATALOGUE_ENTRY_FIXED' });
    }
  }

  entries.forEach((entry, index) => {
    const path: LoadPath = [kind, index];
    const values = read(entry, path);
    const { code } = entry;
    if (code && seen.has(code)) faults.push({ path: [...path, 'code'], message: `is in this load twice: ${code}` });
    seen.add(code);
    const holder = entry.id && codeOfId.get(entry.id);
    if (holder && holder !== code) faults.push({ path: [...path, 'id'], message: `is the id of ${holder}` });
    if (!values) return;
    const before = merged.get(code);
    const value = { ...values, id: entry.id || before?.id || newId() } as Value;
    codeOfId.set(value.id, code);
    if (!before) counts.created++;
    else if (isSame(before, value)) counts.unchanged++;
    else counts.changed++;
    if (before) refuseFixed(before, value, path);
    merged.set(code, value);
  });
  return { merged: [...merged.values()].sort((a, b) => compareCodePoints(a.code, b.code)), counts };
}

/** Whether two values are the same, whatever the order of their members. */
export function isSame(a: unknown, b: unknown): boolean {
  return written(a) === written(b);
}

function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`;
  if (typeof value !== 'object' || value === null)
    return typeof value === 'bigint' ? `${value}n` : `${JSON.stringify(value)}`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([left], [right]) => compareCodePoints(left, right));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${written(member)}`).join(',')}}`;
}
