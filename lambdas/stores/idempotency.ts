import { randomUUID } from 'node:crypto';
import type { Claim, ClaimResult, IdempotencyKeys, WrittenAnswer } from '../use-cases/ports/idempotency.ts';
import { IdempotencyItem } from './items.ts';
import { keys } from './keys.ts';
import { read } from './stored.ts';
import type { Item, Table } from './table.ts';

// Twice what a function of the API may take: whoever holds a claim longer has died.
const HELD_MS = 60_000;
const KEPT_SECONDS = 24 * 3600;

const secondsOf = (time: Date): number => Math.floor(time.getTime() / 1000);
const keyOf = ({ callerId, key }: Pick<Claim, 'callerId' | 'key'>) => keys.idempotency(callerId, key);

/** One item a caller and key. Only updates: a time to live takes the items away, and no read trusts one that has expired. */
export function openIdempotencyKeys(table: Table): IdempotencyKeys {
  return {
    claim: async (request, now) => {
      // A claim whose answer was lost is made again by the SDK: it must recognise itself.
      const claimant = randomUUID();
      const result = await table.update(keyOf(request), {
        expression:
          'SET entity = :entity, schemaVersion = :one, #state = :started, fingerprint = :fingerprint, claimant = :claimant, heldUntil = :heldUntil, expiresAt = :expiresAt REMOVE answer',
        condition:
          'attribute_not_exists(pk) OR expiresAt <= :seconds OR (#state = :started AND fingerprint = :fingerprint AND (heldUntil < :now OR claimant = :claimant))',
        names: { '#state': 'state' },
        values: {
          ':entity': 'IDEMPOTENCY_KEY',
          ':one': 1,
          ':started': 'STARTED',
          ':fingerprint': request.fingerprint,
          ':claimant': claimant,
          ':heldUntil': now.getTime() + HELD_MS,
          ':expiresAt': secondsOf(now) + KEPT_SECONDS,
          ':seconds': secondsOf(now),
          ':now': now.getTime(),
        },
      });
      if (result.ok) return { state: 'CLAIMED', claim: { ...request, claimant } };
      return result.item ? knownOf(result.item, request.fingerprint, now) : { state: 'IN_PROGRESS' };
    },

    committed: (claim) =>
      table.updated(`idempotency key of ${claim.callerId}`, keyOf(claim), {
        expression: 'SET #state = :committed',
        condition: '#state = :started AND claimant = :claimant',
        names: { '#state': 'state' },
        values: { ':committed': 'COMMITTED', ':started': 'STARTED', ':claimant': claim.claimant },
      }),

    ended: async (claim, answer) => {
      await table.update(keyOf(claim), {
        expression: `SET #state = :ended${answer ? ', answer = :answer' : ''}`,
        condition: 'claimant = :claimant',
        names: { '#state': 'state' },
        values: { ':ended': 'ENDED', ':claimant': claim.claimant, ...(answer && { ':answer': answer }) },
      });
    },

    released: async (claim, now) => {
      await table.update(keyOf(claim), {
        expression: 'SET expiresAt = :seconds',
        condition: '#state = :started AND claimant = :claimant',
        names: { '#state': 'state' },
        values: { ':seconds': secondsOf(now), ':started': 'STARTED', ':claimant': claim.claimant },
      });
    },
  };
}

function knownOf(item: Item, fingerprint: string, now: Date): ClaimResult {
  const known = read(IdempotencyItem, item);
  if (known.fingerprint !== fingerprint) return { state: 'OTHER_REQUEST' };
  // Between commit and end its answer is on its way, as long as the claimant can be alive.
  if (known.state !== 'ENDED' && known.heldUntil >= now.getTime()) return { state: 'IN_PROGRESS' };
  return { state: 'ENDED', ...(known.answer && { answer: known.answer as WrittenAnswer }) };
}
