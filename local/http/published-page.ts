import type { RouteDefinition } from '../../lambdas/manifest/routes/route.ts';
import { routes } from '../../lambdas/manifest/routes.ts';
import { DECIDED_HERE, PUBLISHED_STRUCTURES, type PublishedApiName } from './published-api.ts';

const ADDRESSES: Readonly<Record<PublishedApiName, readonly string[]>> = {
  'Aggregator API': ['/api/commerce/', '/api/aggregator/'],
  'Cloud Services Provider API': ['/api/commerce/', '/api/provider/'],
};

/** Routes of one of the published APIs, by id. */
const routesOf = (api: PublishedApiName): [keyof typeof routes, RouteDefinition][] =>
  (Object.entries(routes) as [keyof typeof routes, RouteDefinition][]).filter(
    ([, { published, path }]) => published && ADDRESSES[api].some((address) => path.startsWith(address)),
  );

function endpoint([id, route]: [keyof typeof routes, RouteDefinition]): string {
  const { method, path, query, body, answer } = route;
  const takes = body ? code(nameOf(body)) : Object.keys(query.shape).toSorted().map(code).join(', ');
  const answers = answer.status === 204 ? '204' : code(nameOf(answer.schema));
  return `| \`${method} ${path}\` | \`${id}\` | ${takes || '–'} | ${answers} | ${DECIDED_HERE[id] ?? '–'} |`;
}

const nameOf = (schema: RouteDefinition['answer']['schema']): string => schema.meta()?.id ?? '';
const code = (text: string): string => `\`${text}\``;

function structures(api: PublishedApiName): string[] {
  return Object.entries(PUBLISHED_STRUCTURES[api]).map(
    ([name, places]) => `| \`${name}\` | ${places.map(code).join(', ')} |`,
  );
}

/** How many endpoints and structures there are, for docs/api.md. */
export function publishedSummary(): string {
  const rows = (Object.keys(PUBLISHED_STRUCTURES) as PublishedApiName[]).map((api) => {
    const kinds = Object.keys(PUBLISHED_STRUCTURES[api]).length;
    return `| ${api} | all ${routesOf(api).length} | all ${kinds} |`;
  });
  return rows.join('\n');
}

/** docs/published-api.md, made from the route table and from published-api.ts. */
export function publishedText(): string {
  const apis = Object.keys(PUBLISHED_STRUCTURES) as PublishedApiName[];
  const calls = apis.reduce((sum, api) => sum + routesOf(api).length, 0);
  const kinds = apis.reduce((sum, api) => sum + Object.keys(PUBLISHED_STRUCTURES[api]).length, 0);
  return `# The published APIs

Every call and every structure of the two published APIs, and what it is here. Made from \`lambdas/manifest/routes.ts\` and
\`local/http/published-api.ts\` by \`node local/http/write-published.ts\`; a test fails when this page is older than they are. Another
(\`test/api/published-api.test.ts\`) walks the documentation of the published APIs where that is at hand, in \`../shared/reference\`:
all ${calls} endpoints with their parameters, selectors, bodies, answers, roles and errors, all ${kinds} structures with each field, its
type, format, enum values and, in requests, whether it is required; and that this page says neither more nor less. Our other calls
stand beside them, for the portal has more to do than is published.

*Decided here* is what nobody has read of a call; what was decided beyond the calls themselves is in
[api.md](api.md#decisions-where-the-published-api-is-silent).
${apis
  .map(
    (api) => `
## ${api}

| Endpoint | Operation | Takes | Answers | Decided here |
|---|---|---|---|---|
${routesOf(api).map(endpoint).join('\n')}
`,
  )
  .join('')}
## Structures

The same structure may be published in both APIs, not always with the same fields. "[]" is an element of a list.
${apis
  .map(
    (api) => `
| ${api} | In openapi.json |
|---|---|
${structures(api).join('\n')}
`,
  )
  .join('')}`;
}
