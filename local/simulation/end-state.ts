import { createHash } from 'node:crypto';
import type { PortalEvent } from '../../lambdas/use-cases/ports/messages.ts';
import type { StoredState } from './stored-state.ts';
import type { SentMail } from './world.ts';

/** What is left of a close: stored items, documents, and what went out. */
export type EndState = {
  stored: StoredState;
  documents: ReadonlyMap<string, Uint8Array>;
  mails: readonly SentMail[];
  events: readonly PortalEvent[];
};

/** What the close was to bill, and what may have happened to its mails. */
export type Expected = {
  /** Orders that can't be billed, by id. */
  unbillable: readonly string[];
  /** How many mails may have gone out a second time. */
  mailCopies: number;
  /** Usage that must be there, by contract and month; not looked at when absent. */
  usage?: ReadonlyMap<string, string>;
};

/** Entries by what they have in common, in the order given. */
export function groupBy<Entry>(entries: readonly Entry[], by: (entry: Entry) => string): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const group = groups.get(by(entry));
    if (group) group.push(entry);
    else groups.set(by(entry), [entry]);
  }
  return groups;
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Texts that are there more than once. */
export function doubles(texts: readonly string[]): string[] {
  return [...groupBy(texts, (text) => text)].filter(([, copies]) => copies.length > 1).map(([text]) => text);
}

/** Texts that are not among the others. */
export function without(texts: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return texts.filter((text) => !known.has(text));
}
