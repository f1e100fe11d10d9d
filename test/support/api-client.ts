import { type ClientOptions, type PortalClient, portalClient } from '../../client/portal-client.ts';
import { Refusal } from '../../client/refusal.ts';
import { NumberLiteral } from '../../lambdas/manifest/routes/exact-numbers.ts';
import type { RouteDefinition } from '../../lambdas/manifest/routes/route.ts';
import { type RouteId, routes } from '../../lambdas/manifest/routes.ts';

type AnyOperation = (request?: object) => Promise<{ status: number; body: unknown; etag?: string }>;

// A connection for each request: one that is kept open may be closed by the server just when it is used again.
const unkept: typeof fetch = (url, init) => fetch(url, { ...init, headers: { ...init?.headers, connection: 'close' } });

/** A client that takes no answer which isn't what its route says: strictly of its schema, with an ETag where it has a version. */
export function checkedClient(url: string, token?: ClientOptions['token']): PortalClient {
  const client = portalClient({ url, token, fetch: unkept }) as unknown as Record<RouteId, AnyOperation>;
  const checked = (Object.keys(routes) as RouteId[]).map((id) => [
    id,
    async (request?: object) => {
      const answer = await client[id](request);
      if (answer.status !== 304 && typeof answer.body !== 'string') checkAnswer(routes[id], answer);
      return answer;
    },
  ]);
  return Object.fromEntries(checked) as PortalClient;
}

function checkAnswer(route: RouteDefinition, { status, body, etag }: Awaited<ReturnType<AnyOperation>>): void {
  route.answer.schema.parse(withPlainNumbers(body));
  if (route.editable && status !== 204 && etag === undefined) throw new Error(`${route.path} answers no ETag`);
}

// Answers' schemas take numbers; that literals stay what they are is tested with the client itself.
const withPlainNumbers = (body: unknown): unknown =>
  body === undefined
    ? undefined
    : JSON.parse(JSON.stringify(body, (_, value) => (value instanceof NumberLiteral ? Number(value.literal) : value)));

/** The refusal that a request is answered with; fails when it isn't refused. */
export async function refusalOf(request: Promise<{ status: number }>): Promise<Refusal> {
  const outcome = await outcomeOf(request);
  if (outcome instanceof Refusal) return outcome;
  throw new Error(`the request was not refused, but answered with ${outcome.status}`);
}

/** How a request ends, answered or refused: for those of several at once. */
export async function outcomeOf<Answer>(request: Promise<Answer>): Promise<Answer | Refusal> {
  return request.catch((error: unknown) => {
    if (error instanceof Refusal) return error;
    throw error;
  });
}
