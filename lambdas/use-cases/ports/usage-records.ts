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

/** What the cloud billing has told of a contract, by month. Each change of it moves the contract's feed head. */
export type UsageRecords = {
  /** All of a month. Strongly consistent. */
  batches(contractId: string, period: Period): Promise<UsageRecordBatch[]>;
  /** All of a month and those after it. Strongly consistent. */
  batchesFrom(contractId: string, period: Period): Promise<UsageRecordBatch[]>;
  /** Adds a batch; refused when it is there. */
  registered(contractId: string, batch: UsageRecordBatch): Change;
};
