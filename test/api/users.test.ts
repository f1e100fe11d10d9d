import { bearerFor, request } from '../support/api-requests.ts';
import { type ApiPortal, openApiPortal } from '../support/portal.ts';

let opened: ApiPortal;
let admin: string;
const START = new Date('2026-11-10T02:00:00.000Z');

beforeEach(async () => {
  opened = await openApiPortal();
  opened.clock.time = START;
  await opened.addOrganization('VENDOR', 'VENDOR');
  await opened.addOrganization('AGG-1', 'AGGREGATOR');
  await opened.addOrganization('AGG-2', 'AGGREGATOR');
  admin = await bearerFor(opened.portal, await addUser('boss', ['Administrator']));
});
afterEach(() => opened.close());

type Roles = Parameters<ApiPortal['addUser']>[0]['roles'];
const addUser = (id: string, roles: Roles, organizationId = 'AGG-1') => opened.addUser({ id, organizationId, roles });
const invitee = {
  firstName: 'Zoë',
  lastName: 'Nkosi',
  email: 'Zoe@Person.example',
  roles: ['Operations', 'Read Only'],
};
const invite = (body: object = invitee, token = admin) =>
  request(opened.portal, 'inviteAggregatorUser', { body, token });
const change = (userId: string, body: object, headers = {}, token = admin) =>
  request(opened.portal, 'changeAggregatorUser', { params: { userId }, body, headers, token });
const lock = (userId: string, token = admin, headers = {}) =>
  request(opened.portal, 'lockAggregatorUser', { params: { userId }, body: { reason: 'Left' }, token, headers });
const accept = (invitation: string) => request(opened.portal, 'acceptInvitation', { body: { invitation } });
const lastInvitation = () => /cpi_[\w-]+/.exec(opened.mails.at(-1)?.text ?? '')?.[0] ?? '';
const later = (ms: number) => {
  opened.clock.time = new Date(START.getTime() + ms);
};

test('a person is invited by mail, accepts, and is an active user with these roles', async () => {
  const invited = await invite();
  expect(invited).toMatchObject({
    status: 201,
    headers: { etag: '"v1"' },
    body: { status: 'INVITED', email: 'zoe@person.example', roles: [{ name: 'Operations' }, { name: 'Read Only' }] },
  });
  expect(opened.mails).toMatchObject([{ to: [{ name: 'Zoë Nkosi', address: 'zoe@person.example' }] }]);
  expect(await accept(lastInvitation())).toMatchObject({
    status: 200,
    body: { email: 'zoe@person.example', prmId: 'prm-AGG-1' },
  });
  const params = { userId: String(invited.body.id) };
  const { body } = await request(opened.portal, 'getAggregatorUser', { params, token: admin });
  expect(body).toEqual({ ...invited.body, status: 'ACTIVE' });
});

test('an invitation works once, is replaced by the next one, and expires after seven days', async () => {
  const refused = { status: 400, body: { code: 'INVITATION_NOT_VALID' } };
  const { body } = await invite();
  const params = { userId: String(body.id) };
  const first = lastInvitation();
  expect(await request(opened.portal, 'inviteAggregatorUserAgain', { params, token: admin })).toMatchObject({
    status: 200,
    body: { status: 'INVITED' },
  });
  const second = lastInvitation();
  expect(await accept(first)).toMatchObject(refused);
  later(7 * 86_400_000);
  expect(await accept(second)).toMatchObject(refused);
  later(7 * 86_400_000 - 1);
  expect((await accept(second)).status).toBe(200);
  expect(await accept(second)).toMatchObject(refused);
  expect(await accept('cpi_nobody_0123456789abcdef')).toMatchObject(refused);
  later(0);
  const again = await request(opened.portal, 'inviteAggregatorUserAgain', { params, token: admin });
  expect(again).toMatchObject({ status: 409, body: { code: 'TRANSITION_NOT_ALLOWED' } });
});

test('an address is used once in an organization, in any case, and may be used in another', async () => {
  await invite();
  const twice = await invite({ ...invitee, email: 'ZOE@person.example' });
  expect(twice).toMatchObject({ status: 409, body: { code: 'USER_EXISTS', errors: [{ field: 'email' }] } });
  expect(opened.mails).toHaveLength(1);
  const other = await bearerFor(opened.portal, await addUser('boss-2', ['Administrator'], 'AGG-2'));
  expect((await invite(invitee, other)).status).toBe(201);
});

test('of two who invite the same address at once, one does', async () => {
  const statuses = (await Promise.all([invite(), invite()])).map(({ status }) => status);
  expect(statuses.sort()).toEqual([201, 409]);
});

test.each([
  ['a role of another kind of organization', { roles: ['Auto Report Operations'] }, 'roles'],
  ['no roles', { roles: [] }, 'roles'],
  ['a role that is none', { roles: ['Emperor'] }, 'roles[0]'],
  ['roles that are no list', { roles: 'Operations' }, 'roles'],
  ['a name that is no text', { firstName: 7 }, 'firstName'],
  ['an endless name', { lastName: 'x'.repeat(61) }, 'lastName'],
  ['an empty name', { lastName: ' ' }, 'lastName'],
  ['a name of two lines', { lastName: 'a\nbcc: x' }, 'lastName'],
  ['a name that turns the text around', { firstName: 'a\u202eb' }, 'firstName'],
  ['half an emoji', { firstName: '\ud83d' }, 'firstName'],
  ['an address that is none', { email: 'zoe at person' }, 'email'],
  ['an address with two lines', { email: 'zoe@person.example\r\nbcc: x@y.example' }, 'email'],
  ['an unknown field', { status: 'ACTIVE' }, 'status'],
])('%s is refused, naming the field', async (_, over, field) => {
  const { status, body } = await invite({ ...invitee, ...over });
  expect([status, (body.errors as { field: string }[] | undefined)?.[0]?.field]).toEqual([400, field]);
  expect(opened.mails).toEqual([]);
});

test('names of any script and with emoji are taken as they are', async () => {
  for (const [index, firstName] of ['Ελένη', 'שירה', '美咲', '🦉'].entries()) {
    const { status, body } = await invite({ ...invitee, firstName, email: `p${index}@person.example` });
    expect([status, body.firstName]).toEqual([201, firstName]);
  }
});

test('users are listed with the published selectors, only those of the organization', async () => {
  await addUser('amy', ['Operations']);
  await addUser('eve', ['Operations'], 'AGG-2');
  const list = async (query = {}) =>
    request(opened.portal, 'listAggregatorUsers', { query: { unknown: 'x', ...query }, token: admin });
  expect((await list()).body).toMatchObject({ total: 2 });
  const filtered = await list({ filter: 'email==amy*;status==ACTIVE', sort: '-lastName' });
  expect(filtered.body).toMatchObject({ total: 1, content: [{ id: 'amy', roles: [{ name: 'Operations' }] }] });
  expect((await list({ filter: 'roles==x' })).body.code).toBe('BAD_REQUEST');
});

test('the roles that an organization can give are listed with ids that never change', async () => {
  const { body } = await request(opened.portal, 'listAggregatorRoles', { token: admin });
  expect(body).toEqual({
    content: [
      { id: '6f1c1d0e-7a52-4c3b-9d5e-0b7f4a1e2c01', name: 'Administrator' },
      { id: '6f1c1d0e-7a52-4c3b-9d5e-0b7f4a1e2c02', name: 'Operations' },
      { id: '6f1c1d0e-7a52-4c3b-9d5e-0b7f4a1e2c05', name: 'Deal Administrator' },
      { id: '6f1c1d0e-7a52-4c3b-9d5e-0b7f4a1e2c03', name: 'Read Only' },
    ],
    total: 4,
  });
});

test('a user who is locked stops within a minute, and goes on after being unlocked', async () => {
  const token = await bearerFor(opened.portal, await addUser('amy', ['Operations']));
  const profile = async () => (await request(opened.portal, 'getAggregatorProfile', { token })).status;
  expect(await profile()).toBe(200);
  expect((await lock('amy')).body.status).toBe('LOCKED');
  later(59_000);
  expect(await profile()).toBe(401);
  const params = { userId: 'amy' };
  const unlocked = await request(opened.portal, 'unlockAggregatorUser', { params, body: {}, token: admin });
  expect(unlocked.body.status).toBe('ACTIVE');
  later(118_000);
  expect(await profile()).toBe(200);
});

test('a deleted user is gone, with its names and its address, which is free again', async () => {
  await invite();
  const { body } = await invite({ ...invitee, email: 'amy@person.example' });
  const params = { userId: String(body.id) };
  expect((await request(opened.portal, 'deleteAggregatorUser', { params, token: admin })).status).toBe(204);
  expect((await request(opened.portal, 'getAggregatorUser', { params, token: admin })).status).toBe(404);
  const list = await request(opened.portal, 'listAggregatorUsers', { token: admin });
  expect(list.body.total).toBe(2);
  expect(await opened.portal.users.get(params.userId)).toMatchObject({ firstName: '', lastName: '', email: '' });
  expect((await invite({ ...invitee, email: 'amy@person.example' })).status).toBe(201);
});

test('the last active Administrator can be neither locked, demoted nor deleted, not even by two at once', async () => {
  const last = { status: 409, body: { code: 'LAST_ADMINISTRATOR' } };
  expect(await lock('boss')).toMatchObject(last);
  expect(await change('boss', { roles: ['Operations'] })).toMatchObject(last);
  const params = { userId: 'boss' };
  expect(await request(opened.portal, 'deleteAggregatorUser', { params, token: admin })).toMatchObject(last);

  const second = await bearerFor(opened.portal, await addUser('boss-2', ['Administrator']));
  // Both are known to be good when they begin, so that none is refused for what the other does.
  await request(opened.portal, 'getAggregatorProfile', { token: second });
  const both = await Promise.all([lock('boss-2', admin), lock('boss', second)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  const statuses = await Promise.all(['boss', 'boss-2'].map(async (id) => (await opened.portal.users.get(id))?.status));
  expect(statuses.sort()).toEqual(['ACTIVE', 'LOCKED']);
});

test('of two who change a user at once, or with an old ETag, one does', async () => {
  await addUser('amy', ['Operations']);
  const ifMatch = { 'if-match': '"v1"' };
  const [locked, changed] = await Promise.all([lock('amy'), change('amy', { roles: ['Read Only'] })]);
  const codes = [locked, changed].map(({ status, body }) => body.code ?? status).sort();
  expect([
    [200, 200],
    [200, 'CHANGED_MEANWHILE'],
  ]).toContainEqual(codes);
  expect(await change('amy', { firstName: 'Amy' }, ifMatch)).toMatchObject({
    status: 412,
    body: { code: 'VERSION_MISMATCH' },
  });
});

test("the vendor invites a partner's first Administrator, again if need be, until there is one", async () => {
  const vendor = await bearerFor(opened.portal, await addUser('ven', ['Administrator'], 'VENDOR'));
  const { roles: _roles, ...body } = invitee;
  const first = (organizationId: string, email = body.email) =>
    request(opened.portal, 'inviteFirstAdministrator', {
      params: { organizationId },
      body: { ...body, email },
      token: vendor,
    });
  expect((await first('AGG-2')).body).toMatchObject({ status: 'INVITED', roles: [{ name: 'Administrator' }] });
  expect((await first('AGG-2')).status).toBe(201);
  expect(opened.mails).toHaveLength(2);
  expect((await accept(lastInvitation())).status).toBe(200);
  for (const email of [body.email, 'another@person.example']) {
    expect((await first('AGG-2', email)).body.code).toBe('TRANSITION_NOT_ALLOWED');
  }
  expect((await first('AGG-9')).status).toBe(404);
});
