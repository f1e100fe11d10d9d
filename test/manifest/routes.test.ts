import * as z from 'zod';
import { actions } from '../../lambdas/manifest/actions.ts';
import type { FunctionDefinition } from '../../lambdas/manifest/functions/function.ts';
import { functions } from '../../lambdas/manifest/functions.ts';
import { type RouteDefinition, routeKeyOf, takesIdempotencyKey } from '../../lambdas/manifest/routes/route.ts';
import { routes } from '../../lambdas/manifest/routes.ts';

const all = Object.entries<RouteDefinition>(routes).map(([id, route]) => ({ id, route }));

describe.each(all)('$id', ({ route }) => {
  test('its examples are what its schemas ask for', () => {
    const { params = {}, query = {}, body, answer } = route.example;
    route.params.parse(params);
    route.query.parse(query);
    if (route.body) route.body.parse(body);
    else if (!route.fileBody) expect(body).toBeUndefined();
    // An answer's example is complete: nothing is added to it or left out of it.
    const written = JSON.stringify(route.answer.schema.parse(answer));
    expect(written && JSON.parse(written)).toEqual(answer);
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

/** Whether every object in a JSON Schema refuses members that it doesn't name. */
function isStrict(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return true;
  if ('properties' in schema && !('additionalProperties' in schema && schema.additionalProperties === false))
    return false;
  return Object.values(schema).every(isStrict);
}

test.each(all)(
  '$id refuses members of its body that it does not know, unless it is one of the published APIs',
  ({ route }) => {
    if (!route.body) return;
    const schema = z.toJSONSchema(route.body, { io: 'input', unrepresentable: 'any' });
    expect(isStrict(schema)).toBe(!route.published);
  },
);

test('every function of a write may keep what became of its Idempotency-Key', () => {
  for (const { id, route } of all.filter(({ route: each }) => takesIdempotencyKey(each))) {
    const { rights }: FunctionDefinition = functions[route.function];
    expect([id, rights.table]).toEqual([id, expect.arrayContaining(['dynamodb:UpdateItem'])]);
  }
});

/** Writes that put something anew whatever it was: who has seen another version loses nothing by it. */
const WITHOUT_VERSION: ReadonlySet<string> = new Set([
  // On or off.
  'switchAggregatorWorkGroups',
  'switchProviderWorkGroups',
  'chooseAutomaticReporting',
  // The one group that a user is in.
  'assignAggregatorWorkGroup',
  'assignProviderWorkGroup',
  // What the vendor's systems say of a month, or a partner of a contract, each time the whole of it.
  'sayCustomerUse',
  'takeCostReport',
  'keepServiceContract',
]);

test('what can be edited or deleted has a version for If-Match, but for what is named', () => {
  const edits = all.filter(({ route }) => ['PUT', 'PATCH', 'DELETE'].includes(route.method));
  const without = edits.filter(({ route }) => !route.editable).map(({ id }) => id);
  expect(new Set(without)).toEqual(WITHOUT_VERSION);
});

test('no two routes are one to the gateway', () => {
  const shapes = all.map(({ route }) => routeKeyOf(route).replaceAll(/\{\w+\}/g, '{}'));
  expect(new Set(shapes).size).toBe(shapes.length);
});

test('every action and every function of the API is there for a route', () => {
  const used = all.flatMap(({ route }) => (route.access === 'PUBLIC' ? [] : [route.access.action]));
  expect(new Set(used)).toEqual(new Set(Object.keys(actions)));
  const served = new Set(all.map(({ route }) => route.function));
  expect(served).toEqual(new Set(Object.keys(functions).filter((name) => name.endsWith('Api'))));
});
