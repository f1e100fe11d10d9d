import * as z from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponsesObject } from 'zod-openapi';
import type { OrganizationType } from '../../lambdas/domain/organization/organization.ts';
import { type ActionDefinition, actions } from '../../lambdas/manifest/actions.ts';
import { isList, type RouteDefinition, takesIdempotencyKey } from '../../lambdas/manifest/routes/route.ts';
import { routes } from '../../lambdas/manifest/routes.ts';
import { PROBLEMS, type ProblemCode } from '../../lambdas/use-cases/errors.ts';

const ProblemSchema = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().meta({ description: 'Stable, for programs' }),
    instance: z.string().meta({ description: 'Id of the request' }),
    errors: z.array(z.strictObject({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'Why a request was refused (RFC 9457)' });

/** The OpenAPI 3.1 document of the route table: the same text for the same table. */
function openApiDocument(): object {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [id, route] of Object.entries<RouteDefinition>(routes)) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(id, route) };
  }
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Commerce Portal API',
      version: '1',
      description:
        'Billing for usage-based partner programmes. Exchange an API token at `POST /api/commerce/v1/auth` for a bearer token and send it with every other request.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(Object.values<RouteDefinition>(routes).map((route) => route.tag))].map((name) => ({ name })),
    security: [{ bearer: [] }],
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    paths,
  });
}

function operationOf(id: string, route: RouteDefinition): ZodOpenApiOperationObject {
  const { params, query, body, fileBody, answer, example } = route;
  return {
    operationId: id,
    tags: [route.tag],
    summary: route.summary,
    description: `${route.description}\n\n${accessOf(route)}`,
    ...(route.access === 'PUBLIC' && { security: [] }),
    requestParams: {
      ...(Object.keys(params.shape).length > 0 && { path: params }),
      ...(Object.keys(query.shape).length > 0 && { query }),
      ...headersOf(route),
    },
    ...(fileBody && {
      requestBody: {
        required: true,
        content: Object.fromEntries(fileBody.map((media) => [media, { schema: SentFile }])),
      },
    }),
    ...(body && {
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: body, example: example.body },
          ...(route.csvBody && { 'text/csv': { schema: CsvFile } }),
        },
      },
    }),
    responses: {
      [answer.status]: {
        description: answer.description,
        ...(route.editable && { headers: z.object({ ETag: EntityTag }) }),
        ...(answer.status !== 204 && {
          content: {
            'application/json': { schema: answer.schema, example: example.answer },
            ...(isList(route) && { 'text/csv': { schema: CsvList } }),
            ...(route.csvAnswer && { 'text/csv': { schema: CsvForm } }),
          },
        }),
      },
      ...(route.editable && route.method === 'GET' && { 304: { description: 'It has the version the caller has' } }),
      ...problemResponses(route),
    },
  };
}

const EntityTag = z.string().meta({ description: 'The version of what is answered', example: '"v3"' });
const SentFile = z.string().meta({ description: 'A file, plain or with content-encoding gzip' });
const CsvFile = z.string().meta({ description: 'A CSV file, with a head line' });
const CsvList = z.string().meta({ description: 'The list as CSV, with a head line; without `limit` all of its rows' });
const CsvForm = z.string().meta({ description: 'The same as CSV, with a head line' });

/** Header parameters of a route's kind. */
function headersOf(route: RouteDefinition): { header?: z.ZodObject } {
  const headers = {
    ...(takesIdempotencyKey(route) && { 'Idempotency-Key': IdempotencyKey }),
    ...(route.editable && (route.method === 'GET' ? { 'If-None-Match': IfNoneMatch } : { 'If-Match': IfMatch })),
  };
  return Object.keys(headers).length > 0 ? { header: z.object(headers) } : {};
}

const IdempotencyKey = z.string().min(1).max(255).optional().meta({
  description: 'Repeating a request with its key changes nothing a second time, and is answered as the first was',
});
const IfMatch = z
  .string()
  .optional()
  .meta({ description: 'Change it only if its ETag is one of these', example: '"v3"' });
const IfNoneMatch = z
  .string()
  .optional()
  .meta({ description: 'Answer it only if its ETag is none of these', example: '"v3"' });

function accessOf({ access }: RouteDefinition): string {
  if (access === 'PUBLIC') return 'Open to everybody.';
  const { grants }: ActionDefinition = actions[access.action];
  return `For ${ORGANIZATIONS[access.organizationType]} with one of the roles ${grants[access.organizationType]?.roles.join(', ')}.`;
}

const ORGANIZATIONS: Readonly<Record<OrganizationType, string>> = {
  VENDOR: 'the vendor',
  AGGREGATOR: 'aggregators',
  SERVICE_PROVIDER: 'service providers',
};

/** Codes a route can refuse with: its own, and those every route of its kind has. */
function problemsOf(route: RouteDefinition): ProblemCode[] {
  const codes = new Set<ProblemCode>(['INTERNAL', 'TRY_AGAIN', ...route.problems]);
  if (route.access !== 'PUBLIC') codes.add('NOT_SIGNED_IN').add('NOT_ALLOWED');
  if (Object.keys(route.params.shape).length > 0) codes.add('NOT_FOUND');
  codes.add('BAD_REQUEST');
  if (route.method !== 'GET') codes.add('BODY_TOO_LARGE').add('UNSUPPORTED_MEDIA_TYPE');
  if (takesIdempotencyKey(route)) {
    codes.add('REQUEST_IN_PROGRESS').add('ANSWER_LOST').add('IDEMPOTENCY_KEY_REUSED');
    if (route.editable) codes.add('VERSION_MISMATCH');
  }
  return (Object.keys(PROBLEMS) as ProblemCode[]).filter((code) => codes.has(code));
}

function problemResponses(route: RouteDefinition): ZodOpenApiResponsesObject {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of problemsOf(route)) {
    const { status } = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join('. '),
        content: { 'application/problem+json': { schema: ProblemSchema } },
      },
    ]),
  );
}

/** The document as docs/openapi.json has it. */
export function openApiText(): string {
  return `${JSON.stringify(openApiDocument(), null, 2)}\n`;
}
