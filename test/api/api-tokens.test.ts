import { bearerFor, request } from '../support/api-requests.ts';
import { type ApiPortal, openApiPortal } from '../support/portal.ts';

let opened: ApiPortal;
let admin: string;
const START = new Date('2026-11-10T02:00:00.000Z');

beforeEach(async () => {
  opened = await openApiPortal();
  opened.clock.time = START;
  await opened.addOrganization('SP-1', 'SERVICE_PROVIDER');
  await opened.addOrganization('SP-2', 'SERVICE_PROVIDER');
  admin = await bearerFor(
    opened.portal,
    await opened.addUser({ id: 'boss', organizationId: 'SP-1', roles: ['Administrator', 'Operations'] }),
  );
});
afterEach(() => opened.close());

const wanted = { name: 'Nightly report', expires: '2027-11-10T02:00:00Z', roles: ['Operations'] };
const create = (over: object = {}) =>
  request(opened.portal, 'createProviderApiToken', { body: { ...wanted, ...over }, token: admin });
const signIn = (userToken: unknown) => request(opened.portal, 'signIn', { body: { type: 'UserToken', userToken } });
const later = (ms: number) => {
  opened.clock.time = new Date(START.getTime() + ms);
};

test('a token is shown once, signs in with its roles alone, and is stored hashed', async () => {
  const { status, body } = await create();
  expect([status, body.status, body.roles]).toEqual([201, 'ACTIVE', ['Operations']]);
  const token = String((await signIn(body.userToken)).body.accessToken);
  expect((await request(opened.portal, 'getProviderProfile', { token })).status).toBe(200);
  expect((await request(opened.portal, 'listProviderUsers', { token })).status).toBe(403);
  const list = await request(opened.portal, 'listProviderApiTokens', { token: admin });
  const { userToken, ...shown } = body;
  expect(list.body.content).toContainEqual(shown);
  const secret = String(userToken).split('_').slice(2).join('_');
  expect(JSON.stringify([list.body, await opened.portal.apiTokens.get(String(body.id))])).not.toContain(secret);
});

test('a token has no role that its maker has not in this very request', async () => {
  expect(await create({ roles: ['Operations', 'Auto Report Operations'] })).toMatchObject({
    status: 403,
    body: { code: 'NOT_ALLOWED', errors: [{ field: 'roles' }] },
  });
  // Made with a narrower token, the new one is as narrow.
  const { body } = await create({ roles: ['Administrator'] });
  const narrow = String((await signIn(body.userToken)).body.accessToken);
  const beyond = await request(opened.portal, 'createProviderApiToken', { body: wanted, token: narrow });
  expect(beyond.body.code).toBe('NOT_ALLOWED');
});

test.each([
  ['past', '2026-11-10T02:00:00Z'],
  ['more than 365 days ahead', '2027-11-10T02:00:01Z'],
  ['on a day that does not exist', '2027-02-29T00:00:00Z'],
  ['in another time zone', '2027-01-01T00:00:00+01:00'],
  ['a number', 1_800_000_000],
  ['missing', undefined],
])('an expiry that is %s is refused', async (_, expires) => {
  const { status, body } = await create({ expires });
  expect([status, body.errors]).toMatchObject([400, [{ field: 'expires' }]]);
});

test('a revoked token stops within a minute, with the answer that every wrong one gets', async () => {
  const { body } = await create();
  const token = String((await signIn(body.userToken)).body.accessToken);
  const profile = async () => (await request(opened.portal, 'getProviderProfile', { token })).status;
  expect(await profile()).toBe(200);
  const params = { tokenId: String(body.id) };
  const revoke = () => request(opened.portal, 'revokeProviderApiToken', { params, token: admin });
  expect((await revoke()).status).toBe(204);
  later(59_000);
  expect(await profile()).toBe(401);
  expect(await signIn(body.userToken)).toEqual(await signIn('cpt_nobody_0123456789abcdef'));
  expect((await revoke()).body.code).toBe('TRANSITION_NOT_ALLOWED');
});

test('an expiry can be changed while the token is valid, and what it opens ends with it', async () => {
  const { body } = await create();
  const params = { tokenId: String(body.id) };
  const change = (expires: string) =>
    request(opened.portal, 'changeProviderApiToken', { params, body: { expires }, token: admin });
  expect((await change('2026-11-10T02:10:00Z')).body).toMatchObject({ expires: '2026-11-10T02:10:00.000Z' });
  later(600_000);
  expect((await signIn(body.userToken)).status).toBe(401);
  expect((await change('2026-12-01T00:00:00Z')).body.code).toBe('TRANSITION_NOT_ALLOWED');
  const { body: list } = await request(opened.portal, 'listProviderApiTokens', { token: admin });
  expect(list.content).toContainEqual(expect.objectContaining({ id: body.id, status: 'EXPIRED' }));
});

test('reads what is not there as long as what is', async () => {
  const reads: string[] = [];
  const { portal } = opened;
  const counted = <Port extends { get(id: string): Promise<unknown> }>(name: string, port: Port): Port => ({
    ...port,
    get: (id: string) => {
      reads.push(name);
      return port.get(id);
    },
  });
  const { apiTokens, users, organizations } = portal;
  Object.assign(portal, {
    apiTokens: counted('token', apiTokens),
    users: counted('user', users),
    organizations: counted('organization', organizations),
  });
  const { body } = await create();
  const readsOf = async (userToken: unknown) => {
    reads.length = 0;
    await signIn(userToken);
    return [...reads];
  };
  const right = await readsOf(body.userToken);
  expect(right).toEqual(['token', 'user', 'organization']);
  for (const wrong of [`${body.userToken}x`, 'cpt_nobody_0123456789abcdef', 'no token at all']) {
    expect(await readsOf(wrong)).toEqual(right);
  }
});

test('a token of a locked user, or of an inactive organization, opens nothing', async () => {
  const { body } = await create();
  const { portal } = opened;
  const organization = (await portal.organizations.get('SP-1'))!;
  await portal.units.commit([
    portal.organizations.changed(organization, { ...organization, status: 'INACTIVE', version: 2 }),
  ]);
  expect((await signIn(body.userToken)).status).toBe(401);
  await portal.units.commit([
    portal.organizations.changed({ ...organization, version: 2 }, { ...organization, version: 3 }),
  ]);
  expect((await signIn(body.userToken)).status).toBe(200);
});
