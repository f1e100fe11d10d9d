import type { PortalClient, RequestOf } from '../../client/portal-client.ts';
import { outcomeOf, refusalOf } from '../support/api-client.ts';
import { bearerFor, request } from '../support/api-requests.ts';
import { type ApiPortal, openApiPortal } from '../support/portal.ts';

let opened: ApiPortal;
let token: string;
let admin: PortalClient;
const START = new Date('2026-11-10T02:00:00.000Z');

beforeEach(async () => {
  opened = await openApiPortal();
  opened.clock.time = START;
  await opened.addOrganization('SP-1', 'SERVICE_PROVIDER');
  await opened.addOrganization('SP-2', 'SERVICE_PROVIDER');
  token = await bearerFor(
    opened.portal,
    await opened.addUser({ id: 'boss', organizationId: 'SP-1', roles: ['Administrator', 'Operations'] }),
  );
  admin = opened.client(token);
});
afterEach(() => opened.close());

const wanted = { name: 'Nightly report', expires: '2027-11-10T02:00:00Z', roles: ['Operations'] } as const;
const create = (over: Partial<RequestOf<'createProviderApiToken'>['body']> = {}, by = admin) =>
  by.createProviderApiToken({ body: { ...wanted, ...over } });
const signIn = (userToken: string) => opened.client().signIn({ body: { type: 'UserToken', userToken } });
const signedIn = async (userToken: string) => opened.client((await signIn(userToken)).body.accessToken);
const later = (ms: number) => {
  opened.clock.time = new Date(START.getTime() + ms);
};

test('a token is shown once, signs in with its roles alone, and is stored hashed', async () => {
  const { status, body } = await create();
  expect([status, body.status, body.roles]).toEqual([201, 'ACTIVE', ['Operations']]);
  const script = await signedIn(body.userToken);
  expect((await script.getProviderProfile()).status).toBe(200);
  expect((await refusalOf(script.listProviderUsers())).status).toBe(403);
  const list = await admin.listProviderApiTokens();
  const { userToken, ...shown } = body;
  expect(list.body.content).toContainEqual(shown);
  const secret = userToken.split('_').slice(2).join('_');
  expect(JSON.stringify([list.body, await opened.portal.apiTokens.get(body.id)])).not.toContain(secret);
});

test('a token has no role that its maker has not in this very request', async () => {
  expect(await refusalOf(create({ roles: ['Operations', 'Auto Report Operations'] }))).toMatchObject({
    status: 403,
    code: 'NOT_ALLOWED',
    errors: [{ field: 'roles' }],
  });
  // Made with a narrower token, the new one is as narrow.
  const { body } = await create({ roles: ['Administrator'] });
  const beyond = create({}, await signedIn(body.userToken));
  expect((await refusalOf(beyond)).code).toBe('NOT_ALLOWED');
});

test.each([
  ['past', '2026-11-10T02:00:00Z'],
  ['more than 365 days ahead', '2027-11-10T02:00:01Z'],
  ['on a day that does not exist', '2027-02-29T00:00:00Z'],
  ['in another time zone', '2027-01-01T00:00:00+01:00'],
  ['a number', 1_800_000_000],
  ['missing', undefined],
])('an expiry that is %s is refused', async (_, expires) => {
  const sent = { body: { ...wanted, expires }, token };
  const { status, body } = await request(opened.portal, 'createProviderApiToken', sent);
  expect([status, body.errors]).toMatchObject([400, [{ field: 'expires' }]]);
});

test('a revoked token stops within a minute, with the answer that every wrong one gets', async () => {
  const { body } = await create();
  const script = await signedIn(body.userToken);
  const profile = async () => (await outcomeOf(script.getProviderProfile())).status;
  expect(await profile()).toBe(200);
  const revoke = () => admin.revokeProviderApiToken({ params: { tokenId: body.id } });
  expect((await revoke()).status).toBe(204);
  later(59_000);
  expect(await profile()).toBe(401);
  const answerTo = (userToken: string) => request(opened.portal, 'signIn', { body: { type: 'UserToken', userToken } });
  const refused = await answerTo(body.userToken);
  expect(refused).toMatchObject({ status: 401 });
  expect(refused).toEqual(await answerTo('cpt_nobody_0123456789abcdef'));
  expect((await refusalOf(revoke())).code).toBe('TRANSITION_NOT_ALLOWED');
});

test('an expiry can be changed while the token is valid, and what it opens ends with it', async () => {
  const { body } = await create();
  const change = (expires: string) => admin.changeProviderApiToken({ params: { tokenId: body.id }, body: { expires } });
  expect((await change('2026-11-10T02:10:00Z')).body).toMatchObject({ expires: '2026-11-10T02:10:00.000Z' });
  later(600_000);
  expect((await refusalOf(signIn(body.userToken))).status).toBe(401);
  expect((await refusalOf(change('2026-12-01T00:00:00Z'))).code).toBe('TRANSITION_NOT_ALLOWED');
  const { body: list } = await admin.listProviderApiTokens();
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
  const readsOf = async (userToken: string) => {
    reads.length = 0;
    await outcomeOf(signIn(userToken));
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
  expect((await refusalOf(signIn(body.userToken))).status).toBe(401);
  await portal.units.commit([
    portal.organizations.changed({ ...organization, version: 2 }, { ...organization, version: 3 }),
  ]);
  expect((await signIn(body.userToken)).status).toBe(200);
});
