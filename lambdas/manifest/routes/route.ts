import type * as z from 'zod';
import type { OrganizationType } from '../../domain/organization/organization.ts';
import type { ProblemCode } from '../../use-cases/errors.ts';
import type { ActionName } from '../actions.ts';
import type { FunctionName } from '../functions.ts';

/** One operation of the HTTP API. Gateway, local server, OpenAPI document, access tests and handlers are made from it. */
export type RouteDefinition = {
  method: 'GET' | 'POST';
  /** In API Gateway's form: "/api/vendor/v1/closes/{run}". */
  path: string;
  function: FunctionName;
  /** Open to anybody, or one action of the table of access, as a member of this kind of organization. */
  access: 'PUBLIC' | { organizationType: OrganizationType; action: ActionName };
  /** Category in the reference. */
  tag: string;
  summary: string;
  description: string;
  /** Path parameters: one that doesn't parse names nothing that exists (404). */
  params: z.ZodObject;
  /** Query parameters: one that doesn't parse or is unknown is answered with 400. */
  query: z.ZodObject;
  /** Without it the request takes no body but `{}`. */
  body?: z.ZodType;
  answer: { status: 200 | 202; description: string; schema: z.ZodType };
  /** Refusals beside those that every route of its kind can answer with. */
  problems: readonly ProblemCode[];
  example: { params?: Record<string, string>; query?: Record<string, string>; body?: unknown; answer: unknown };
};
