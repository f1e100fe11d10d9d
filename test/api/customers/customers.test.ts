import { contractIdOf } from '../../support/contract-portal.ts';
import { CUSTOMER, type CustomerPortal, openCustomerPortal, PROVIDER } from '../../support/customer-portal.ts';

let opened: CustomerPortal;
beforeAll(async () => {
  opened = await openCustomerPortal();
});
afterAll(() => opened.close());

const OTHER = { organizationId: 'SP-2' };
const fieldsOf = ({ body }: { body: Record<string, unknown> }) =>
  ((body.errors ?? []) as { field: string }[]).map(({ field }) => field);

test('a customer of a contract of LPCAAS is created, read and updated', async () => {
  const of = { contractId: opened.lpcaasId };
  const created = await opened.ask('createCustomer', of, { ...CUSTOMER, address2: 'Floor 2', future: true });
  expect(created.status).toBe(200);
  expect(created.body).toEqual({
    id: expect.any(String),
    customerNumber: expect.stringMatching(/^\d{10}$/),
    ...CUSTOMER,
    address2: 'Floor 2',
  });
  const one = { ...of, customerId: String(created.body.id) };
  const read = await opened.ask('getCustomer', one);
  expect([read.body, read.headers.etag]).toEqual([created.body, '"v1"']);
  const change = { ...CUSTOMER, name: 'Genie 2', countryRegion: 'US', state: 'NY' };
  const updated = await opened.ask('updateCustomer', one, change);
  expect(updated.body).toEqual({ id: created.body.id, customerNumber: created.body.customerNumber, ...change });
  const stale = await opened.send(
    'updateCustomer',
    { params: one, body: change, headers: { 'if-match': '"v1"' } },
    PROVIDER,
  );
  expect(stale.body).toMatchObject({ status: 412, code: 'VERSION_MISMATCH' });
  const list = await opened.send('listCustomers', { params: of, query: { filter: 'name==Genie*' } }, PROVIDER);
  expect(list.body).toEqual({ content: [updated.body], total: 1 });
});

test('an end customer is changed under its number, over what was read', async () => {
  const { body } = await opened.register({ name: 'Before' });
  const params = { contractId: opened.sovId, customerId: String(body.id) };
  const { headers } = await opened.ask('getCustomer', params);
  const change = (name: string) =>
    opened.send(
      'updateEndCustomer',
      { params, body: { ...CUSTOMER, name }, headers: { 'if-match': String(headers.etag) } },
      PROVIDER,
    );
  const changed = await change('After');
  expect([changed.status, changed.body]).toEqual([200, { ...body, name: 'After' }]);
  expect((await change('Later still')).body).toMatchObject({ status: 412, code: 'VERSION_MISMATCH' });
  expect((await opened.ask('getCustomer', params)).body).toEqual(changed.body);
});

test('what is wrong with a customer is named', async () => {
  const of = { contractId: opened.lpcaasId };
  expect(fieldsOf(await opened.ask('createCustomer', of, { ...CUSTOMER, countryRegion: 'US' }))).toEqual(['state']);
  expect(fieldsOf(await opened.ask('createCustomer', of, {})).sort()).toEqual([
    'address1',
    'countryRegion',
    'name',
    'postalCode',
  ]);
  const long = await opened.ask('createCustomer', of, { ...CUSTOMER, name: 'x'.repeat(101), postalCode: 'a\nb' });
  expect(fieldsOf(long).sort()).toEqual(['name', 'postalCode']);
  expect((await opened.ask('registerEndCustomer', {}, { ...CUSTOMER, future: true })).status).toBe(400);
});

test('each family has its own calls', async () => {
  const sov = await opened.ask('createCustomer', {}, CUSTOMER);
  expect(sov.body).toMatchObject({ status: 400, code: 'NOT_OF_THIS_FAMILY' });
  const lpcaas = await opened.ask('registerEndCustomer', { contractId: opened.lpcaasId }, CUSTOMER);
  expect(lpcaas.body).toMatchObject({ status: 400, code: 'NOT_OF_THIS_FAMILY' });
  const rental = contractIdOf(await opened.create());
  expect((await opened.ask('registerEndCustomer', { contractId: rental }, CUSTOMER)).body.code).toBe(
    'NOT_OF_THIS_FAMILY',
  );
  expect((await opened.ask('listCustomers', { contractId: rental })).body).toEqual({ content: [], total: 0 });
});

test('customers of another organization, and of another contract, are not there', async () => {
  const { body } = await opened.register();
  const one = { customerId: String(body.id) };
  for (const id of ['getCustomer', 'getCustomerLabels', 'getCustomerSiso'] as const) {
    expect((await opened.ask(id, one, undefined, OTHER)).status).toBe(404);
    expect((await opened.ask(id, { ...one, contractId: opened.lpcaasId })).status).toBe(404);
  }
  expect((await opened.ask('listCustomers', {}, undefined, OTHER)).status).toBe(404);
  expect((await opened.ask('updateEndCustomer', one, CUSTOMER, OTHER)).status).toBe(404);
  expect((await opened.ask('updateEndCustomer', { ...one, contractId: opened.lpcaasId }, CUSTOMER)).status).toBe(404);
  const reader = { organizationId: 'SP-1', roles: ['Read Only'] } as const;
  expect((await opened.ask('updateEndCustomer', one, CUSTOMER, reader)).body.code).toBe('NOT_ALLOWED');
});

test('a search finds own customers by anything, those of others by their exact number alone', async () => {
  const { body } = await opened.register({ name: 'Searched', address2: 'Floor 7' });
  const number = String(body.customerNumber);
  const search = async (filter: string, sender: object) =>
    (await opened.send('searchCustomers', { query: { filter } }, sender)).body;
  const found = {
    content: [expect.objectContaining({ customerId: number, name: 'Searched', country: 'DE' })],
    total: 1,
  };
  expect(await search('name==Search*', PROVIDER)).toEqual(found);
  expect(await search(`customerId==${number};postCode==10115`, PROVIDER)).toEqual(found);
  const exact = `customerId==${number}`;
  // SP-2 has no contract that the customer could be added to.
  expect(await search(exact, OTHER)).toEqual({ content: [], total: 0 });
  const theirs = await opened.negotiated('SOV-CUSTOM', { serviceProviderId: 'SP-2' });
  expect(await search(exact, OTHER)).toEqual(found);
  for (const vague of ['name==Searched', `customerId==${number.slice(0, 9)}*`, `customerId==${number},name==x`, '']) {
    expect(await search(vague, OTHER)).toEqual({ content: [], total: 0 });
  }
  const added = await opened.ask('addEndCustomer', { contractId: theirs }, { customerNumber: number }, OTHER);
  expect(added).toMatchObject({ status: 201, body });
  const again = await opened.ask('addEndCustomer', { contractId: theirs }, { customerNumber: number }, OTHER);
  expect(fieldsOf(again)).toEqual(['customerNumber']);
  const one = { contractId: theirs, customerId: String(body.id) };
  expect((await opened.ask('updateEndCustomer', one, CUSTOMER, OTHER)).body.code).toBe('NOT_ALLOWED');
  const none = await opened.ask('addEndCustomer', {}, { customerNumber: '0000000000' });
  expect(fieldsOf(none)).toEqual(['customerNumber']);
});

test('SISO info is put as a whole', async () => {
  const one = { customerId: String((await opened.register()).body.id) };
  const read = async () => (await opened.ask('getCustomerSiso', one)).body;
  expect(await read()).toEqual({});
  const all = { reseller: 'Multi-Cloud - 100393', influencer: 'Mega - 110256', msp: 'Managed - 13990' };
  expect((await opened.ask('updateCustomerSiso', one, { ...all, future: 1 })).body).toEqual(all);
  await opened.ask('updateCustomerSiso', one, { msp: 'Other - 1' });
  expect(await read()).toEqual({ msp: 'Other - 1' });
  expect(fieldsOf(await opened.ask('updateCustomerSiso', one, { msp: '' }))).toEqual(['msp']);
});

test('nothing is added to a contract that has ended', async () => {
  const id = await opened.negotiated('SOV-CUSTOM');
  const { body } = await opened.ask('registerEndCustomer', { contractId: id }, CUSTOMER);
  await opened.send(
    'deactivateContract',
    { params: { contractId: id }, body: { reason: 'Fraud' } },
    { organizationId: 'VENDOR' },
  );
  const one = { contractId: id, customerId: String(body.id) };
  const refused = { status: 409, code: 'CONTRACT_STATUS' };
  expect((await opened.ask('registerEndCustomer', { contractId: id }, CUSTOMER)).body).toMatchObject(refused);
  expect((await opened.ask('updateCustomerLabels', one, { labels: ['a'] })).body).toMatchObject(refused);
  expect((await opened.ask('getCustomer', one)).status).toBe(200);
});
