import type { Portal } from '../../../lambdas/use-cases/ports/portal.ts';
import { openApiRoutes } from '../../../local/http/api-routes.ts';

const routes = openApiRoutes({} as Portal, () => undefined);

test('a path without parameters is not taken for one with them, as by the gateway', () => {
  expect(routes.match('GET', '/api/provider/v1/contracts/usageSites')?.routeKey).toBe(
    'GET /api/provider/v1/contracts/usageSites',
  );
  expect(routes.match('GET', '/api/provider/v1/contracts/C-1')).toMatchObject({
    routeKey: 'GET /api/provider/v1/contracts/{contractId}',
    params: { contractId: 'C-1' },
  });
});
