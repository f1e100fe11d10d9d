import { createHash } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { PortalError } from '../use-cases/errors.ts';
import type { Change, UnitOfWork } from '../use-cases/ports/changes.ts';
import type { ClaimResult, WrittenAnswer } from '../use-cases/ports/idempotency.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { bytesOf } from './request-input.ts';

const KEY = /^[\x21-\x7e]{1,255}$/;

/** A write as its `Idempotency-Key` sees it. */
export type Write = {
  event: APIGatewayProxyEventV2;
  callerId: string;
  now: Date;
  /** Whether the answer may be kept: not one that holds a secret. */
  keepsAnswer: boolean;
  /** The answer of a refusal; undefined for an error that is none. */
  refusalOf(error: unknown): WrittenAnswer | undefined;
  /** Told why an answer could not be kept: the caller gets it all the same. */
  notKept(error: unknown): void;
};

/**
 * Does a write, once for all requests of one key (docs/decisions/0010-idempotency-keys.md). Without a key it is just done.
 * @throws PortalError BAD_REQUEST for a key that is none; IDEMPOTENCY_KEY_REUSED, REQUEST_IN_PROGRESS, ANSWER_LOST
 */
export async function doneOnce(
  portal: Portal,
  write: Write,
  act: (portal: Portal) => Promise<WrittenAnswer>,
): Promise<WrittenAnswer> {
  const { event, callerId, now } = write;
  const key = event.headers['idempotency-key'];
  if (key === undefined) return act(portal);
  if (!KEY.test(key)) {
    const message = 'must be 1 to 255 visible ASCII characters';
    throw new PortalError('BAD_REQUEST', `The Idempotency-Key ${message}`, [{ field: 'Idempotency-Key', message }]);
  }
  const claimed = await portal.idempotency.claim({ callerId, key, fingerprint: fingerprintOf(event) }, now);
  if (claimed.state !== 'CLAIMED') return firstAnswer(claimed);
  const { claim } = claimed;
  const units = oneUnitMarked(portal.units, portal.idempotency.committed(claim));
  try {
    const answer = await act(Object.create(portal, { units: { value: units } }));
    await portal.idempotency.ended(claim, write.keepsAnswer ? answer : undefined).catch(write.notKept);
    return answer;
  } catch (error) {
    const freed = units.hasCommitted()
      ? portal.idempotency.ended(claim, write.refusalOf(error))
      : portal.idempotency.released(claim, now);
    await freed.catch(write.notKept);
    throw error;
  }
}

function fingerprintOf(event: APIGatewayProxyEventV2): string {
  const { routeKey, rawPath, rawQueryString } = event;
  return createHash('sha256')
    .update(JSON.stringify([routeKey, rawPath, rawQueryString]))
    .update(bytesOf(event))
    .digest('hex');
}

function firstAnswer(known: Exclude<ClaimResult, { state: 'CLAIMED' }>): WrittenAnswer {
  if (known.state === 'OTHER_REQUEST') {
    throw new PortalError(
      'IDEMPOTENCY_KEY_REUSED',
      'This Idempotency-Key was sent with another request: send each request with a key of its own',
    );
  }
  if (known.state === 'IN_PROGRESS') throw inProgress();
  if (known.answer) return known.answer;
  throw new PortalError(
    'ANSWER_LOST',
    'This request was done before, but its answer is not kept: read what it was to change, and send what is still to be done with a new Idempotency-Key',
  );
}

const inProgress = () =>
  new PortalError('REQUEST_IN_PROGRESS', 'The first request with this Idempotency-Key is still being done');

/**
 * A unit of work whose first commit also records that the request has committed. Commits are made one after the other,
 * so that there is a first.
 */
function oneUnitMarked(units: UnitOfWork, mark: Change): UnitOfWork & { hasCommitted(): boolean } {
  let marked = false;
  let last: Promise<unknown> = Promise.resolve();

  async function commit(changes: readonly Change[]) {
    if (marked) return units.commit(changes);
    const result = await units.commit([...changes, mark]);
    if (!result.ok && result.refused.includes(mark)) throw inProgress();
    marked = result.ok;
    return result;
  }

  return {
    commit: (changes) => {
      const result = last.then(() => commit(changes));
      last = result.catch(() => undefined);
      return result;
    },
    hasCommitted: () => marked,
  };
}
