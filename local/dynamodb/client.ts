import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

// What a request to AWS needs and one to this process doesn't: a signature, a user agent, tracing headers, tries again.
// Without them a request costs half the time.
const ONLY_FOR_AWS = [
  'getUserAgentMiddleware',
  'retryMiddleware',
  'hostHeaderMiddleware',
  'loggerMiddleware',
  'recursionDetectionMiddleware',
  'contentLengthMiddleware',
  'httpSigningMiddleware',
];

/** A client of the local DynamoDB with the SDK's commands, stripped of what only AWS needs. */
export function openLocalClient(config: DynamoDBClientConfig): DynamoDBClient {
  const client = new DynamoDBClient(config);
  for (const name of ONLY_FOR_AWS) client.middlewareStack.remove(name);
  return client;
}
