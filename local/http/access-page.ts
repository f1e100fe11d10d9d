import type { OrganizationType } from '../../lambdas/domain/organization/organization.ts';
import { ACTION_DESCRIPTIONS } from '../../lambdas/manifest/action-descriptions.ts';
import { type ActionDefinition, type ActionName, actions, type Grant } from '../../lambdas/manifest/actions.ts';
import { type RouteDefinition, routeKeyOf } from '../../lambdas/manifest/routes/route.ts';
import { routes } from '../../lambdas/manifest/routes.ts';

const ORGANIZATIONS: Readonly<Record<OrganizationType, string>> = {
  VENDOR: 'Vendor',
  AGGREGATOR: 'Aggregator',
  SERVICE_PROVIDER: 'Service provider',
};

const SEES: Readonly<Record<Grant['sees'], string>> = { ALL: 'all', OWN: 'their own' };

/** docs/access.md, made from the table of access and the route table. */
export function accessText(): string {
  const grants = Object.entries<ActionDefinition>(actions).flatMap(([name, { grants: ofTypes }]) =>
    (Object.entries(ofTypes) as [OrganizationType, Grant][]).map(
      ([type, { roles, sees }]) =>
        `| \`${name}\` | ${ACTION_DESCRIPTIONS[name as ActionName]} | ${ORGANIZATIONS[type]} | ${roles.join(', ')} | ${SEES[sees]} |`,
    ),
  );
  const requests = Object.values<RouteDefinition>(routes).map((route) => {
    const access =
      route.access === 'PUBLIC'
        ? 'everybody | –'
        : `${ORGANIZATIONS[route.access.organizationType]} | \`${route.access.action}\``;
    return `| \`${routeKeyOf(route)}\` | ${access} |`;
  });
  return `# Access

Made from \`lambdas/manifest/actions.ts\` and \`lambdas/manifest/routes.ts\` by \`node local/http/write-access.ts\`; a test
fails when this page is older than they are.

A user belongs to one organization and has roles. A request is let in when the caller's organization is of the kind the
request is for and one of its roles may do the request's action there; otherwise it is answered with 403. "Their own"
are the things that name the caller's organization as their aggregator or service provider: all others are answered
with 404, as if they didn't exist. The roles that count are those that the user, its API token and its bearer token all
have.

## Who may do what

| Action | What it is | Organization | Roles | Whose |
|---|---|---|---|---|
${grants.join('\n')}

## Which request needs which action

| Request | Organization | Action |
|---|---|---|
${requests.join('\n')}
`;
}
