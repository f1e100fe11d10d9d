import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod';
import { isList, type RouteDefinition } from '../manifest/routes/route.ts';
import { type FieldError, PortalError } from '../use-cases/errors.ts';
import type { IfMatch } from '../use-cases/if-match.ts';
import { wantsCsv } from './accept.ts';
import { readIfMatch } from './entity-tag.ts';
import { fieldName } from './field-name.ts';
import { parseJsonBody } from './json-body.ts';
import { MOST_CSV_ROWS } from './list-csv.ts';
import type { SentFile } from './resource.ts';

// Issues then say what was given, which tells a missing field from a wrong one.
const REPORTING = { reportInput: true };

// Who sends more that is wrong has not sent what the request takes at all.
const MOST_ERRORS = 100;

/** What an answer in CSV is to have: all there is, or of a list the rows of the limit that was asked for. */
export type CsvExtent = 'WHOLE' | 'PART';

export type Input = { params: unknown; query: unknown; body: unknown; ifMatch: IfMatch; csv: CsvExtent | undefined };

/**
 * What a request brings, checked against its route's schemas.
 * @throws PortalError NOT_FOUND for a path that can't name anything; UNSUPPORTED_MEDIA_TYPE; BODY_TOO_LARGE; BAD_REQUEST
 *   with every field that is wrong
 */
export function readInput(route: RouteDefinition, event: APIGatewayProxyEventV2): Input {
  const params = route.params.safeParse(event.pathParameters ?? {});
  if (!params.success) throw new PortalError('NOT_FOUND', 'There is nothing with this path');
  const sent = event.queryStringParameters ?? {};
  const csv = wantsCsv(event.headers.accept) ? csvExtent(route, sent.limit) : undefined;
  const isWrite = route.method !== 'GET';
  return {
    params: params.data,
    query: readQuery(route, sent, csv !== undefined && isList(route)),
    body: isWrite ? readBody(route, event) : undefined,
    ifMatch: isWrite && route.editable ? readIfMatch(event.headers['if-match']) : undefined,
    csv,
  };
}

function csvExtent(route: RouteDefinition, limit: string | undefined): CsvExtent | undefined {
  if (isList(route)) return limit === undefined ? 'WHOLE' : 'PART';
  return route.csvAnswer ? 'WHOLE' : undefined;
}

function readQuery(route: RouteDefinition, sent: Record<string, string | undefined>, csv: boolean): unknown {
  const schema = route.published ? route.query.strip() : route.query;
  const query = schema.safeParse(sent, REPORTING);
  if (!query.success) throw invalid('The query is not valid', query.error);
  if (!csv) return query.data;
  return { ...query.data, limit: Math.min(Number(sent.limit ?? MOST_CSV_ROWS), MOST_CSV_ROWS) };
}

/** The body as it was sent. */
export function bytesOf({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): Uint8Array {
  return Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
}

function readBody(
  { body: schema, published, csvBody, fileBody }: RouteDefinition,
  event: APIGatewayProxyEventV2,
): unknown {
  if (fileBody) return readFile(fileBody, event);
  if (!schema && published) return undefined;
  const bytes = bytesOf(event);
  if (bytes.length === 0 && !schema) return undefined;
  if (csvBody && isUtf8(event.headers['content-type'], CSV_MEDIA)) return boundedFile(bytes);
  if (bytes.length === 0) throw new PortalError('BAD_REQUEST', 'The request needs a JSON body');
  refuseOtherMedia(event.headers['content-type']);
  const value = parseJsonBody(bytes);
  if (!schema) return refuseMembers(value);
  const body = schema.safeParse(value, REPORTING);
  if (!body.success) throw invalid('The body is not valid', body.error);
  return body.data;
}

/** A file of one of these media types, plain or zipped; what is in it, in which encoding, is for its reader to tell. */
function readFile(taken: readonly string[], event: APIGatewayProxyEventV2): SentFile {
  const { 'content-type': contentType = '', 'content-encoding': encoding = 'identity' } = event.headers;
  const mediaType = taken.find((each) => each === mediaOf(contentType));
  const isZipped = encoding.toLowerCase() === 'gzip';
  if (!mediaType || !(isZipped || encoding.toLowerCase() === 'identity')) {
    const types = taken.join(' or ');
    throw new PortalError('UNSUPPORTED_MEDIA_TYPE', `Send content-type ${types}, plain or with content-encoding gzip`);
  }
  const bytes = bytesOf(event);
  if (bytes.length === 0) throw new PortalError('BAD_REQUEST', 'The file is empty');
  return { bytes: boundedFile(bytes), mediaType, gzip: isZipped };
}

const mediaOf = (contentType: string): string => (contentType.split(';')[0] ?? '').trim().toLowerCase();

const JSON_MEDIA = /^application\/(?:[\w.+-]+\+)?json$/i;

const CSV_MEDIA = /^text\/csv$/i;
const MOST_FILE_BYTES = 4_000_000;

/** A file as it was sent; whether it is UTF-8 is for its reader to tell, with the line. */
function boundedFile(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= MOST_FILE_BYTES) return bytes;
  throw new PortalError('BODY_TOO_LARGE', `The file has ${bytes.length} bytes: at most ${MOST_FILE_BYTES} are taken`);
}

function isUtf8(contentType = '', wanted: RegExp): boolean {
  const [media = '', ...parameters] = contentType.split(';').map((part) => part.trim());
  const charset = parameters.find((parameter) => /^charset=/i.test(parameter));
  return wanted.test(media) && (!charset || /^charset="?utf-8"?$/i.test(charset));
}

function refuseOtherMedia(contentType: string | undefined): void {
  if (isUtf8(contentType, JSON_MEDIA)) return;
  throw new PortalError(
    'UNSUPPORTED_MEDIA_TYPE',
    'The body must be JSON: send content-type application/json, in UTF-8',
  );
}

function refuseMembers(value: unknown): undefined {
  const fields = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : ['body'];
  if (fields.length === 0) return undefined;
  const errors = fields.slice(0, MOST_ERRORS).map((name) => ({ field: fieldName([name]), message: 'is not known' }));
  throw new PortalError('BAD_REQUEST', 'This request takes no body', errors);
}

function invalid(message: string, error: z.ZodError): PortalError {
  const all = error.issues.flatMap(fieldErrors);
  const errors = all.slice(0, MOST_ERRORS);
  const named = errors.map(({ field, message: reason }) => `${field} ${reason}`).join('; ');
  const more = all.length > errors.length ? `; and ${all.length - errors.length} more` : '';
  return new PortalError('BAD_REQUEST', `${message}: ${named}${more}`, errors);
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: fieldName([...issue.path, key]), message: 'is not known' }));
  }
  const missing = (issue.code === 'invalid_type' || issue.code === 'custom') && issue.input === undefined;
  return [{ field: fieldName(issue.path), message: missing ? 'is needed' : issue.message }];
}
