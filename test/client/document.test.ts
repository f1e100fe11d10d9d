import { readFileSync } from 'node:fs';
import { type ClientOptions, portalClient } from '../../client/portal-client.ts';
import { NoAnswer } from '../../client/refusal.ts';
import type { RouteDefinition } from '../../lambdas/manifest/routes/route.ts';
import { type RouteId, routes } from '../../lambdas/manifest/routes.ts';

type Content = Record<string, { example?: unknown }>;
type Documented = {
  operationId: RouteId;
  parameters?: { name: string; in: 'path' | 'query' | 'header'; required?: boolean }[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
};

const { paths } = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, Documented>>;
};
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ ...operation, path, method: method.toUpperCase() })),
);

type AnyClient = Record<string, (request: object) => Promise<{ status: number; body: unknown }>>;
const clientOf = (fetch: NonNullable<ClientOptions['fetch']>) =>
  portalClient({ url: 'https://portal.example', token: 'bearer', fetch }) as unknown as AnyClient;

const HEADERS: Readonly<Record<string, string>> = {
  'Idempotency-Key': 'idempotencyKey',
  'If-Match': 'ifMatch',
  'If-None-Match': 'ifNoneMatch',
};

test('the client has the operations of docs/openapi.json and no others', () => {
  const ids = operations.map(({ operationId }) => operationId);
  expect(Object.keys(clientOf(fetch)).sort()).toEqual(ids.sort());
});

describe.each(operations)('$operationId', ({ operationId, path, method, parameters = [], requestBody, responses }) => {
  const { example }: RouteDefinition = routes[operationId];
  const [media] = Object.keys(requestBody?.content ?? {});
  const text = 'a\n1\n';
  const headers = parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name);
  const request = {
    params: example.params,
    query: example.query,
    ...(media === 'application/json' && { body: requestBody?.content[media]?.example }),
    ...(media !== undefined && media !== 'application/json' && { file: text, mediaType: media }),
    ...Object.fromEntries(headers.map((name) => [HEADERS[name], '"v1"'])),
  };
  const successes = Object.keys(responses)
    .map(Number)
    .filter((status) => status < 400);

  test('sends what the document says', async () => {
    const sent: Request[] = [];
    const client = clientOf(async (url, init) => {
      sent.push(new Request(url, init));
      throw new Error('enough');
    });
    await expect(client[operationId]?.(request)).rejects.toThrow(NoAnswer);
    const [made] = sent;
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(example.params?.[name] ?? ''));
    expect([made?.method, new URL(made?.url ?? '').pathname]).toEqual([method, filled]);
    expect(Object.fromEntries(new URL(made?.url ?? '').searchParams)).toEqual(example.query ?? {});
    const names = Object.keys(HEADERS).filter((name) => made?.headers.has(name));
    expect(names.sort()).toEqual(headers.sort());
    expect(made?.headers.get('content-type') ?? undefined).toBe(media);
    if (request.body) expect(await made?.json()).toEqual(request.body);
    else expect(await made?.text()).toBe(media === undefined ? '' : text);
  });

  test.each(successes)('reads its answer of status %d', async (status) => {
    const answer = responses[status]?.content?.['application/json']?.example;
    const text = answer === undefined ? null : JSON.stringify(answer);
    const client = clientOf(
      async () => new Response(text, { status, headers: { 'content-type': 'application/json' } }),
    );
    expect(await client[operationId]?.(request)).toMatchObject({ status, body: answer });
  });
});
