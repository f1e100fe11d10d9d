import { NumberLiteral, readNumber } from '../lambdas/manifest/routes/exact-numbers.ts';
import type { RouteDefinition } from '../lambdas/manifest/routes/route.ts';
import { type RouteId, routes } from '../lambdas/manifest/routes.ts';
import type { Problem } from '../lambdas/runtime/problem.ts';
import type { Operation, RouteAnswer, RouteRequest } from './operation.ts';
import { NoAnswer, Refusal } from './refusal.ts';

export type ClientOptions = {
  /** Where the portal is: "http://127.0.0.1:8080". */
  url: string;
  /** Bearer token, or what gives one for each request. Without it only what is open to everybody is answered. */
  token?: string | (() => Promise<string>) | undefined;
  /** Sends the requests; the runtime's own unless told otherwise. */
  fetch?: typeof fetch;
};

/** Every operation of the API by its id in docs/openapi.json. */
export type PortalClient = { readonly [Id in RouteId]: Operation<(typeof routes)[Id]> };

/** What an operation takes, e.g. `RequestOf<'createContract'>['body']`. */
export type RequestOf<Id extends RouteId> = RouteRequest<(typeof routes)[Id]>;

/** What an operation answers, as JSON where it is a list. */
export type AnswerOf<Id extends RouteId> = RouteAnswer<(typeof routes)[Id]>;

/**
 * A client of a running portal, here or on AWS. Its operations throw Refusal when the portal says no, NoAnswer when there is
 * none of a portal, and RangeError for a path parameter that no URL can carry.
 * @example
 * const portal = portalClient({ url: 'http://127.0.0.1:8080', token });
 * const { body, etag } = await portal.getOrganization({ params: { organizationId } });
 * await portal.changeOrganization({ params: { organizationId }, body: { region: 'EMEA' }, ifMatch: etag });
 */
export function portalClient(options: ClientOptions): PortalClient {
  const operations = Object.entries<RouteDefinition>(routes).map(([id, route]) => [
    id,
    (request: AnyRequest = {}) => call(options, route, request),
  ]);
  // What each operation takes and answers is for its type to say; the portal holds both to the same schemas.
  return Object.fromEntries(operations) as PortalClient;
}

/** A request of any operation. */
type AnyRequest = {
  params?: Readonly<Record<string, unknown>>;
  query?: Readonly<Record<string, unknown>>;
  body?: unknown;
  csv?: string | Uint8Array;
  file?: string | Uint8Array;
  mediaType?: string;
  isZipped?: boolean;
  accept?: string;
  ifMatch?: string;
  ifNoneMatch?: string;
  idempotencyKey?: string;
};

async function call(options: ClientOptions, route: RouteDefinition, request: AnyRequest) {
  const { url, token, fetch: send = fetch } = options;
  const address = `${url.replace(/\/$/, '')}${pathOf(route, request.params)}${queryOf(request.query)}`;
  const bearer = typeof token === 'function' ? await token() : token;
  const init = { method: route.method, headers: headersOf(request, bearer), body: bodyOf(request) };
  const { response, text } = await send(address, init)
    .then(async (answered) => ({ response: answered, text: await answered.text() }))
    .catch((cause: unknown) => {
      throw new NoAnswer(`No portal answers at ${url}`, { cause });
    });
  return answerOf(route, request, response, text);
}

function pathOf({ path }: RouteDefinition, params: AnyRequest['params'] = {}): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(params[name] ?? '');
    // A URL that is read anew loses such a segment, and names another thing.
    if (['', '.', '..'].includes(value)) throw new RangeError(`${name} can not be ${JSON.stringify(value)} in a path`);
    return encodeURIComponent(value);
  });
}

function queryOf(query: AnyRequest['query'] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString();
  return text && `?${text}`;
}

function headersOf(request: AnyRequest, bearer: string | undefined): Record<string, string> {
  return {
    accept: request.accept ?? 'application/json',
    ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
    ...(request.body !== undefined && { 'content-type': 'application/json' }),
    ...(request.csv !== undefined && { 'content-type': 'text/csv' }),
    ...(request.file !== undefined && { 'content-type': request.mediaType ?? 'application/octet-stream' }),
    ...(request.isZipped && { 'content-encoding': 'gzip' }),
    ...(request.ifMatch !== undefined && { 'if-match': request.ifMatch }),
    ...(request.ifNoneMatch !== undefined && { 'if-none-match': request.ifNoneMatch }),
    ...(request.idempotencyKey !== undefined && { 'idempotency-key': request.idempotencyKey }),
  };
}

function bodyOf({ body, csv, file }: AnyRequest): string | Uint8Array<ArrayBuffer> | null {
  if (body === undefined) return bytesOf(csv ?? file);
  return JSON.stringify(body, (_, value) => (value instanceof NumberLiteral ? JSON.rawJSON(value.literal) : value));
}

// A copy: memory that is shared with other threads is not taken.
const bytesOf = (file: AnyRequest['file']) => (file instanceof Uint8Array ? new Uint8Array(file) : (file ?? null));

function answerOf({ answer }: RouteDefinition, request: AnyRequest, response: Response, text: string) {
  const { status, headers } = response;
  const [media] = (headers.get('content-type') ?? '').split(';');
  if (media === 'application/problem+json') throw new Refusal(readJson(text) as Problem, headers);
  const asked = status === answer.status || (status === 304 && request.ifNoneMatch !== undefined);
  const isEmpty = status === 204 || status === 304;
  if (!asked || (!isEmpty && media !== (request.accept ?? 'application/json'))) {
    throw new NoAnswer(`${response.url} has answered ${status} with ${media || 'nothing'}, as no portal does`);
  }
  const body = isEmpty ? undefined : request.accept ? text : readJson(text);
  const [etag, location] = [headers.get('etag') ?? undefined, headers.get('location') ?? undefined];
  return { status, body, etag, location, headers };
}

function readJson(text: string): unknown {
  return JSON.parse(text, (_name, value, { source }) =>
    typeof value === 'number' && source !== undefined
      ? (readNumber(value, source) ?? new NumberLiteral(source))
      : value,
  );
}
