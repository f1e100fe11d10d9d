import type { User } from '../../lambdas/domain/organization/organization.ts';
import { userIdOf } from '../support/billed-programme.ts';
import { type ContractPortal, contractIdOf, openContractPortal, skuId } from '../support/contract-portal.ts';
import { mailedBy } from '../support/mailed.ts';

const SP = { organizationId: 'SP-1' };
const VENDOR = { organizationId: 'VENDOR' };
const KEY = 'AAAAA-BBBBB-CCCCC';

let opened: ContractPortal;
let contractId: string;
beforeEach(async () => {
  opened = await openContractPortal();
  await opened.addProducts('CORE', 'NET');
  contractId = contractIdOf(await opened.create());
});
afterEach(() => opened.close());

const order = (over: object = {}, sent: object = {}) =>
  opened.send(
    'orderLicenses',
    {
      params: { contractId },
      body: { description: 'Second data centre', licenses: [{ code: 'CORE', quantity: 10 }], ...over },
      ...sent,
    },
    SP,
  );
const decide = (verb: 'approve' | 'reject' | 'fulfil', place: number, body: object = {}, headers = {}) =>
  opened.send(`${verb}OneOffOrder`, { params: { oneOffOrderId: `${contractId}_${place}` }, body, headers }, VENDOR);
const fulfil = (place: number) => decide('fulfil', place, { licenseKeys: [{ code: 'CORE', key: KEY }] });
const show = (place: number, sender: object = SP) =>
  opened.send('showLicenseKeys', { params: { oneOffOrderId: `${contractId}_${place}` } }, sender);

/** Subjects and addresses of what was mailed since. */
const mailed = () => mailedBy(opened);

async function events() {
  const shards = await Promise.all(Array.from({ length: 8 }, (_, shard) => opened.portal.outbox.waiting(shard, 100)));
  return shards.flat().filter((event) => event.type === 'OneOffOrderChanged');
}

const setDelinquent = (delinquent: boolean) =>
  opened.portal.units.commit([opened.portal.contracts.delinquencyChanged(contractId, delinquent)]);

test('an order is approved and fulfilled, and everybody is told of each step', async () => {
  await mailed();
  const { status, body, headers } = await order();
  expect([status, headers.location]).toEqual([201, `/api/provider/v1/oneOffOrders/${contractId}_1`]);
  expect(body).toMatchObject({
    kind: 'EXTRA',
    status: 'PENDING_APPROVAL',
    licenses: [{ code: 'CORE', name: 'Product CORE', quantity: '10' }],
  });
  const number = String(body.orderNumber);
  const title = `One-off order ${number}`;
  expect(await mailed()).toEqual(
    ['mail@AGG-1.example', 'mail@SP-1.example', 'mail@VENDOR.example'].map(
      (to) => `${to}: ${title} waits for approval`,
    ),
  );
  expect((await opened.send('listVendorOneOffOrders', {}, VENDOR)).body).toMatchObject({
    total: 1,
    content: [{ orderNumber: number }],
  });
  const approved = await decide('approve', 1, { comment: 'Welcome' });
  expect(approved.body).toMatchObject({ status: 'APPROVED', comment: 'Welcome' });
  expect(await mailed()).toEqual(['AGG-1', 'SP-1'].map((id) => `mail@${id}.example: ${title} is approved`));
  expect((await fulfil(1)).body).toMatchObject({ status: 'FULFILLED', licenseKeys: 1 });
  expect(await mailed()).toEqual(
    ['licence@sp.example', 'mail@AGG-1.example', 'mail@SP-1.example'].map((to) => `${to}: ${title} is fulfilled`),
  );
  expect((await show(1)).body).toEqual({ licenseKeys: [{ code: 'CORE', key: KEY }] });
});

test('a new contract comes with an order that the vendor only has to fulfil', async () => {
  const list = async (id: 'listProviderOneOffOrders' | 'listAggregatorOneOffOrders', sender: object) =>
    (await opened.send(id, {}, sender)).body;
  expect(await list('listProviderOneOffOrders', SP)).toMatchObject({
    total: 1,
    content: [{ kind: 'INITIAL', status: 'APPROVED', licenses: [] }],
  });
  expect(await list('listAggregatorOneOffOrders', {})).toMatchObject({ total: 1, content: [{ kind: 'INITIAL' }] });
  expect(await list('listProviderOneOffOrders', { organizationId: 'SP-2' })).toMatchObject({ total: 0 });
  expect((await mailed()).filter((mail) => mail.includes('One-off order'))).toHaveLength(3);
  expect((await fulfil(0)).status).toBe(200);
  const without = contractIdOf(await opened.create({ contractSKUId: skuId('VELO') }));
  const { body } = await opened.send('listProviderContractOneOffOrders', { params: { contractId: without } }, SP);
  expect(body.total).toBe(0);
  const refused = await opened.send(
    'orderLicenses',
    { params: { contractId: without }, body: { description: 'x', licenses: [{ code: 'CORE', quantity: '1' }] } },
    SP,
  );
  expect(refused.body).toMatchObject({ status: 409, code: 'NOT_LICENSED' });
});

test('nothing is ordered, or approved, for a contract with a report missing', async () => {
  await order();
  await setDelinquent(true);
  expect((await order()).body).toMatchObject({ status: 409, code: 'CONTRACT_DELINQUENT' });
  expect((await decide('approve', 1)).body).toMatchObject({ status: 409, code: 'CONTRACT_DELINQUENT' });
  await setDelinquent(false);
  expect((await decide('approve', 1)).status).toBe(200);
});

test('nothing is ordered for a contract that is not active, nor fulfilled for one that has ended', async () => {
  await order();
  await decide('approve', 1);
  const reason = { body: { reason: 'Insolvency' } };
  await opened.send('deactivateContract', { params: { contractId }, ...reason }, VENDOR);
  expect((await order()).body.code).toBe('CONTRACT_STATUS');
  expect((await fulfil(1)).body.code).toBe('CONTRACT_STATUS');
  expect((await decide('reject', 1, { comment: 'The contract has ended' })).body.status).toBe('REJECTED');
});

test.each([
  [{ licenses: [] }, 'licenses'],
  [{ licenses: [{ code: 'OTHER', quantity: 1 }] }, 'licenses[0].code'],
  [{ licenses: [{ code: 'CORE', quantity: 1.5 }] }, 'licenses[0].quantity'],
  [{ licenses: [{ code: 'CORE', quantity: '1e3' }] }, 'licenses[0].quantity'],
  [{ description: '' }, 'description'],
  [{ other: 1 }, 'other'],
])('an order that is wrong is refused, naming %j', async (over, field) => {
  expect((await order(over)).body).toMatchObject({ status: 400, errors: [{ field }] });
});

test('an order moves as its states say, and of two who decide at once one is told', async () => {
  await order();
  expect((await fulfil(1)).body.code).toBe('TRANSITION_NOT_ALLOWED');
  expect((await decide('approve', 1, {}, { 'if-match': '"v7"' })).status).toBe(412);
  const both = await Promise.all([decide('approve', 1), decide('approve', 1)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await decide('fulfil', 1, { licenseKeys: [{ code: 'NET', key: 'X' }] })).body.errors).toMatchObject([
    { field: 'licenseKeys[0].code' },
    { field: 'licenseKeys' },
  ]);
  const filled = await Promise.all([fulfil(1), fulfil(1)]);
  expect(filled.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await decide('reject', 1, { comment: 'Too late' })).body.code).toBe('TRANSITION_NOT_ALLOWED');
});

test('two who order at once get orders of their own', async () => {
  const orders = await Promise.all([order(), order()]);
  expect(orders.map(({ body }) => body.id).sort()).toEqual([`${contractId}_1`, `${contractId}_2`]);
});

test('keys are shown to Operations and to the licence contact of the contract, and each view is written down', async () => {
  const reader = { ...SP, roles: ['Read Only'] } as const;
  await fulfil(0);
  expect((await show(0, reader)).body).toMatchObject({ status: 403, code: 'NOT_ALLOWED' });
  expect((await show(0, { organizationId: 'SP-2' })).status).toBe(404);
  const user = (await opened.portal.users.get(userIdOf('SP-1', ['Read Only']))) as User;
  const contact = { ...user, email: 'licence@sp.example', version: user.version + 1 };
  await opened.portal.units.commit(opened.portal.users.changed(user, contact));
  expect((await show(0, reader)).status).toBe(200);
  expect((await show(0)).status).toBe(200);
  const historyOf = async (id: 'getProviderOneOffOrder' | 'getVendorOneOffOrder' | 'getAggregatorOneOffOrder') => {
    const sender = { getProviderOneOffOrder: SP, getVendorOneOffOrder: VENDOR, getAggregatorOneOffOrder: {} }[id];
    const { body } = await opened.send(id, { params: { oneOffOrderId: `${contractId}_0` } }, sender);
    return (body.history as { action: string; actor?: string }[]).filter(({ action }) => action === 'viewLicenseKeys');
  };
  expect(await historyOf('getProviderOneOffOrder')).toHaveLength(2);
  expect((await historyOf('getVendorOneOffOrder')).every(({ actor }) => actor)).toBe(true);
  expect(await historyOf('getAggregatorOneOffOrder')).toEqual([]);
});

test('a key is nowhere but where it is asked for: not in the database, events, trails or kept answers', async () => {
  await order();
  await decide('approve', 1);
  const once = { 'idempotency-key': 'fulfil-once' };
  const body = { licenseKeys: [{ code: 'CORE', key: KEY }] };
  const first = await decide('fulfil', 1, body, once);
  expect((await decide('fulfil', 1, body, once)).text).toBe(first.text);
  expect(first.text).not.toContain(KEY);
  expect(JSON.stringify(await events())).not.toContain(KEY);
  const all = await opened.database.execute('Scan', { TableName: 'portal' });
  expect(JSON.stringify(all)).toContain('LICENSE_KEYS');
  expect(JSON.stringify(all)).not.toContain(KEY);
  expect(JSON.stringify(await mailed())).not.toContain(KEY);
});

test('keys that were sealed for one order do not open as those of another', async () => {
  await fulfil(0);
  const { secrets, oneOffOrders } = opened.portal;
  const sealed = await oneOffOrders.keysOf(`${contractId}_0`);
  await expect(secrets.open(sealed!, `licenseKeys:${contractId}_1`)).rejects.toThrow();
});

test('each change is an event, once', async () => {
  await order();
  await decide('approve', 1);
  expect(
    (await events()).map(({ detail }) => `${detail.orderId}: ${detail.from ?? 'new'} ${detail.status}`).sort(),
  ).toEqual([
    `${contractId}_0: new APPROVED`,
    `${contractId}_1: PENDING_APPROVAL APPROVED`,
    `${contractId}_1: new PENDING_APPROVAL`,
  ]);
});
