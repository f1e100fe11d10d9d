import type { RouteDefinition } from '../../lambdas/manifest/routes/route.ts';
import { webhookRoutes } from '../../lambdas/manifest/routes/webhooks.ts';
import { type RouteId, routes } from '../../lambdas/manifest/routes.ts';
import { apiHandler } from '../../lambdas/runtime/api-handler.ts';
import type { RequestEntry } from '../../lambdas/runtime/request-log.ts';
import { routeMatcher } from '../../lambdas/runtime/route-match.ts';
import { localContext } from '../../local/http/api-event.ts';
import { resources } from '../../local/http/api-routes.ts';
import { eventOf } from '../support/api-requests.ts';
import { openWebhookPortal } from '../support/webhook-portal.ts';

const matcher = routeMatcher(routes);

test('every route is found by its method and path, and by no other method', () => {
  for (const id of Object.keys(routes) as RouteId[]) {
    const { method, path, example }: RouteDefinition = routes[id];
    const params = example.params ?? {};
    const asked = Object.entries(params).reduce((text, [name, value]) => text.replace(`{${name}}`, value), path);
    expect(matcher.match(method, asked)).toMatchObject({ id, params });
    expect(matcher.methodsOf(asked)).toContain(method);
  }
});

test.each([
  ['PUT', '/api/vendor/v1/webhooks'],
  ['GET', '/api/vendor/v1/webhooks/'],
  ['GET', '/api/vendor/v1/webhooks/a/b/c'],
  ['GET', '/api/vendor/v1/webhooks/%'],
  ['GET', '/nothing'],
])('%s %s is nothing', (method, path) => {
  expect(matcher.match(method, path)).toBeUndefined();
});

test('a request that the gateway hands over by the beginning of its path is answered, and logged, as its route', async () => {
  const opened = await openWebhookPortal();
  try {
    const { id } = (await opened.createWebhook()).body;
    const log: RequestEntry[] = [];
    const handler = apiHandler(
      webhookRoutes,
      resources.webhooksApi,
      async () => opened.portal,
      (entry) => log.push(entry),
    );
    const token = await opened.bearerOf({ organizationId: 'AGG-1' });
    const ask = async (path: string, method = 'GET', of = 'ANY') => {
      const event = eventOf('getAggregatorWebhook', { params: { webhookId: String(id) }, token });
      const rest = path.slice('/api/aggregator/v1/webhooks/'.length);
      const http = { ...event.requestContext.http, method, path };
      const handedOver = {
        ...event,
        routeKey: `${of} /api/aggregator/v1/webhooks/{proxy+}`,
        rawPath: path,
        pathParameters: { proxy: rest },
        requestContext: { ...event.requestContext, http },
      };
      const { statusCode, body = '' } = await handler(handedOver, localContext('lambda-id'));
      return [statusCode, statusCode === 200 ? JSON.parse(body).id : undefined];
    };
    const path = `/api/aggregator/v1/webhooks/${id}`;
    expect(await ask(path)).toEqual([200, id]);
    expect(await ask(`${path}/unknown`)).toEqual([404, undefined]);
    expect(await ask(path, 'PUT')).toEqual([404, undefined]);
    expect(await ask(path, 'GET', 'GET')).toEqual([200, id]);
    const get = 'GET /api/aggregator/v1/webhooks/{webhookId}';
    expect(log.map(({ route }) => route)).toEqual([get, 'none', 'none', get]);
  } finally {
    await opened.close();
  }
});
