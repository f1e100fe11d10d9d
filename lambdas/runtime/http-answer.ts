import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { WrittenAnswer } from '../use-cases/ports/idempotency.ts';
import type { Problem } from './problem.ts';

/** On every answer: nothing the API says is to be cached, sniffed, framed or sent unencrypted. */
const SECURITY_HEADERS = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};

const REQUEST_ID = /^[\w.-]{1,64}$/;

/** The caller's `x-request-id` where it is a plain one, else the id that was given to the request here. */
export function requestIdOf(given: string | undefined, own: string): string {
  if (given !== undefined && REQUEST_ID.test(given)) return given;
  return own || randomUUID();
}

/** An answer as it is sent for one request. */
export function httpAnswer(answer: WrittenAnswer, requestId: string): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: answer.status,
    headers: { ...answer.headers, ...SECURITY_HEADERS, 'x-request-id': requestId },
    ...(answer.body !== undefined && { body: answer.body }),
  };
}

/** A problem in writing. */
export function problemAnswer(problem: Problem): WrittenAnswer {
  return {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      ...(problem.status === 401 && { 'www-authenticate': 'Bearer' }),
      ...(problem.status === 503 && { 'retry-after': '5' }),
      ...(problem.code === 'REQUEST_IN_PROGRESS' && { 'retry-after': '2' }),
    },
    body: JSON.stringify(problem),
  };
}
