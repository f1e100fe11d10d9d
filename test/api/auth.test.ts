import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { RequestEntry } from '../../lambdas/runtime/request-log.ts';
import { outcomeOf } from '../support/api-client.ts';
import { bearerFor, request } from '../support/api-requests.ts';
import { type ApiPortal, openApiPortal } from '../support/portal.ts';

let opened: ApiPortal;
const START = new Date('2026-11-10T02:00:00.000Z');

beforeAll(async () => {
  opened = await openApiPortal();
  await opened.addOrganization('VENDOR', 'VENDOR');
});
beforeEach(() => {
  opened.clock.time = START;
});
afterAll(() => opened.close());

const addUser = (id: string, over = {}, token = {}) =>
  opened.addUser({ id, organizationId: 'VENDOR', roles: ['Operations'], ...over }, token);
const signIn = (body: unknown, log?: RequestEntry[]) => request(opened.portal, 'signIn', { body }, log);
const signInWith = (userToken: string) => signIn({ type: 'UserToken', userToken });
const later = (ms: number) => {
  opened.clock.time = new Date(START.getTime() + ms);
};

test('an API token is exchanged for a bearer token of 30 minutes', async () => {
  const { status, body } = await signInWith(
    await addUser('ada', { roles: ['Operations', 'Read Only'] }, { roles: ['Operations'] }),
  );
  expect(status).toBe(200);
  expect(body).toEqual({ tokenType: 'bearer', accessToken: expect.any(String), expiresIn: 1800 });
  expect(decodeProtectedHeader(String(body.accessToken))).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'test-key' });
  const iat = START.getTime() / 1000;
  expect(decodeJwt(String(body.accessToken))).toEqual({
    iss: 'https://portal.example',
    aud: 'SESSION',
    sub: 'ada',
    org: 'VENDOR',
    tokenId: 'token-ada',
    roles: ['Operations'],
    iat,
    exp: iat + 1800,
  });
});

test('fields that the published request does not have are ignored', async () => {
  const userToken = await addUser('extra');
  const text = `{"type":"UserToken","userToken":"${userToken}","context":{"a":1},"roles":["Administrator"]}`;
  expect((await signIn(text)).status).toBe(200);
});

test('a wrong, unknown, garbled, expired or revoked token and one of a locked user get the same answer', async () => {
  const good = await addUser('good');
  const answers = [
    await signInWith(`${good}x`),
    await signInWith('cpt_unknown_0123456789abcdefghij'),
    await signInWith('e6IsZmpOjEJ4g-bazyo5gl9Y'),
    await signInWith(await addUser('expired', {}, { expires: START.toISOString() })),
    await signInWith(await addUser('revoked', {}, { revoked: true })),
    await signInWith(await addUser('locked', { status: 'LOCKED' })),
    await signInWith(await addUser('moved', {}, { organizationId: 'AGG-1' })),
  ];
  const [first, ...others] = answers;
  expect(first).toMatchObject({ status: 401, body: { code: 'NOT_SIGNED_IN', instance: 'gateway-id' } });
  for (const other of others) expect(other).toEqual(first);
});

test.each([
  ['no body', undefined, 'body'],
  ['a body that is not JSON', '{"type"', 'body'],
  ['an array', [], 'body'],
  ['no token', { type: 'UserToken' }, 'userToken'],
  ['a token that is no text', { type: 'UserToken', userToken: 1 }, 'userToken'],
  ['an empty token', { type: 'UserToken', userToken: '' }, 'userToken'],
  ['an endless token', { type: 'UserToken', userToken: 'x'.repeat(501) }, 'userToken'],
  ['another method', { type: 'Password', userToken: 'x' }, 'type'],
])('%s is a bad request', async (_, body, field) => {
  const reply = await request(opened.portal, 'signIn', { ...(body !== undefined && { body }) });
  expect(reply).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } });
  const { errors = [{ field: 'body' }] } = reply.body as { errors?: { field: string }[] };
  expect(errors.map((error) => error.field)).toEqual([field]);
});

test('a bearer token is good for its 30 minutes and no second longer', async () => {
  const timed = opened.client(await bearerFor(opened.portal, await addUser('timed')));
  const list = async () => (await outcomeOf(timed.listCloses())).status;
  later(1_799_000);
  expect(await list()).toBe(200);
  later(1_800_000);
  expect(await list()).toBe(401);
});

test('a bearer token stops within a minute of its API token being revoked or its user locked, and narrows with its roles', async () => {
  // Nothing in the API changes tokens or users yet: what the stores find is changed instead.
  const { portal } = opened;
  const { apiTokens, users } = portal;
  const cases: [string, object, object, number][] = [
    ['revoked-later', { revoked: true }, {}, 401],
    ['locked-later', {}, { status: 'LOCKED' }, 401],
    ['demoted-later', {}, { roles: ['Deal Administrator'] }, 403],
  ];
  for (const [id, tokenChange, userChange, refused] of cases) {
    later(0);
    const user = opened.client(await bearerFor(portal, await addUser(id)));
    const list = async () => (await outcomeOf(user.listCloses())).status;
    expect(await list()).toBe(200);
    portal.apiTokens = { ...apiTokens, get: async (each) => ({ ...(await apiTokens.get(each))!, ...tokenChange }) };
    portal.users = { ...users, get: async (each) => ({ ...(await users.get(each))!, ...userChange }) };
    later(60_000);
    expect([id, await list()]).toEqual([id, refused]);
    Object.assign(portal, { apiTokens, users });
  }
});

test('who sends a token is read at most once in half a minute', async () => {
  const { portal } = opened;
  const { apiTokens } = portal;
  const { listCloses } = opened.client(await bearerFor(portal, await addUser('often')));
  let reads = 0;
  portal.apiTokens = {
    ...apiTokens,
    get: (id) => {
      reads++;
      return apiTokens.get(id);
    },
  };
  for (let count = 0; count < 3; count++) await listCloses();
  expect(reads).toBe(1);
  later(30_000);
  await listCloses();
  expect(reads).toBe(2);
  portal.apiTokens = apiTokens;
});
