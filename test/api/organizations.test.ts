import type { PortalClient, RequestOf } from '../../client/portal-client.ts';
import { outcomeOf, refusalOf } from '../support/api-client.ts';
import { bearerFor, request } from '../support/api-requests.ts';
import { type ApiPortal, openApiPortal } from '../support/portal.ts';

let opened: ApiPortal;
let token: string;
let vendor: PortalClient;
let aggregator: PortalClient;

beforeEach(async () => {
  opened = await openApiPortal();
  await opened.addOrganization('VENDOR', 'VENDOR');
  await opened.addOrganization('AGG-1', 'AGGREGATOR');
  await opened.addOrganization('AGG-2', 'AGGREGATOR');
  token = await bearerFor(
    opened.portal,
    await opened.addUser({ id: 'ven', organizationId: 'VENDOR', roles: ['Administrator'] }),
  );
  vendor = opened.client(token);
  const amy = { id: 'amy', organizationId: 'AGG-1', roles: ['Administrator', 'Operations'] } as const;
  aggregator = opened.client(await bearerFor(opened.portal, await opened.addUser(amy)));
});
afterEach(() => opened.close());

const wanted = {
  type: 'SERVICE_PROVIDER',
  name: 'Müritz Cloud AG',
  prmId: '300017',
  region: 'EMEA',
  countryRegion: 'DE',
  address: ['Am Strande 7', '18055 Rostock'],
  email: 'billing@mueritz.example',
} as const;
const create = (over: Partial<RequestOf<'createOrganization'>['body']> = {}) =>
  vendor.createOrganization({ body: { ...wanted, ...over } });

test('the vendor creates an organization, gets it, lists it and changes it', async () => {
  const created = await create();
  expect(created).toMatchObject({
    status: 201,
    etag: '"v1"',
    location: `/api/vendor/v1/organizations/${created.body.id}`,
    body: { ...wanted, awsResell: false, status: 'ACTIVE' },
  });
  const { id } = created.body;
  const params = { organizationId: id };
  expect((await vendor.getOrganization({ params })).body).toEqual(created.body);
  const query = { filter: 'name==Müritz*;type==SERVICE_PROVIDER;awsResell==false' };
  const list = await vendor.listOrganizations({ query });
  expect(list.body).toMatchObject({ total: 1, content: [{ id, prmId: '300017' }] });
  const ofFirst = { params, ifMatch: created.etag ?? '' };
  const changed = await vendor.changeOrganization({ ...ofFirst, body: { name: 'Müritz Cloud SE', taxId: 'DE1' } });
  expect(changed).toMatchObject({ status: 200, etag: '"v2"', body: { taxId: 'DE1' } });
  const late = vendor.changeOrganization({ ...ofFirst, body: { region: 'APJ' } });
  expect((await refusalOf(late)).status).toBe(412);
  const unchanged = await request(opened.portal, 'changeOrganization', { params, body: { prmId: '300018' }, token });
  expect(unchanged.body).toMatchObject({ code: 'BAD_REQUEST', errors: [{ field: 'prmId' }] });
});

test('a partner number is used once, also by two who create at once', async () => {
  const three = await Promise.all([create(), create(), create()].map((each) => outcomeOf(each)));
  expect(three.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  expect(await refusalOf(create())).toMatchObject({ code: 'PARTNER_NUMBER_TAKEN', errors: [{ field: 'prmId' }] });
});

test('AWS Resell needs a dedicated organization, and a dedicated one takes part in nothing else', async () => {
  const regular = await refusalOf(create({ productFamily: 'AWS_RESELL' }));
  expect(regular.code).toBe('DEDICATED_ORGANIZATION_NEEDED');
  const dedicated = await refusalOf(create({ productFamily: 'RENTAL', awsResell: true }));
  expect(dedicated.code).toBe('REGULAR_ORGANIZATION_NEEDED');
  expect((await create({ productFamily: 'AWS_RESELL', awsResell: true })).body.awsResell).toBe(true);
  expect((await create({ productFamily: 'RENTAL', prmId: '300018' })).body.awsResell).toBe(false);
});

test.each([
  ['a second vendor', { type: 'VENDOR' }, 'type'],
  ['a country that has no such code', { countryRegion: 'Germany' }, 'countryRegion'],
  ['no address lines', { address: [] }, 'address'],
  ['an address line that is no text', { address: ['a', 1] }, 'address[1]'],
  ['seven address lines', { address: Array(7).fill('x') }, 'address'],
  ['a partner number with a space', { prmId: '3 00' }, 'prmId'],
  ['a family that is none', { productFamily: 'CLOUD' }, 'productFamily'],
  ['an endless name', { name: 'x'.repeat(121) }, 'name'],
  ['a name that turns the text around', { name: 'ab\u202ec' }, 'name'],
  ['no mail address', { email: undefined }, 'email'],
])('%s is refused, naming the field', async (_, over, field) => {
  const sent = { body: { ...wanted, ...over }, token };
  const { status, body } = await request(opened.portal, 'createOrganization', sent);
  expect([status, body.errors]).toMatchObject([400, [{ field }]]);
});

test('members of an inactive organization are out within a minute, and in again when it is active', async () => {
  const profile = async () => (await outcomeOf(aggregator.getAggregatorProfile())).status;
  const move = async (id: 'deactivateOrganization' | 'activateOrganization', organizationId = 'AGG-1') =>
    vendor[id]({ params: { organizationId }, body: { reason: 'Left' } });
  expect(await profile()).toBe(200);
  expect((await move('deactivateOrganization')).body.status).toBe('INACTIVE');
  expect((await refusalOf(move('deactivateOrganization'))).code).toBe('TRANSITION_NOT_ALLOWED');
  opened.clock.time = new Date(opened.clock.time.getTime() + 59_000);
  expect(await profile()).toBe(401);
  expect((await move('activateOrganization')).body.status).toBe('ACTIVE');
  opened.clock.time = new Date(opened.clock.time.getTime() + 59_000);
  expect(await profile()).toBe(200);
  expect((await refusalOf(move('deactivateOrganization', 'VENDOR'))).code).toBe('TRANSITION_NOT_ALLOWED');
});

const account = {
  accountNumber: '10001',
  siteId: '1000001',
  location: 'location-1',
  countryRegion: 'US',
  name: 'Meridian',
  address: ['Chicago'],
  taxRate: '19',
  currency: 'USD',
};

test('an aggregator sees its active bill-to accounts, as published, which the vendor makes and changes', async () => {
  const params = { organizationId: 'AGG-1' };
  const { status, body } = await vendor.createBillToAccount({ params, body: account });
  expect([status, body]).toEqual([201, { id: expect.any(String), ...account, active: true }]);
  const own = (query: RequestOf<'listBillToAccounts'>['query'] = {}) => aggregator.listBillToAccounts({ query });
  const shown = { id: body.id, accountNumber: '10001', siteId: '1000001', location: 'location-1', countryRegion: 'US' };
  const filtered = await own({ filter: 'accountNumber==10001;location==location*' });
  expect(filtered.body).toEqual({ content: [shown], total: 1 });
  expect(await refusalOf(own({ filter: 'currency==USD' }))).toMatchObject({ code: 'BAD_REQUEST' });
  const changed = await vendor.changeBillToAccount({
    params: { ...params, billToAccountId: body.id },
    body: { active: false, taxRate: '20' },
  });
  expect(changed.body).toMatchObject({ active: false, taxRate: '20' });
  expect((await own()).body).toEqual({ content: [], total: 0 });
  const all = await vendor.listVendorBillToAccounts({ params });
  expect(all.body.total).toBe(1);
});

test.each([
  ['a currency that is none', { currency: 'EURO' }, 'currency'],
  ['a tax of more than everything', { taxRate: '100.1' }, 'taxRate'],
  ['a tax as a number', { taxRate: 19 }, 'taxRate'],
])('a bill-to account with %s is refused', async (_, over, field) => {
  const params = { organizationId: 'AGG-1' };
  const body = { ...account, ...over };
  const answer = await request(opened.portal, 'createBillToAccount', { params, body, token });
  expect([answer.status, answer.body.errors]).toMatchObject([400, [{ field }]]);
});

test('the audit trail tells who changed what, when and why, the newest first, to its organization and the vendor', async () => {
  const body = { firstName: 'Zoë', lastName: 'Nkosi', email: 'zoe@person.example', roles: ['Operations'] } as const;
  const invited = await aggregator.inviteAggregatorUser({ body });
  opened.clock.time = new Date(opened.clock.time.getTime() + 1_000);
  const userId = invited.body.id;
  await aggregator.deleteAggregatorUser({ params: { userId } });
  await vendor.deactivateOrganization({
    params: { organizationId: 'AGG-2' },
    body: { reason: 'Left the programme' },
  });
  const read = async (query: RequestOf<'readAggregatorAuditTrail'>['query'] = {}) =>
    (await aggregator.readAggregatorAuditTrail({ query })).body;
  const readOf = (organizationId: string) => vendor.readVendorAuditTrail({ query: { organizationId } });
  const subject = `USER#${userId}`;
  const own = await read();
  expect(own).toEqual({
    content: [
      {
        organizationId: 'AGG-1',
        subject,
        time: '2026-11-10T02:00:01.000Z',
        actor: 'amy',
        action: 'deleteUser',
        from: 'INVITED: Operations',
        to: 'DELETED: Operations',
      },
      {
        organizationId: 'AGG-1',
        subject,
        time: '2026-11-10T02:00:00.000Z',
        actor: 'amy',
        action: 'inviteUser',
        to: 'INVITED: Operations',
      },
    ],
    total: 2,
  });
  expect(JSON.stringify(own)).not.toMatch(/Zoë|Nkosi|zoe@/);
  expect((await read({ filter: `subject==${subject};action==inviteUser` })).total).toBe(1);
  expect((await read({ filter: 'actor==ven' })).total).toBe(0);
  expect((await read({ from: '2026-11-10T02:00:00.500Z' })).total).toBe(1);
  expect((await read({ filter: 'time=ge=2026-11-10T02:00:01.000Z' })).total).toBe(1);
  // @ts-expect-error: an aggregator has no choice
  expect(await refusalOf(aggregator.readAggregatorAuditTrail({ query: { organizationId: 'AGG-2' } }))).toMatchObject({
    code: 'BAD_REQUEST',
  });
  expect((await readOf('AGG-2')).body).toMatchObject({
    total: 1,
    content: [{ actor: 'ven', from: 'ACTIVE', to: 'INACTIVE', reason: 'Left the programme' }],
  });
  expect(await refusalOf(readOf('AGG-9'))).toMatchObject({ code: 'NOT_FOUND' });
});

const ADA = { firstName: 'Ada', lastName: 'Person', email: 'Ada@mueritz.example' };
const onboard = (over: object = {}, administrator: typeof ADA = ADA) =>
  vendor.onboardPartner({ body: { organization: { ...wanted, ...over }, administrator } });

test('a partner is onboarded at once: its organization, and an Administrator who is invited and completes the profile', async () => {
  const { status, location, body } = await onboard();
  const { id } = body.organization;
  expect([status, location]).toEqual([201, `/api/vendor/v1/organizations/${id}`]);
  expect(body).toMatchObject({
    organization: { ...wanted, status: 'ACTIVE' },
    administrator: { email: 'ada@mueritz.example', status: 'INVITED', roles: [{ name: 'Administrator' }] },
  });
  const [mail] = opened.mails;
  expect(mail?.to).toEqual([{ name: 'Ada Person', address: 'ada@mueritz.example' }]);
  const { code } = { code: /cpi_[\w-]+/.exec(JSON.stringify(mail))?.[0] ?? '' };
  const accepted = await request(opened.portal, 'acceptInvitation', { body: { invitation: code } });
  expect(accepted.status).toBe(200);
  const ada = opened.client(
    await bearerFor(opened.portal, await opened.addUser({ id: 'eva', organizationId: id, roles: ['Administrator'] })),
  );
  expect((await ada.getProviderOrganization({})).body).toMatchObject({ name: wanted.name, address: wanted.address });
  const changed = await ada.changeProviderOrganization({ body: { address: ['Neue Straße 1'] } });
  expect(changed).toMatchObject({ etag: '"v2"', body: { address: ['Neue Straße 1'], email: wanted.email } });
  expect((await vendor.getOrganization({ params: { organizationId: id } })).body.address).toEqual(['Neue Straße 1']);
});

test('where one of the two can not be, neither is', async () => {
  await create();
  expect(await refusalOf(onboard())).toMatchObject({ status: 409, code: 'PARTNER_NUMBER_TAKEN' });
  expect(await opened.portal.users.withAddress('ada@mueritz.example')).toEqual([]);
  expect(opened.mails).toEqual([]);
  expect(await refusalOf(onboard({ prmId: '300018', productFamily: 'AWS_RESELL' }))).toMatchObject({
    code: 'DEDICATED_ORGANIZATION_NEEDED',
  });
  const both = await Promise.all([1, 2].map(() => outcomeOf(onboard({ prmId: '300019' }))));
  expect(both.map((each) => JSON.stringify(each)).filter((each) => each.includes('PARTNER_NUMBER_TAKEN'))).toHaveLength(
    1,
  );
});

test('what the vendor says of a partner, the partner does not change, and only its Administrators change anything', async () => {
  const token = await bearerFor(
    opened.portal,
    await opened.addUser({ id: 'ops', organizationId: 'AGG-1', roles: ['Operations'] }),
  );
  const asOperations = await request(opened.portal, 'changeAggregatorOrganization', {
    token,
    body: { email: 'a@b.example' },
  });
  expect(asOperations.status).toBe(403);
  for (const body of [{ name: 'Other' }, { taxId: '1' }, { region: 'EMEA' }, { email: 'nobody' }, { address: [] }]) {
    expect(await refusalOf(aggregator.changeAggregatorOrganization({ body: body as never }))).toMatchObject({
      status: 400,
    });
  }
});
