import type { ObjectStore } from '../lambdas/use-cases/ports/objects.ts';

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
