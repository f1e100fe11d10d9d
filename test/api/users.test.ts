import type { PortalClient } from '../../client/portal-client.ts';
import { Refusal } from '../../client/refusal.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { tellParties } from '../../lambdas/use-cases/tell-parties.ts';
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
  await opened.addOrganization('VENDOR', 'VENDOR');
  await opened.addOrganization('AGG-1', 'AGGREGATOR');
  await opened.addOrganization('AGG-2', 'AGGREGATOR');
  token = await bearerFor(opened.portal, await addUser('boss', ['Administrator']));
  admin = opened.client(token);
});
afterEach(() => opened.close());

type Roles = Parameters<ApiPortal['addUser']>[0]['roles'];
const addUser = (id: string, roles: Roles, organizationId = 'AGG-1') => opened.addUser({ id, organizationId, roles });
const clientOf = async (id: string, roles: Roles, organizationId?: string) =>
  opened.client(await bearerFor(opened.portal, await addUser(id, roles, organizationId)));
const invitee = {
  firstName: 'Zoë',
  lastName: 'Nkosi',
  email: 'Zoe@Person.example',
  roles: ['Operations', 'Read Only'],
} as const;
const invite = (email: string = invitee.email, by = admin) => by.inviteAggregatorUser({ body: { ...invitee, email } });
const lock = (userId: string, by = admin) => by.lockAggregatorUser({ params: { userId }, body: { reason: 'Left' } });
const accept = (invitation: string) => opened.client().acceptInvitation({ body: { invitation } });
const lastInvitation = () => /cpi_[\w-]+/.exec(opened.mails.at(-1)?.text ?? '')?.[0] ?? '';
const later = (ms: number) => {
  opened.clock.time = new Date(START.getTime() + ms);
};

test('a person is invited by mail, accepts, and is an active user with these roles', async () => {
  const invited = await invite();
  expect(invited).toMatchObject({
    status: 201,
    etag: '"v1"',
    body: { status: 'INVITED', email: 'zoe@person.example', roles: [{ name: 'Operations' }, { name: 'Read Only' }] },
  });
  expect(opened.mails).toMatchObject([{ to: [{ name: 'Zoë Nkosi', address: 'zoe@person.example' }] }]);
  expect(await accept(lastInvitation())).toMatchObject({
    status: 200,
    body: { email: 'zoe@person.example', prmId: 'prm-AGG-1' },
  });
  const { body } = await admin.getAggregatorUser({ params: { userId: invited.body.id } });
  expect(body).toEqual({ ...invited.body, status: 'ACTIVE' });
});

test('an invitation works once, is replaced by the next one, and expires after seven days', async () => {
  const refused = { status: 400, code: 'INVITATION_NOT_VALID' };
  const { body } = await invite();
  const inviteAgain = () => admin.inviteAggregatorUserAgain({ params: { userId: body.id } });
  const first = lastInvitation();
  expect(await inviteAgain()).toMatchObject({ status: 200, body: { status: 'INVITED' } });
  const second = lastInvitation();
  expect(await refusalOf(accept(first))).toMatchObject(refused);
  later(7 * 86_400_000);
  expect(await refusalOf(accept(second))).toMatchObject(refused);
  later(7 * 86_400_000 - 1);
  expect((await accept(second)).status).toBe(200);
  expect(await refusalOf(accept(second))).toMatchObject(refused);
  expect(await refusalOf(accept('cpi_nobody_0123456789abcdef'))).toMatchObject(refused);
  later(0);
  expect(await refusalOf(inviteAgain())).toMatchObject({ status: 409, code: 'TRANSITION_NOT_ALLOWED' });
});

test('an invitation whose mail could not be sent is sent by the job; one that was replaced meanwhile is not', async () => {
  const { portal } = opened;
  const failing: Portal = {
    ...portal,
    mailer: {
      send: async () => {
        throw new Error('no mail today');
      },
    },
  };
  const sent = { body: invitee, token };
  const { body } = await request(failing, 'inviteAggregatorUser', sent);
  expect(opened.mails).toEqual([]);
  const [waiting] = await portal.notices.waiting();
  if (waiting?.kind !== 'INVITATION') throw new Error('no invitation waits');
  later(6_000);
  expect(await tellParties(portal, waiting)).toBe(1);
  expect(await portal.notices.waiting()).toEqual([]);
  expect(opened.mails).toHaveLength(1);
  expect((await accept(lastInvitation())).status).toBe(200);
  // The person has become a user: another notice of the same invitation is told to nobody.
  expect(await tellParties(portal, { ...waiting, id: 'INVITATION#again' })).toBe(0);
  expect([opened.mails.length, body.status]).toEqual([1, 'INVITED']);
});

test('an address is used once in an organization, in any case, and may be used in another', async () => {
  await invite();
  const twice = await refusalOf(invite('ZOE@person.example'));
  expect(twice).toMatchObject({ status: 409, code: 'USER_EXISTS', errors: [{ field: 'email' }] });
  expect(opened.mails).toHaveLength(1);
  const other = await clientOf('boss-2', ['Administrator'], 'AGG-2');
  expect((await invite(invitee.email, other)).status).toBe(201);
});

test('of two who invite the same address at once, one does', async () => {
  const statuses = (await Promise.all([outcomeOf(invite()), outcomeOf(invite())])).map(({ status }) => status);
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
  const sent = { body: { ...invitee, ...over }, token };
  const { status, body } = await request(opened.portal, 'inviteAggregatorUser', sent);
  expect([status, (body.errors as { field: string }[] | undefined)?.[0]?.field]).toEqual([400, field]);
  expect(opened.mails).toEqual([]);
});

test('names of any script and with emoji are taken as they are', async () => {
  for (const [index, firstName] of ['Ελένη', 'שירה', '美咲', '🦉'].entries()) {
    const one = { ...invitee, firstName, email: `p${index}@person.example` };
    const { status, body } = await admin.inviteAggregatorUser({ body: one });
    expect([status, body.firstName]).toEqual([201, firstName]);
  }
});

test('users are listed with the published selectors, only those of the organization', async () => {
  await addUser('amy', ['Operations']);
  await addUser('eve', ['Operations'], 'AGG-2');
  const unknown = await request(opened.portal, 'listAggregatorUsers', { query: { unknown: 'x' }, token });
  expect(unknown.body).toMatchObject({ total: 2 });
  const list = (filter: string) => admin.listAggregatorUsers({ query: { filter, sort: '-lastName' } });
  const filtered = await list('email==amy*;status==ACTIVE');
  expect(filtered.body).toMatchObject({ total: 1, content: [{ id: 'amy', roles: [{ name: 'Operations' }] }] });
  expect((await refusalOf(list('roles==x'))).code).toBe('BAD_REQUEST');
});

test('the roles that an organization can give are listed with ids that never change', async () => {
  const { body } = await admin.listAggregatorRoles();
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
  const amy = await clientOf('amy', ['Operations']);
  const profile = async () => (await outcomeOf(amy.getAggregatorProfile())).status;
  expect(await profile()).toBe(200);
  expect((await lock('amy')).body.status).toBe('LOCKED');
  later(59_000);
  expect(await profile()).toBe(401);
  const params = { userId: 'amy' };
  const unlocked = await admin.unlockAggregatorUser({ params, body: {} });
  expect(unlocked.body.status).toBe('ACTIVE');
  later(118_000);
  expect(await profile()).toBe(200);
});

test('a deleted user is gone, with its names and its address, which is free again', async () => {
  await invite();
  const { body } = await invite('amy@person.example');
  const params = { userId: body.id };
  expect((await admin.deleteAggregatorUser({ params })).status).toBe(204);
  expect((await refusalOf(admin.getAggregatorUser({ params }))).status).toBe(404);
  const list = await admin.listAggregatorUsers();
  expect(list.body.total).toBe(2);
  expect(await opened.portal.users.get(params.userId)).toMatchObject({ firstName: '', lastName: '', email: '' });
  expect((await invite('amy@person.example')).status).toBe(201);
});

test('the last active Administrator can be neither locked, demoted nor deleted, not even by two at once', async () => {
  const last = { status: 409, code: 'LAST_ADMINISTRATOR' };
  const params = { userId: 'boss' };
  expect(await refusalOf(lock('boss'))).toMatchObject(last);
  const demoted = admin.changeAggregatorUser({ params, body: { roles: ['Operations'] } });
  expect(await refusalOf(demoted)).toMatchObject(last);
  expect(await refusalOf(admin.deleteAggregatorUser({ params }))).toMatchObject(last);

  const second = await clientOf('boss-2', ['Administrator']);
  // Both are known to be good when they begin, so that none is refused for what the other does.
  await second.getAggregatorProfile();
  const both = await Promise.all([outcomeOf(lock('boss-2', admin)), outcomeOf(lock('boss', second))]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  const statuses = await Promise.all(['boss', 'boss-2'].map(async (id) => (await opened.portal.users.get(id))?.status));
  expect(statuses.sort()).toEqual(['ACTIVE', 'LOCKED']);
});

test('of two who change a user at once, or with an old ETag, one does', async () => {
  await addUser('amy', ['Operations']);
  const params = { userId: 'amy' };
  const demote = admin.changeAggregatorUser({ params, body: { roles: ['Read Only'] } });
  const both = await Promise.all([outcomeOf(lock('amy')), outcomeOf(demote)]);
  const codes = both.map((outcome) => (outcome instanceof Refusal ? outcome.code : outcome.status)).sort();
  expect([
    [200, 200],
    [200, 'CHANGED_MEANWHILE'],
  ]).toContainEqual(codes);
  const late = admin.changeAggregatorUser({ params, body: { firstName: 'Amy' }, ifMatch: '"v1"' });
  expect(await refusalOf(late)).toMatchObject({ status: 412, code: 'VERSION_MISMATCH' });
});

test("the vendor invites a partner's first Administrator, again if need be, until there is one", async () => {
  const vendor = await clientOf('ven', ['Administrator'], 'VENDOR');
  const { roles: _roles, ...body } = invitee;
  const first = (organizationId: string, email: string = body.email) =>
    vendor.inviteFirstAdministrator({ params: { organizationId }, body: { ...body, email } });
  expect((await first('AGG-2')).body).toMatchObject({ status: 'INVITED', roles: [{ name: 'Administrator' }] });
  expect((await first('AGG-2')).status).toBe(201);
  expect(opened.mails).toHaveLength(2);
  expect((await accept(lastInvitation())).status).toBe(200);
  for (const email of [body.email, 'another@person.example']) {
    expect((await refusalOf(first('AGG-2', email))).code).toBe('TRANSITION_NOT_ALLOWED');
  }
  expect((await refusalOf(first('AGG-9'))).status).toBe(404);
});
