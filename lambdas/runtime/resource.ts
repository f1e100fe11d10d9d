import type * as z from 'zod';
import type { RouteId, routes } from '../manifest/routes.ts';
import type { Caller } from '../use-cases/caller.ts';
import type { IfMatch } from '../use-cases/if-match.ts';
import type { Portal } from '../use-cases/ports/portal.ts';

type Routes = typeof routes;

/** A file as it was sent. */
export type SentFile = { bytes: Uint8Array; mediaType: string; gzip: boolean };

/** A request as handlers get it: read by the route's schemas, from a caller who may do the route's action. */
export type ApiRequest<Id extends RouteId> = {
  params: z.output<Routes[Id]['params']>;
  query: z.output<Routes[Id]['query']>;
  body:
    | (Routes[Id] extends { body: infer Body extends z.ZodType }
        ? z.output<Body>
        : Routes[Id] extends { fileBody: readonly string[] }
          ? SentFile
          : undefined)
    | (Routes[Id] extends { csvBody: true } ? Uint8Array : never);
  caller: Routes[Id]['access'] extends 'PUBLIC' ? undefined : Caller;
  now: Date;
  /** Versions that the caller takes an editable thing to have, for the use case to refuse any other. */
  ifMatch: Routes[Id] extends { editable: true } ? IfMatch : undefined;
};

/** What a handler answers, in the shape of the route's answer; the status is the route's. */
export type Answer<Id extends RouteId> = {
  body: z.input<Routes[Id]['answer']['schema']>;
  /** Path of what was started or made. */
  location?: string;
  /** Version of what is answered, for its ETag. */
  version?: number;
  /** Writes it as CSV, where the route has an answer in CSV that is no list's. */
  csv?: () => string;
};

export type RouteHandler<Id extends RouteId> = (portal: Portal, request: ApiRequest<Id>) => Promise<Answer<Id>>;

/** Handlers of all routes that a function serves. */
export type ResourceOf<Name extends Routes[RouteId]['function']> = {
  [Id in RouteId as Routes[Id]['function'] extends Name ? Id : never]: RouteHandler<Id>;
};

/** Handlers of some routes. */
export type Resource = { [Id in RouteId]?: RouteHandler<Id> };
