import type { Period } from '../../domain/calendar/period.ts';
import type { Change } from './changes.ts';

/** What a meter has reported of a month. */
export type ReadingsHead = {
  meterId: string;
  period: Period;
  /** Readings taken so far, and when the last came. */
  readings: number;
  lastUploadTime: string;
  /** Contracts that any of them has named: what they say of each is compared again when others come in their place. */
  contractIds: readonly string[];
  /** Counts batches. */
  version: number;
};

/** New readings of one upload: an immutable object, named by the hash of its bytes. */
export type ReadingsBatch = {
  hash: string;
  /** Key of the object. */
  key: string;
  readings: number;
  /** The seconds of the month that they lie in. */
  from: number;
  to: number;
  time: string;
};

export type Readings = {
  /** Undefined before the first upload of the month. Strongly consistent. */
  head(meterId: string, period: Period): Promise<ReadingsHead | undefined>;
  /** Some months of a meter, those there are, in no particular order. Strongly consistent. */
  heads(meterId: string, periods: readonly Period[]): Promise<ReadingsHead[]>;
  /** All of a month, in no particular order. Strongly consistent. */
  batches(meterId: string, period: Period): Promise<ReadingsBatch[]>;
  /** Adds a batch: `head` as it becomes, with the version it was read at; refused when another came first. */
  registered(head: ReadingsHead, batch: ReadingsBatch): Change[];
};
