import { actions } from '../../lambdas/manifest/actions.ts';
import { functions } from '../../lambdas/manifest/functions.ts';
import type { RouteDefinition } from '../../lambdas/manifest/routes/route.ts';
import { routeKeyOf, routes, routeWithKey } from '../../lambdas/manifest/routes.ts';

const all = Object.entries<RouteDefinition>(routes).map(([id, route]) => ({ id, route }));

describe.each(all)('$id', ({ route }) => {
  test('its examples are what its schemas ask for', () => {
    const { params = {}, query = {}, body, answer } = route.example;
    route.params.parse(params);
    route.query.parse(query);
    if (route.body) route.body.parse(body);
    else expect(body).toBeUndefined();
    // An answer's example is complete: nothing is added to it or left out of it.
    expect(route.answer.schema.parse(answer)).toEqual(answer);
  });

  test('its path has exactly the parameters that its schema has', () => {
    const named = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(named).toEqual(Object.keys(route.params.shape));
  });

  test('its path begins as its organization does', () => {
    const root = { VENDOR: 'vendor', AGGREGATOR: 'aggregator', SERVICE_PROVIDER: 'provider' } as const;
    const part = route.access === 'PUBLIC' ? 'commerce' : root[route.access.organizationType];
    expect(route.path.startsWith(`/api/${part}/v1/`)).toBe(true);
  });
});

test('no two routes are one to the gateway', () => {
  const shapes = all.map(({ route }) => routeKeyOf(route).replaceAll(/\{\w+\}/g, '{}'));
  expect(new Set(shapes).size).toBe(shapes.length);
  expect(routeWithKey('GET /api/commerce/v1/health')?.id).toBe('getHealth');
  expect(routeWithKey('POST /api/commerce/v1/health')).toBeUndefined();
});

test('every action and every function of the API is there for a route', () => {
  const used = all.flatMap(({ route }) => (route.access === 'PUBLIC' ? [] : [route.access.action]));
  expect(new Set(used)).toEqual(new Set(Object.keys(actions)));
  const served = new Set(all.map(({ route }) => route.function));
  expect(served).toEqual(new Set(Object.keys(functions).filter((name) => name.endsWith('Api'))));
});
