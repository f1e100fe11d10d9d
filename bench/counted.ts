import type { DocumentWriter, FormHashes } from '../lambdas/use-cases/ports/document-writer.ts';
import type { ObjectStore } from '../lambdas/use-cases/ports/objects.ts';

/** A writer of documents that counts what it puts: each of a document's three forms. */
export function countedWriter(writer: DocumentWriter, counts: { puts: number }): DocumentWriter {
  const counted =
    <Document>(write: (key: string, document: Document) => Promise<FormHashes>) =>
    async (key: string, document: Document) => {
      const hashes = await write(key, document);
      counts.puts += Object.keys(hashes).length;
      return hashes;
    };
  return {
    invoice: counted(writer.invoice),
    statement: counted(writer.statement),
    consolidatedBill: counted(writer.consolidatedBill),
  };
}

type Totals = { requests: number; readUnits: number; writeUnits: number };
/** Counts the requests of one connection to the local database. */
export type Meter = { totals(): Record<string, Totals> };

/** A bucket that counts what it is asked. */
export function countedObjects(store: ObjectStore, counts: { puts: number; gets: number; lists: number }): ObjectStore {
  return {
    putOnce: (...args) => {
      counts.puts++;
      return store.putOnce(...args);
    },
    get: (key) => {
      counts.gets++;
      return store.get(key);
    },
    list: (prefix) => {
      counts.lists++;
      return store.list(prefix);
    },
  };
}

/** What all connections have asked of the database so far. */
export function databaseTotals(meters: readonly Meter[]): Totals {
  const sum = { requests: 0, readUnits: 0, writeUnits: 0 };
  for (const totals of meters.flatMap((meter) => Object.values(meter.totals()))) {
    sum.requests += totals.requests;
    sum.readUnits += totals.readUnits;
    sum.writeUnits += totals.writeUnits;
  }
  return sum;
}
