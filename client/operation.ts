import type * as z from 'zod';
import type { NumberLiteral } from '../lambdas/manifest/routes/exact-numbers.ts';
import type { RouteDefinition } from '../lambdas/manifest/routes/route.ts';

/**
 * An operation as its route has it: what it takes and what it answers are read off the route's schemas by the compiler.
 * A list, or what has a form in CSV, takes `accept: 'text/csv'`, a GET of what has a version `ifNoneMatch`; each changes what may be answered.
 */
export type Operation<Route extends RouteDefinition> = (HasCsv<Route> extends true
  ? (request: RouteRequest<Route> & { accept: 'text/csv' }) => Promise<RouteAnswer<Route, string>>
  : unknown) &
  (Route extends { method: 'GET'; editable: true }
    ? (request: RouteRequest<Route> & { ifNoneMatch: string }) => Promise<RouteAnswer<Route> | NotModified>
    : unknown) &
  (object extends RouteRequest<Route>
    ? (request?: RouteRequest<Route>) => Promise<RouteAnswer<Route>>
    : (request: RouteRequest<Route>) => Promise<RouteAnswer<Route>>);

/** What a route takes, each part only where there is one. */
export type RouteRequest<Route extends RouteDefinition> = ParamsOf<Route['params']> &
  QueryOf<Route['query']> &
  BodyOf<Route> &
  (Route extends { method: 'GET' } | { access: 'PUBLIC' } ? unknown : { idempotencyKey?: string }) &
  (Route extends { method: 'GET' } ? unknown : Route extends { editable: true } ? { ifMatch?: string } : unknown);

type ParamsOf<Schema extends z.ZodObject> = keyof Schema['shape'] extends never
  ? unknown
  : { params: Written<z.input<Schema>, z.output<Schema>> };

type QueryOf<Schema extends z.ZodObject> = keyof Schema['shape'] extends never
  ? unknown
  : object extends z.input<Schema>
    ? { query?: Written<z.input<Schema>, z.output<Schema>> }
    : { query: Written<z.input<Schema>, z.output<Schema>> };

/** A parameter is given as the text in the URL or as the value that it stands for: "20" or 20. */
type Written<Input, Output> = {
  [Name in keyof Input]: Input[Name] | (Name extends keyof Output ? Output[Name] : never);
};

/** A value that is only read. */
type Given<Value> = Value extends string | number | boolean | null | undefined
  ? Value
  : { readonly [Name in keyof Value]: Given<Value[Name]> };

/** A file as it is sent. */
type File = string | Uint8Array;

type BodyOf<Route extends RouteDefinition> = Route extends { body: infer Body extends z.ZodType }
  ? Route extends { csvBody: true }
    ? { body: Given<z.input<Body>>; csv?: never } | { csv: File; body?: never }
    : { body: Given<z.input<Body>> }
  : Route extends { fileBody: readonly (infer MediaType)[] }
    ? { file: File; mediaType: MediaType; isZipped?: boolean }
    : unknown;

/** What a route answers when it is not refused. */
export type RouteAnswer<Route extends RouteDefinition, Body = Read<z.output<Route['answer']['schema']>>> = Answer<
  Route['answer']['status'],
  Body,
  Route extends { editable: true; answer: { status: 200 | 201 } } ? string : string | undefined
>;

type Answer<Status, Body, Tag> = {
  status: Status;
  body: Body;
  /** Version of what is answered, for `ifMatch` and `ifNoneMatch`. */
  etag: Tag;
  /** Path of what was made or started. */
  location: string | undefined;
  headers: Headers;
};

/** The caller has the version there is. */
type NotModified = Answer<304, undefined, string>;

type HasCsv<Route extends RouteDefinition> = Route extends { csvAnswer: true } ? true : IsList<Route>;

type IsList<Route extends RouteDefinition> = Route extends { method: 'GET' }
  ? z.output<Route['answer']['schema']> extends { content: readonly unknown[]; total: number }
    ? true
    : false
  : false;

/** An answer as it is read. A `number` is exactly the one that was written; where it can't be, there is its literal. */
type Read<Value> = Value extends string | number | boolean | null | undefined
  ? Value
  : Value extends { readonly rawJSON: string }
    ? number | NumberLiteral
    : { readonly [Name in keyof Value]: Read<Value[Name]> };
