import type { PlainDate } from '../../domain/calendar/period.ts';
import type { Cancellation, CustomerCommitment } from '../../domain/customer-commitment/customer-commitment.ts';
import type { Change } from './changes.ts';

/** A commitment whose cancellation is asked for. */
export type CancellationRow = Pick<CustomerCommitment, 'id' | 'contractId' | 'contractNumber' | 'customerNumber'> &
  Pick<Cancellation, 'requestedTime'>;

export type CustomerCommitments = {
  /** Strongly consistent. */
  get(contractId: string, id: string): Promise<CustomerCommitment | undefined>;
  /** All of a contract, in no particular order. Strongly consistent. */
  ofContract(contractId: string): Promise<CustomerCommitment[]>;
  created(commitment: CustomerCommitment): Change;
  /** As Contracts.changed. */
  changed(commitment: CustomerCommitment, now: Date): Change;
  /** The contract has ended, and with it all of them: they are due. */
  contractEnded(contractId: string, on: PlainDate): Change;
  /** They are completed. */
  endDone(contractId: string): Change;
  /** Those of a shard that move by themselves on a day or before it, earliest first, without an id all of a contract; may lag behind. */
  due(shard: number, on: PlainDate): AsyncIterable<{ contractId: string; id?: string }>;
  /** Those whose cancellation the vendor has to decide of, in no particular order; may lag behind by a moment. */
  toDecide(): Promise<CancellationRow[]>;
};
