import type { FunctionDefinition } from './functions/function.ts';
import { type FunctionName, functions } from './functions.ts';

/** What API Gateway has to know of a route: `/closes/{closeId}`, answered by the function. */
export type GatewayRoute = { method: string; path: string; function: FunctionName };

/**
 * Routes as API Gateway knows them, which has room for 300, and CloudFormation for 500 resources: one for each of ours, but
 * of those under a function's `paths` two for each path, `ANY <path>` and `ANY <path>/{proxy+}`. Which one is asked for the
 * function then finds out itself, by method and path (runtime/route-match.ts).
 */
export function gatewayRoutes(routes: readonly GatewayRoute[]): GatewayRoute[] {
  return Object.keys(functions).flatMap((key) => {
    const name = key as FunctionName;
    const { paths = [] }: FunctionDefinition = functions[name];
    const own = routes.filter((route) => route.function === name);
    const isUnder = (path: string, whole: string) => path === whole || path.startsWith(`${whole}/`);
    return [
      ...own.filter(({ path }) => !paths.some((whole) => isUnder(path, whole))),
      ...paths.flatMap((whole) => [
        ...(own.some(({ path }) => path === whole) ? [any(name, whole)] : []),
        ...(own.some(({ path }) => path.startsWith(`${whole}/`)) ? [any(name, `${whole}/{proxy+}`)] : []),
      ]),
    ];
  });
}

const any = (name: FunctionName, path: string): GatewayRoute => ({ method: 'ANY', path, function: name });
