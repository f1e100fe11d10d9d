import { type RouteDefinition, routeKeyOf } from '../manifest/routes/route.ts';

export type RouteMatch = { id: string; route: RouteDefinition; params: Record<string, string> };

/** Finds routes by method and path, as API Gateway does. */
export type RouteMatcher = {
  /** The route that the gateway has found and names, e.g. "GET /api/health". */
  keyed(routeKey: string): Pick<RouteMatch, 'id' | 'route'> | undefined;
  match(method: string, path: string): RouteMatch | undefined;
  /** Methods that the path has; empty for an unknown path. */
  methodsOf(path: string): string[];
};

type Routes = Readonly<Record<string, RouteDefinition>>;

const made = new WeakMap<Routes, RouteMatcher>();

/** The matcher of some routes, by id; made once for each table of routes. */
export function routeMatcher(routes: Routes): RouteMatcher {
  const matcher = made.get(routes) ?? newMatcher(routes);
  made.set(routes, matcher);
  return matcher;
}

function newMatcher(routes: Routes): RouteMatcher {
  const all = Object.entries(routes)
    .map(([id, route]) => ({ id, route, pattern: patternOf(route.path), parameters: parametersOf(route) }))
    // ".../contracts/usageSites" is not a contract: the gateway, too, takes a path without parameters first.
    .sort((a, b) => a.parameters - b.parameters);

  const byKey = new Map(all.map(({ id, route }) => [routeKeyOf(route), { id, route }]));

  return {
    keyed: (routeKey) => byKey.get(routeKey),
    match: (method, path) => {
      for (const { id, route, pattern } of all) {
        const params = route.method === method ? paramsOf(pattern, path) : undefined;
        if (params) return { id, route, params };
      }
      return undefined;
    },
    methodsOf: (path) => all.filter(({ pattern }) => paramsOf(pattern, path)).map(({ route }) => route.method),
  };
}

const parametersOf = ({ params }: RouteDefinition): number => Object.keys(params.shape).length;

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
}

/** Decoded parameters of a path that has this pattern; undefined for any other. */
function paramsOf(pattern: RegExp, path: string): Record<string, string> | undefined {
  const found = pattern.exec(path);
  if (!found) return undefined;
  const params: Record<string, string> = {};
  try {
    for (const [name, value] of Object.entries(found.groups ?? {})) params[name] = decodeURIComponent(value);
  } catch {
    return undefined;
  }
  return params;
}
