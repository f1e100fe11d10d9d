import type { Period } from '../../domain/calendar/period.ts';
import type { Change } from './changes.ts';

/** New records of a contract's month that came in one call: an immutable object, named by the hash of its bytes. */
export type UsageRecordBatch = {
  period: Period;
  hash: string;
  /** Key of the object. */
  key: string;
  records: number;
  time: string;
};

/** What the cloud billing has told of a contract, by month. */
export type UsageRecords = {
  /** Counts the calls that brought something new of a contract; 0 before the first. Strongly consistent. */
  version(contractId: string): Promise<number>;
  /** All of a month. Strongly consistent. */
  batches(contractId: string, period: Period): Promise<UsageRecordBatch[]>;
  /** All of a month and those after it. Strongly consistent. */
  batchesFrom(contractId: string, period: Period): Promise<UsageRecordBatch[]>;
  /** Adds batches; refused when others have come since that version was read. */
  registered(contractId: string, version: number, batches: readonly UsageRecordBatch[]): Change[];
};
