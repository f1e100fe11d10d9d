import { createHash } from 'node:crypto';
import { StateError } from './errors.ts';
import type { Clock, Json } from './types.ts';

const HASHES: Record<string, string> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** AWS's limit on the array `$range` makes. */
const RANGE_LIMIT_ITEMS = 1000;

type JsonataFunction = { name: string; signature: string; implementation: (...args: never[]) => unknown };

/**
 * The functions Step Functions adds to JSONata, and the ones it shares whose answer must come from the runner's own
 * clock and dice (`$millis`, `$random`, `$uuid`) so that a run can be repeated.
 */
export function stepFunctionsFunctions(clock: Clock, random: () => number): JsonataFunction[] {
  return [
    { name: 'partition', signature: '<an:a>', implementation: partition },
    { name: 'range', signature: '<nnn:a>', implementation: range },
    { name: 'hash', signature: '<xs:s>', implementation: hash },
    { name: 'random', signature: '<n?:n>', implementation: (seed?: number) => seededOr(random, seed) },
    { name: 'uuid', signature: '<:s>', implementation: () => uuid(random) },
    { name: 'parse', signature: '<s:x>', implementation: (text: string) => JSON.parse(text) as Json },
    { name: 'millis', signature: '<:n>', implementation: () => clock.now().getTime() },
  ];
}

/** A version 4 UUID from the given dice. */
export function uuid(random: () => number): string {
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (place) => {
    const digit = Math.floor(random() * 16);
    return (place === 'x' ? digit : (digit & 3) | 8).toString(16);
  });
}

function partition(items: Json[], size: number): Json[][] {
  const chunk = Math.floor(size);
  if (chunk < 1) throw new StateError('States.QueryEvaluationError', `$partition: size ${size} is not positive.`);
  return Array.from({ length: Math.ceil(items.length / chunk) }, (_, index) =>
    items.slice(index * chunk, (index + 1) * chunk),
  );
}

function range(first: number, last: number, step: number): number[] {
  const [start, end, by] = [Math.floor(first), Math.floor(last), Math.floor(step)];
  if (by === 0) throw new StateError('States.QueryEvaluationError', '$range: the step must not be 0.');
  const length = Math.max(0, Math.floor((end - start) / by) + 1);
  if (length > RANGE_LIMIT_ITEMS) {
    throw new StateError('States.QueryEvaluationError', `$range: more than ${RANGE_LIMIT_ITEMS} items.`);
  }
  return Array.from({ length }, (_, index) => start + index * by);
}

function hash(data: Json, algorithm: string): string {
  const name = HASHES[algorithm];
  if (name === undefined) throw new StateError('States.QueryEvaluationError', `$hash: no algorithm ${algorithm}.`);
  return createHash(name)
    .update(typeof data === 'string' ? data : JSON.stringify(data))
    .digest('hex');
}

// The same seed must give the same number; which number AWS gives is not documented.
function seededOr(random: () => number, seed: number | undefined): number {
  if (seed === undefined) return random();
  return (
    createHash('sha256')
      .update(String(Math.floor(seed)))
      .digest()
      .readUInt32BE() /
    2 ** 32
  );
}
