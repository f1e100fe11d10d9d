import * as z from 'zod';
import type { OrganizationType } from '../../lambdas/domain/organization/organization.ts';
import { type ActionDefinition, actions } from '../../lambdas/manifest/actions.ts';
import type { RouteDefinition } from '../../lambdas/manifest/routes/route.ts';
import { routes } from '../../lambdas/manifest/routes.ts';
import { openApiText } from '../../local/http/openapi.ts';
import { DECIDED_HERE, PUBLISHED_STRUCTURES } from '../../local/http/published-api.ts';
import { nameIn, type PublishedEndpoint, readPublishedApi } from '../support/published-api.ts';
import { differencesFrom } from '../support/published-differences.ts';

const published = readPublishedApi();
const endpoints = published?.endpoints ?? [];

const byShape = new Map(
  Object.entries<RouteDefinition>(routes).map(([id, route]) => [
    shapeOf(route),
    { id: id as keyof typeof routes, route },
  ]),
);

function shapeOf({ method, path }: { method: string; path: string }): string {
  return `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`;
}

const organizationOf = ({ api }: PublishedEndpoint): OrganizationType =>
  api === 'Aggregator API' ? 'AGGREGATOR' : 'SERVICE_PROVIDER';

/** Published structures that were compared, and where each stands in the OpenAPI document. */
const places = new Map<object, Set<string>>();

/** What a schema of ours has otherwise than the structure of that name. */
function differences(endpoint: PublishedEndpoint, name: string, schema: z.ZodType, io: 'input' | 'output'): string[] {
  if (!published) return [];
  return differencesFrom(published, { ...endpoint, name }, schema, io, (structure, place) => {
    places.set(structure, (places.get(structure) ?? new Set()).add(place));
  });
}

/** What a call answers: the structure it is published with; what that is where it isn't told is for us to say. */
function answerOf(
  { response }: PublishedEndpoint,
  { answer: { schema } }: RouteDefinition,
): [string, z.ZodType] | undefined {
  const [, element] = /^page or array of (\w+)/.exec(response ?? '') ?? [];
  if (element && schema instanceof z.ZodObject)
    return [element, (schema.shape.content as z.ZodArray<z.ZodType>).element];
  // "200 - type not published (a '...BriefRequestDTO' …)": that of the calls beside it.
  if (response?.includes("'...BriefRequestDTO'")) return ['ContractUpgradeBriefRequestDTO', schema];
  const name = nameIn(response);
  return name ? [name, schema] : undefined;
}

type Operation = { parameters: { name: string; in: string; schema: { type: string } }[]; responses: object };
const document = JSON.parse(openApiText()) as { paths: Record<string, Record<string, Operation>> };

/** What the OpenAPI document says of a route. */
function operationOf({ method, path }: RouteDefinition): Operation {
  return { parameters: [], responses: {}, ...document.paths[path]?.[method.toLowerCase()] };
}

const describePublished = published ? describe : describe.skip;

describePublished.each(endpoints)('$api: $method $path', (endpoint) => {
  const { id, route } = byShape.get(shapeOf(endpoint)) ?? ({} as { id: keyof typeof routes; route: RouteDefinition });

  test('is there, as one of the published', () => expect(route).toMatchObject({ published: true }));

  test('takes the published query parameters and selectors', () => {
    const ours = operationOf(route).parameters.flatMap(({ name, in: place, schema }) =>
      place === 'query' ? [`${name} (${schema.type})`] : [],
    );
    const parameters = (endpoint.query ?? []).map((text) => text.replace(', FIQL format', ''));
    if (endpoint.query && !(id in DECIDED_HERE)) expect(ours.toSorted()).toEqual(parameters.toSorted());
    else expect(ours).toEqual(expect.arrayContaining(parameters));
    const told = route.query.shape.filter?.meta()?.description ?? '';
    const selectors = [...told.matchAll(/`([\w.]+)` \(/g)].map(([, name]) => name);
    expect(selectors).toEqual(expect.arrayContaining(endpoint.selectors));
  });

  test('takes the published body', () => {
    const name = nameIn(endpoint.request);
    // That there is none is only said where the operation's own page was read.
    if (!name && endpoint.evidence === 'index') return;
    if (!name) expect(route.body).toBeUndefined();
    else expect(differences(endpoint, name, route.body as never, 'input')).toEqual([]);
  });

  test('answers the published structure', () => {
    const [name, schema] = answerOf(endpoint, route) ?? [];
    if (name && schema) expect(differences(endpoint, name, schema, 'output')).toEqual([]);
    else expect(endpoint.response?.startsWith('204') ? route.answer.status === 204 : id in DECIDED_HERE).toBe(true);
  });

  test('is for the published roles', () => {
    if (route.access === 'PUBLIC') return expect(endpoint.roles).toEqual([]);
    const { grants }: ActionDefinition = actions[route.access.action];
    const roles = grants[organizationOf(endpoint)]?.roles ?? [];
    if (endpoint.roles?.length) expect(roles.toSorted()).toEqual(endpoint.roles.toSorted());
    else expect(roles).not.toEqual([]);
  });

  test('refuses with the published statuses', () => {
    const statuses = (endpoint.errors ?? []).map((text) => text.slice(0, 3));
    expect(Object.keys(operationOf(route).responses)).toEqual(expect.arrayContaining(statuses));
  });

  test('is told in docs/published-api.md as far as it was decided here', () => {
    const unread = endpoint.inferred.filter((what) => what !== 'errors');
    if (unread.length > 0 || endpoint.evidence === 'index') expect(DECIDED_HERE[id]).toBeDefined();
  });
});

describePublished('the published APIs as a whole', () => {
  test('no other route says that it is published', () => {
    const shapes = new Set(endpoints.map(shapeOf));
    const others = Object.values<RouteDefinition>(routes).filter(
      (route) => route.published && !shapes.has(shapeOf(route)),
    );
    expect(others.map(shapeOf)).toEqual([]);
  });

  test('every structure was compared, and stands where docs/published-api.md says', () => {
    const found: Record<string, Record<string, string[]>> = { 'Aggregator API': {}, 'Cloud Services Provider API': {} };
    for (const structure of published?.structures ?? []) {
      const { api, name } = structure;
      found[api] = { ...found[api], [name]: [...(places.get(structure) ?? [])].toSorted() };
    }
    expect(found).toEqual(PUBLISHED_STRUCTURES);
  });
});
