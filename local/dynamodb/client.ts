import { randomUUID } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { isCrash } from '../state-machine/errors.ts';
import type { HttpResponse, RequestHandler } from './request-handler.ts';

const ATTEMPTS = 3;
const THROTTLED = ['ProvisionedThroughputExceededException', 'ThrottlingException'];

type Refusal = { __type: string; message: string };

/**
 * A client of the local DynamoDB that takes the SDK's commands and does what its client does for the portal's table, in a
 * quarter of its time, which is what a close on this machine spends most on: requests as JSON, answers back, the errors
 * that stores look at, one request token for all tries of a transaction, and the standard retries (throttling, server
 * errors, lost answers) without their pauses. Tests of the stores run the SDK's own client, and one that goes through whole closes.
 *
 * @param onGivenUp is told of each request that failed at its last try, by action
 */
export function openLocalClient(
  handler: RequestHandler,
  onGivenUp: (action: string) => void = () => undefined,
): DynamoDBClient {
  async function send({ input, constructor: { name } }: { input: object; constructor: { name: string } }) {
    const action = name.slice(0, -'Command'.length);
    const token = action === 'TransactWriteItems' ? { ClientRequestToken: randomUUID() } : {};
    const request = {
      method: 'POST',
      headers: { 'x-amz-target': `DynamoDB_20120810.${action}` },
      body: JSON.stringify({ ...token, ...input }),
    };
    const response = await retried(
      async () => (await handler.handle(request)).response,
      () => onGivenUp(action),
    );
    const body = bodyOf(response);
    if (response.statusCode === 200) return body;
    throw errorOf(body as Refusal, response.statusCode);
  }
  return { send } as unknown as DynamoDBClient;
}

async function retried(send: () => Promise<HttpResponse>, onGivenUp: () => void): Promise<HttpResponse> {
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt === ATTEMPTS;
    try {
      const response = await send();
      if (!isPassing(response)) return response;
      if (isLast) {
        onGivenUp();
        return response;
      }
    } catch (error) {
      if (isCrash(error)) throw error;
      if (isLast) {
        onGivenUp();
        throw error;
      }
    }
  }
}

function isPassing(response: HttpResponse): boolean {
  if (response.statusCode === 200) return false;
  return response.statusCode >= 500 || THROTTLED.includes(nameOf(bodyOf(response) as Refusal));
}

const bodyOf = ({ text }: HttpResponse): object => JSON.parse(text) as object;
const nameOf = (refusal: Refusal): string => refusal.__type.slice(refusal.__type.indexOf('#') + 1);

function errorOf(refusal: Refusal, httpStatusCode: number): Error {
  const { message, __type: _type, ...members } = refusal;
  const described = { message, $metadata: { httpStatusCode }, ...members };
  switch (nameOf(refusal)) {
    case 'ConditionalCheckFailedException':
      return new ConditionalCheckFailedException(described);
    case 'TransactionCanceledException':
      return new TransactionCanceledException(described);
    case 'TransactionConflictException':
      return new TransactionConflictException(described);
    default:
      return Object.assign(new Error(message), { name: nameOf(refusal) });
  }
}
