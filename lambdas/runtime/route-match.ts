import type { RouteDefinition } from '../manifest/routes/route.ts';

export type RouteMatch = { id: string; route: RouteDefinition; params: Record<string, string> };

/** Finds routes by method and path, as API Gateway does. */
export type RouteMatcher = {
  match(method: string, path: string): RouteMatch | undefined;
  /** Methods that the path has; empty for an unknown path. */
  methodsOf(path: string): string[];
};

/** The matcher of some routes, by id. */
export function routeMatcher(routes: Readonly<Record<string, RouteDefinition>>): RouteMatcher {
  const all = Object.entries(routes)
    .map(([id, route]) => ({ id, route, pattern: patternOf(route.path) }))
    // ".../contracts/usageSites" is not a contract: the gateway, too, takes a path without parameters first.
    .sort((a, b) => parametersOf(a.route) - parametersOf(b.route));

  return {
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
