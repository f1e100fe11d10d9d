import type { FunctionDefinition } from './functions/function.ts';
import { type FunctionName, functions } from './functions.ts';

/** What API Gateway has to know of a route: `/closes/{closeId}`, answered by the function. */
export type GatewayRoute = { method: string; path: string; function: FunctionName };

/**
 * Routes as API Gateway knows them, which has room for 300, and CloudFormation for 500 resources: one for each of ours, but
 * of those under a function's `paths` two for each path, `ANY <path>` and `ANY <path>/{proxy+}`, and of its `rest` the same by
 * their method: the gateway prefers the routes of other functions there, as they are more exact. Which one is asked for the
 * function then finds out itself, by method and path (runtime/route-match.ts).
 */
export function gatewayRoutes(routes: readonly GatewayRoute[]): GatewayRoute[] {
  return Object.keys(functions).flatMap((key) => {
    const name = key as FunctionName;
    const { paths = [], rest = [] }: FunctionDefinition = functions[name];
    const claims = [...paths.map((path) => ({ method: 'ANY', path })), ...rest.map(claimOf)];
    const own = routes.filter((route) => route.function === name);
    const isClaimed = (route: GatewayRoute) => claims.some((claim) => isUnder(route, claim));
    return [
      ...own.filter((route) => !isClaimed(route)),
      ...claims.flatMap(({ method, path }) => {
        const under = own.filter((route) => isUnder(route, { method, path }));
        return [
          ...(under.some((route) => route.path === path) ? [{ method, path, function: name }] : []),
          ...(under.some((route) => route.path !== path) ? [{ method, path: `${path}/{proxy+}`, function: name }] : []),
        ];
      }),
    ];
  });
}

type Claim = { method: string; path: string };

function claimOf(text: string): Claim {
  const [method = '', path = ''] = text.split(' ');
  return { method, path };
}

const isUnder = (route: GatewayRoute, { method, path }: Claim): boolean =>
  (method === 'ANY' || method === route.method) && (route.path === path || route.path.startsWith(`${path}/`));
