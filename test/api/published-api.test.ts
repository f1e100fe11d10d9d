import type { OrganizationType } from '../../lambdas/domain/organization/organization.ts';
import { type ActionDefinition, actions } from '../../lambdas/manifest/actions.ts';
import type { RouteDefinition } from '../../lambdas/manifest/routes/route.ts';
import { routes } from '../../lambdas/manifest/routes.ts';
import { differencesFrom, type PublishedEndpoint, readPublishedApi } from '../support/published-api.ts';

const published = readPublishedApi();

const built = published?.endpoints ?? [];

const byShape = new Map(
  Object.values<RouteDefinition>(routes).map((route) => [shapeOf(route.method, route.path), route]),
);

function shapeOf(method: string, path: string): string {
  return `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`;
}

const organizationOf = ({ api }: PublishedEndpoint): OrganizationType =>
  api === 'Aggregator API' ? 'AGGREGATOR' : 'SERVICE_PROVIDER';

/**
 * A structure's name at the beginning of "UserToken (required)" or after the status of "200 PageOfContract (…)"; none where
 * the documentation doesn't say which ("page or array of Role"), or says "204 no content".
 */
const nameIn = (text: string | null): string | undefined =>
  /^(?:\d{3} )?(?!page or array|no content)([A-Za-z]\w+)/.exec(text ?? '')?.[1];

const describeBuilt = published ? describe.each(built) : describe.skip.each(built);

describeBuilt('$api: $method $path', (endpoint) => {
  const route = byShape.get(shapeOf(endpoint.method, endpoint.path)) as RouteDefinition;

  test('is there', () => expect(route).toBeDefined());

  test('takes the published query parameters and selectors', () => {
    const parameters = (endpoint.query ?? []).map((text) => text.split(' ')[0] ?? '');
    expect(Object.keys(route.query.shape)).toEqual(expect.arrayContaining(parameters));
    const told = route.query.shape.filter?.meta()?.description ?? '';
    expect(endpoint.selectors.filter((selector) => !told.includes(selector))).toEqual([]);
  });

  test('takes the published body', () => {
    const name = nameIn(endpoint.request);
    // That there is none is only said where the operation's own page was read.
    if (!name && endpoint.evidence === 'index') return;
    if (!name) expect(route.body).toBeUndefined();
    else expect(differencesFrom(published as never, { ...endpoint, name }, route.body as never, 'input')).toEqual([]);
  });

  test('answers the published structure', () => {
    const name = nameIn(endpoint.response);
    const differences = name
      ? differencesFrom(published as never, { ...endpoint, name }, route.answer.schema, 'output')
      : [];
    expect(differences).toEqual([]);
  });

  test('is for the published roles', () => {
    if (route.access === 'PUBLIC') return expect(endpoint.roles).toEqual([]);
    const { grants }: ActionDefinition = actions[route.access.action];
    const roles = grants[organizationOf(endpoint)]?.roles ?? [];
    if (endpoint.roles?.length) expect(roles.toSorted()).toEqual(endpoint.roles.toSorted());
    else expect(roles).not.toEqual([]);
  });
});
