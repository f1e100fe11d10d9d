import type { Json } from './types.ts';

/** AWS's limit on any state's input, output, result or arguments: 256 KiB of UTF-8. */
export const STATE_DATA_LIMIT_BYTES = 256 * 1024;

/** An error as the states language knows it: a name to match on and a cause for people. */
export class StateError extends Error {
  readonly error: string;
  readonly reason: string;

  constructor(error: string, reason: string) {
    super(`${error}: ${reason}`);
    this.name = 'StateError';
    this.error = error;
    this.reason = reason;
  }
}

/** The definition holds something that this runner doesn't know; `path` says where. */
export class DefinitionError extends Error {
  readonly path: string;

  constructor(path: string, problem: string) {
    super(`${path}: ${problem}`);
    this.name = 'DefinitionError';
    this.path = path;
  }
}

/** The execution (or one of its parallel parts) was told to stop; no Retry and no Catch sees it. */
export class Stopped extends Error {
  constructor() {
    super('Stopped');
    this.name = 'Stopped';
  }
}

/** The whole execution ran out of its time; no Retry and no Catch inside it sees this. */
export class ExecutionTimedOut extends StateError {
  constructor(seconds: number) {
    super('States.Timeout', `The execution did not end within ${seconds} seconds.`);
  }
}

/** True for an error that stands for the death of the process (`isCrash === true`). */
export function isCrash(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'isCrash' in error && error.isCrash === true;
}

/** True for what must pass every Retry and Catch untouched. */
export function isUncatchable(error: unknown): boolean {
  return isCrash(error) || error instanceof Stopped || error instanceof ExecutionTimedOut;
}

/** Any thrown value as a StateError; an unexpected one is named `States.Runtime`, which nothing catches. */
export function toStateError(error: unknown): StateError {
  if (error instanceof StateError) return error;
  return new StateError('States.Runtime', error instanceof Error ? (error.stack ?? error.message) : String(error));
}

/**
 * The value with everything but JSON left behind.
 * @throws StateError `States.DataLimitExceeded` above 256 KiB of UTF-8.
 */
export function asStateData(value: unknown, what: string): Json {
  return JSON.parse(stateDataText(value, what)) as Json;
}

/** The value's JSON text, within the limit of {@link STATE_DATA_LIMIT_BYTES}. */
export function stateDataText(value: unknown, what: string): string {
  const text = JSON.stringify(value);
  // Three bytes is the most that one UTF-16 unit takes, so short texts need no count.
  if (text.length * 3 > STATE_DATA_LIMIT_BYTES && Buffer.byteLength(text) > STATE_DATA_LIMIT_BYTES) {
    const size = Buffer.byteLength(text);
    throw new StateError('States.DataLimitExceeded', `${what} is ${size} bytes, above ${STATE_DATA_LIMIT_BYTES}.`);
  }
  return text;
}
