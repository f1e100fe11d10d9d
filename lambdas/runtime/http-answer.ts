import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Problem } from './problem.ts';

/** On every answer: nothing the API says is to be cached, sniffed, framed or sent unencrypted. */
const SECURITY_HEADERS = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};

const REQUEST_ID = /^[\w.-]{1,100}$/;

/** The caller's `x-request-id` where it is a plain one, else the gateway's, else a new one. */
export function requestIdOf({ headers, requestContext }: APIGatewayProxyEventV2): string {
  const given = headers['x-request-id'];
  if (given !== undefined && REQUEST_ID.test(given)) return given;
  return requestContext.requestId || randomUUID();
}

export function jsonAnswer(
  status: number,
  body: unknown,
  requestId: string,
  headers: Record<string, string> = {},
): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json', ...SECURITY_HEADERS, 'x-request-id': requestId, ...headers },
    body: JSON.stringify(body),
  };
}

export function problemAnswer(
  problem: Problem,
  headers: Record<string, string> = {},
): APIGatewayProxyStructuredResultV2 {
  return jsonAnswer(problem.status, problem, problem.instance, {
    'content-type': 'application/problem+json',
    ...(problem.status === 401 && { 'www-authenticate': 'Bearer' }),
    ...(problem.status === 503 && { 'retry-after': '5' }),
    ...headers,
  });
}
