import assert from 'node:assert/strict';
import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';

type ErrorClass<E> = abstract new (...args: never[]) => E;

/** The error of the given type that the request must fail with. */
export async function refused<E extends Error>(request: Promise<unknown>, type: ErrorClass<E>): Promise<E> {
  const error = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof type, `expected ${type.name}, got ${String(error)}`);
  return error;
}

/** The request must fail with a ValidationException whose message matches. */
export async function refusedAsInvalid(request: Promise<unknown>, message: RegExp): Promise<void> {
  const error = await refused(request, DynamoDBServiceException);
  assert.equal(error.name, 'ValidationException');
  assert.match(error.message, message);
}
