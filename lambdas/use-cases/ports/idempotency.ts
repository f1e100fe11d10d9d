import type { Change } from './changes.ts';

/** An answer as it is sent, without what belongs to the one request. */
export type WrittenAnswer = { status: number; headers: Readonly<Record<string, string>>; body?: string };

/** A write with an `Idempotency-Key`. */
export type KeyedRequest = {
  callerId: string;
  key: string;
  /** SHA-256 of what the request asks for, hex: route, path, query and body. */
  fingerprint: string;
};

/** A request's hold on its key. */
export type Claim = KeyedRequest & { claimant: string };

export type ClaimResult =
  | { state: 'CLAIMED'; claim: Claim }
  /** The first request has ended; there is no answer where it was lost, or was not to be kept. */
  | { state: 'ENDED'; answer?: WrittenAnswer }
  | { state: 'IN_PROGRESS' }
  | { state: 'OTHER_REQUEST' };

/** What is known of writes by their caller and key, for 24 hours (docs/decisions/0010-idempotency-keys.md). */
export type IdempotencyKeys = {
  /** Takes the key for this request, or says what became of the request that has it. */
  claim(request: KeyedRequest, now: Date): Promise<ClaimResult>;
  /** Is part of the request's first transaction: refused when another request has taken the claim over since. */
  committed(claim: Claim): Change;
  /** The request has ended: its answer is given to all that repeat it, if there is one to give. */
  ended(claim: Claim, answer: WrittenAnswer | undefined): Promise<void>;
  /** The request was refused: unless it has committed something, the key is as if it had not been used. */
  released(claim: Claim, now: Date): Promise<void>;
};
