import * as z from 'zod';
import type { OrganizationType } from '../../domain/organization/organization.ts';
import type { ProblemCode } from '../../use-cases/errors.ts';
import type { ActionName } from '../actions.ts';
import type { FunctionName } from '../functions.ts';

/** One operation of the HTTP API. Gateway, local server, OpenAPI document, access tests and handlers are made from it. */
export type RouteDefinition = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** In API Gateway's form: "/api/vendor/v1/closes/{run}". */
  path: string;
  function: FunctionName;
  /** Open to anybody, or one action of the table of access, as a member of this kind of organization. */
  access: 'PUBLIC' | { organizationType: OrganizationType; action: ActionName };
  /**
   * One of the published APIs: members that its query and body don't know are ignored, so that the objects of its body are
   * loose (`z.object`); those of all other routes are strict (`z.strictObject`). (domain.md §9)
   */
  published?: true;
  /** What it answers has a version: as ETag of the answer, for If-None-Match of a GET and If-Match of a write. */
  editable?: true;
  /** Category in the reference. */
  tag: string;
  summary: string;
  description: string;
  /** Path parameters: one that doesn't parse names nothing that exists (404). */
  params: z.ZodObject;
  /** Query parameters: one that doesn't parse is answered with 400; so is one that is unknown, unless it is published. */
  query: z.ZodObject;
  /** Without it the request takes no body but `{}`; a published one ignores what is sent. */
  body?: z.ZodType;
  /** Takes CSV in place of it (`text/csv`, at most 4 MB), as the bytes that were sent. */
  csvBody?: true;
  /** Answers CSV, which is no list's, to who asks for it (`text/csv`). */
  csvAnswer?: true;
  /** Takes a file of one of these media types in place of JSON, as it was sent: at most 4 MB, plain or content-encoding gzip. */
  fileBody?: readonly string[];
  answer: {
    status: 200 | 201 | 202 | 204;
    description: string;
    /** `NoContent` for 204. */
    schema: z.ZodType;
    /** It holds a secret that is stored nowhere: it can't be answered again for an Idempotency-Key. */
    secret?: true;
  };
  /** Refusals beside those that every route of its kind can answer with. */
  problems: readonly ProblemCode[];
  example: { params?: Record<string, string>; query?: Record<string, string>; body?: unknown; answer?: unknown };
};

/** The route's key as API Gateway writes it, e.g. "GET /api/commerce/v1/health". */
export const routeKeyOf = (route: Pick<RouteDefinition, 'method' | 'path'>): string => `${route.method} ${route.path}`;

/** Whether it changes something and is asked by somebody: then it takes an `Idempotency-Key`. */
export const takesIdempotencyKey = ({ method, access }: RouteDefinition): boolean =>
  method !== 'GET' && access !== 'PUBLIC';

/** Whether it answers a page of a list (`pageOf`): then it answers CSV to who asks for it. */
export function isList({ method, answer: { schema } }: RouteDefinition): boolean {
  return method === 'GET' && schema instanceof z.ZodObject && 'content' in schema.shape && 'total' in schema.shape;
}
