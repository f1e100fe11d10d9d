import type { Role, User } from '../../lambdas/domain/organization/organization.ts';
import type { Notice } from '../../lambdas/use-cases/ports/messages.ts';
import { tellParties } from '../../lambdas/use-cases/tell-parties.ts';
import { userIdOf } from '../support/billed-programme.ts';
import { type ContractPortal, openContractPortal } from '../support/contract-portal.ts';

const READER = { organizationId: 'SP-1', roles: ['Read Only'] as readonly Role[] };

let opened: ContractPortal;
beforeEach(async () => {
  opened = await openContractPortal();
});
afterEach(() => opened.close());

const read = (sender = READER) => opened.send('getProviderMailPreferences', {}, sender);
const choose = (kinds: readonly string[], headers = {}, sender = READER) =>
  opened.send('changeProviderMailPreferences', { body: { kinds }, headers }, sender);
const wanted = (body: Record<string, unknown>) =>
  (body.kinds as { kind: string; wanted: boolean }[]).filter((each) => each.wanted).map(({ kind }) => kind);

const EXPIRING: Notice = {
  id: 'CONTRACT_EXPIRING#contract',
  time: '2026-11-10T02:00:00.000Z',
  recipientId: 'SP-1',
  kind: 'CONTRACT_EXPIRING',
  contractId: 'contract',
  contractNumber: '100001',
  eolDate: '2026-12-31' as never,
};
/** Addresses that a mail goes to. */
async function told(notice: Notice = EXPIRING): Promise<string[]> {
  await tellParties(opened.portal, notice);
  return opened.mails.splice(0).flatMap(({ to }) => to.map(({ address }) => address));
}

test('a user gets nothing of its organization until it chooses, and then beside it', async () => {
  expect(wanted((await read()).body)).toEqual([]);
  expect(await told()).toEqual(['mail@SP-1.example']);
  expect(wanted((await choose(['CONTRACTS', 'BILLS'])).body)).toEqual(['BILLS', 'CONTRACTS']);
  const user = (await opened.portal.users.get(userIdOf('SP-1', READER.roles))) as User;
  expect(await told({ ...EXPIRING, id: 'second' })).toEqual(['mail@SP-1.example', user.email]);
  await choose(['BILLS']);
  expect(await told({ ...EXPIRING, id: 'third' })).toEqual(['mail@SP-1.example']);
});

test('what its organization is not told, or its roles no longer see, it does not get either', async () => {
  await choose(['CONTRACTS']);
  expect(await told({ ...EXPIRING, id: 'other', recipientId: 'SP-2' })).toEqual(['mail@SP-2.example']);
  const user = (await opened.portal.users.get(userIdOf('SP-1', READER.roles))) as User;
  const moved: User = { ...user, roles: ['Administrator'], version: user.version + 1 };
  await opened.portal.units.commit(opened.portal.users.changed(user, moved));
  expect(await told()).toEqual(['mail@SP-1.example']);
  const locked: User = { ...moved, roles: user.roles, status: 'LOCKED', version: moved.version + 1 };
  await opened.portal.units.commit(opened.portal.users.changed(moved, locked));
  expect(await told({ ...EXPIRING, id: 'locked' })).toEqual(['mail@SP-1.example']);
});

test.each([
  [['Read Only'], ['BILLS', 'REMINDERS', 'ORDERS', 'CONTRACTS', 'ONE_OFF_ORDERS', 'USAGE_METERS', 'SERVICES']],
  [['Auto Report Operations'], ['USAGE_METERS']],
  [['Administrator'], ['WEBHOOKS']],
] as [Role[], string[]][])('%j may have mail of %j', async (roles, kinds) => {
  const { body } = await read({ organizationId: 'SP-1', roles });
  expect((body.kinds as { kind: string }[]).map(({ kind }) => kind)).toEqual(kinds);
});

test('the vendor and aggregators choose of what they are told', async () => {
  const kindsOf = async (id: 'getVendorMailPreferences' | 'getAggregatorMailPreferences', organizationId: string) => {
    const { body } = await opened.send(id, {}, { organizationId, roles: ['Operations'] });
    return (body.kinds as { kind: string }[]).map(({ kind }) => kind);
  };
  expect(await kindsOf('getVendorMailPreferences', 'VENDOR')).toEqual([
    'ORDERS',
    'ONE_OFF_ORDERS',
    'DEALS',
    'SERVICES',
  ]);
  expect(await kindsOf('getAggregatorMailPreferences', 'AGG-1')).toEqual([
    'BILLS',
    'REMINDERS',
    'ORDERS',
    'CONTRACTS',
    'ONE_OFF_ORDERS',
  ]);
});

test.each([
  [['WEBHOOKS'], 'kinds'],
  [['OTHER'], 'kinds[0]'],
  ['BILLS', 'kinds'],
] as [readonly string[], string][])('a choice of %j is refused', async (kinds, field) => {
  expect((await choose(kinds)).body).toMatchObject({ status: 400, errors: [{ field }] });
});

test('of two who choose at once none is lost, and an older version is refused', async () => {
  const { headers } = await choose(['BILLS']);
  expect((await choose(['CONTRACTS'], { 'if-match': '"v9"' })).status).toBe(412);
  expect((await choose(['CONTRACTS'], { 'if-match': headers.etag ?? '' })).status).toBe(200);
  await Promise.all([choose(['REMINDERS']), choose(['REMINDERS'])]);
  const { body, headers: now } = await read();
  expect([wanted(body), now.etag]).toEqual([['REMINDERS'], '"v4"']);
});
