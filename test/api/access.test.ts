import { actions, type Grant } from '../../lambdas/manifest/actions.ts';
import { isList, type RouteDefinition } from '../../lambdas/manifest/routes/route.ts';
import { type RouteId, routes } from '../../lambdas/manifest/routes.ts';
import { request, type Sent } from '../support/api-requests.ts';
import { bearerOf, billOctober, userIdOf } from '../support/billed-programme.ts';
import { addExampleThings, ownParams } from '../support/example-things.ts';
import { ALL_ROLES, type ApiPortal, openApiPortal, testTokens } from '../support/portal.ts';

/** Members of each kind of organization; of those that see their own only, the first one owns what the examples name. */
const ORGANIZATIONS = {
  VENDOR: ['VENDOR'],
  AGGREGATOR: ['AGG-1', 'AGG-2'],
  SERVICE_PROVIDER: ['SP-1', 'SP-2'],
} as const;

/** Values that name nothing, where they need a form. */
const MISSING: Readonly<Record<string, string>> = {
  number: 'INV-2026-999999',
  period: '2020-01',
  run: '2020-01-1',
  ext: 'pdf',
};

/** Lists that say the same to every organization. */
const SAME_FOR_ALL: ReadonlySet<string> = new Set(['listAggregatorRoles', 'listProviderRoles']);

/** Roles that are enough by themselves, where others need something beside: to be a licence contact, or another role. */
const ENOUGH: Readonly<Record<string, readonly string[]>> = {
  showLicenseKeys: ['Operations'],
  switchAggregatorWorkGroups: [],
  switchProviderWorkGroups: [],
};

const protectedRoutes = (Object.keys(routes) as RouteId[]).flatMap((id) => {
  const { access, example, method }: RouteDefinition = routes[id];
  if (access === 'PUBLIC') return [];
  const grants: Partial<Record<string, Grant>> = actions[access.action].grants;
  const grant = grants[access.organizationType];
  if (!grant) throw new Error(`${id} is for ${access.organizationType}, whom the table grants nothing`);
  const { answer: _answer, ...sent } = {
    ...example,
    ...(example.params && { params: ownParams(access, example.params) }),
  };
  return [
    { id, method, isList: isList(routes[id]), sent: sent as Sent, grant, organizationType: access.organizationType },
  ];
});

let opened: ApiPortal;
const bearers = new Map<string, string>();

async function bearer(organizationId: string, roles: Parameters<typeof bearerOf>[2] = ALL_ROLES): Promise<string> {
  const key = `${organizationId} ${roles}`;
  const known = bearers.get(key) ?? (await bearerOf(opened, organizationId, roles));
  bearers.set(key, known);
  return known;
}

beforeAll(async () => {
  opened = await openApiPortal();
  await billOctober(opened);
  await addExampleThings(opened);
});
afterAll(() => opened.close());

test('the only routes that ask for no action are health and those that people come in by', () => {
  const open = (Object.keys(routes) as RouteId[]).filter((id) => routes[id].access === 'PUBLIC');
  expect(open).toEqual(['getHealth', 'signIn', 'mailCode', 'acceptInvitation']);
});

describe.each(protectedRoutes)('$id', ({ id, method, isList: listed, sent, grant, organizationType }) => {
  const refusal = async (token: string | undefined, headers?: Record<string, string>) => {
    const { status, body } = await request(opened.portal, id, { ...sent, token, ...(headers && { headers }) });
    return { status, code: body.code };
  };

  test('refuses a request without, with an expired, a foreign or a garbled token', async () => {
    const signedOut = { status: 401, code: 'NOT_SIGNED_IN' };
    const [owner = ''] = ORGANIZATIONS[organizationType];
    const user = userIdOf(owner, ALL_ROLES);
    const good = await bearer(owner);
    const claims = { sub: user, org: owner, tokenId: `token-${user}`, roles: ALL_ROLES };
    const now = opened.clock.time;
    expect(await refusal(undefined)).toEqual(signedOut);
    expect(await refusal('garbage')).toEqual(signedOut);
    expect(await refusal(undefined, { authorization: good })).toEqual(signedOut);
    expect(await refusal(undefined, { authorization: `Basic ${good}` })).toEqual(signedOut);
    expect(await refusal(`${good.slice(0, -5)}AAAAA`)).toEqual(signedOut);
    expect(await refusal(await testTokens().sign(claims, new Date(now.getTime() - 3_600_000), 1_800))).toEqual(
      signedOut,
    );
    expect(await refusal(await testTokens('https://other.example').sign(claims, now, 1_800))).toEqual(signedOut);
    expect(await refusal(await testTokens().sign({ ...claims, org: 'AGG-9' }, now, 1_800))).toEqual(signedOut);
    const narrower = await testTokens().sign({ ...claims, roles: [] }, now, 1_800);
    expect(await refusal(narrower)).toEqual({ status: 403, code: 'NOT_ALLOWED' });
  });

  test('lets in exactly the roles of the table', async () => {
    const [owner = ''] = ORGANIZATIONS[organizationType];
    for (const role of ALL_ROLES) {
      const { status, code } = await refusal(await bearer(owner, [role]));
      if ((ENOUGH[id] ?? grant.roles).includes(role)) expect([401, 403]).not.toContain(status);
      else expect({ role, status, code }).toEqual({ role, status: 403, code: 'NOT_ALLOWED' });
    }
  });

  test('refuses members of other kinds of organization, whatever their roles', async () => {
    for (const [type, [member]] of Object.entries(ORGANIZATIONS)) {
      if (type === organizationType) continue;
      expect(await refusal(await bearer(member))).toEqual({ status: 403, code: 'NOT_ALLOWED' });
    }
  });

  const [owner, other] = ORGANIZATIONS[organizationType];
  if (grant.sees === 'OWN' && other && sent.params) {
    test("answers another organization's things as if they didn't exist", async () => {
      const params = Object.fromEntries(
        Object.entries(sent.params ?? {}).map(([name]) => [name, MISSING[name] ?? 'nothing']),
      );
      const token = await bearer(other);
      const theirs = await request(opened.portal, id, { ...sent, token });
      const none = await request(opened.portal, id, { ...sent, params, token });
      expect([theirs.status, theirs.body.code]).toEqual([404, 'NOT_FOUND']);
      expect([none.status, Object.keys(none.body)]).toEqual([404, Object.keys(theirs.body)]);
      if (method !== 'GET') return;
      // What nobody has proves nothing: test/support/example-things.ts gives the owner what the example names.
      expect((await request(opened.portal, id, { ...sent, token: await bearer(owner) })).status).toBe(200);
    });
  }

  if (grant.sees === 'OWN' && other && listed && !sent.params && !SAME_FOR_ALL.has(id)) {
    test("lists nothing of another organization's", async () => {
      const rowsOf = async (organization: string) => {
        const token = await bearer(organization);
        const { body } = await request(opened.portal, id, { token });
        return (body.content as unknown[]).map((row) => JSON.stringify(row));
      };
      const [own, foreign] = [await rowsOf(owner), await rowsOf(other)];
      expect(own.length).toBeGreaterThan(0);
      expect(foreign.filter((each) => own.includes(each))).toEqual([]);
    });
  }
});
