import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod';
import type { RouteDefinition } from '../manifest/routes/route.ts';
import { type FieldError, PortalError } from '../use-cases/errors.ts';
import { parseJsonBody } from './json-body.ts';

// Issues then say what was given, which tells a missing field from a wrong one.
const REPORTING = { reportInput: true };

export type Input = { params: unknown; query: unknown; body: unknown };

/**
 * What a request brings, checked against its route's schemas.
 * @throws PortalError NOT_FOUND for a path that can't name anything; UNSUPPORTED_MEDIA_TYPE; BODY_TOO_LARGE; BAD_REQUEST
 *   with every field that is wrong
 */
export function readInput(route: RouteDefinition, event: APIGatewayProxyEventV2): Input {
  const params = route.params.safeParse(event.pathParameters ?? {});
  if (!params.success) throw new PortalError('NOT_FOUND', 'There is nothing with this path');
  const query = route.query.safeParse(event.queryStringParameters ?? {}, REPORTING);
  if (!query.success) throw invalid('The query is not valid', query.error);
  return { params: params.data, query: query.data, body: route.method === 'GET' ? undefined : readBody(route, event) };
}

function readBody({ body: schema }: RouteDefinition, event: APIGatewayProxyEventV2): unknown {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length === 0 && !schema) return undefined;
  if (bytes.length === 0) throw new PortalError('BAD_REQUEST', 'The request needs a JSON body');
  refuseOtherMedia(event.headers['content-type']);
  const value = parseJsonBody(bytes);
  if (!schema) return refuseMembers(value);
  const body = schema.safeParse(value, REPORTING);
  if (!body.success) throw invalid('The body is not valid', body.error);
  return body.data;
}

const JSON_MEDIA = /^application\/(?:[\w.+-]+\+)?json$/i;

function refuseOtherMedia(contentType = ''): void {
  const [media = '', ...parameters] = contentType.split(';').map((part) => part.trim());
  const charset = parameters.find((parameter) => /^charset=/i.test(parameter));
  if (JSON_MEDIA.test(media) && (!charset || /^charset="?utf-8"?$/i.test(charset))) return;
  throw new PortalError(
    'UNSUPPORTED_MEDIA_TYPE',
    'The body must be JSON: send content-type application/json, in UTF-8',
  );
}

function refuseMembers(value: unknown): undefined {
  const fields = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : ['body'];
  if (fields.length === 0) return undefined;
  throw new PortalError(
    'BAD_REQUEST',
    'This request takes no body',
    fields.map((field) => ({ field, message: 'is not known' })),
  );
}

function invalid(message: string, error: z.ZodError): PortalError {
  const errors = error.issues.flatMap(fieldErrors);
  const named = errors.map(({ field, message: reason }) => `${field} ${reason}`).join('; ');
  return new PortalError('BAD_REQUEST', `${message}: ${named}`, errors);
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: fieldName([...issue.path, key]), message: 'is not known' }));
  }
  const missing = issue.code === 'invalid_type' && issue.input === undefined;
  return [{ field: fieldName(issue.path), message: missing ? 'is needed' : issue.message }];
}

/** "lines[2].quantity" of ["lines", 2, "quantity"]; "body" of the whole. */
function fieldName(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'body';
  return path.map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at ? '.' : ''}${String(part)}`)).join('');
}
