import type { RequestOf } from '../../../client/portal-client.ts';
import { addMonthsToDate, plainDate } from '../../../lambdas/domain/calendar/period.ts';
import type { Contract } from '../../../lambdas/domain/contract/contract.ts';
import { signed, skuOf } from '../../domain/support/contracts.ts';
import { refusalOf } from '../../support/api-client.ts';
import { type ContractPortal, contractIdOf, openContractPortal } from '../../support/contract-portal.ts';

let portal: ContractPortal;
const START = plainDate('2026-01-01');

/** The n-th of 30 contracts: of SP-1 and SP-2 in turn, by ONLINE and EDI, each a month later than the one before. */
async function addContract(n: number, more: Partial<Contract> = {}) {
  const serviceProviderId = n % 2 ? 'SP-1' : 'SP-2';
  const sku = { ...skuOf('PAY-GO', '1800'), code: n % 3 ? 'RENTAL-1800' : 'RENTAL-3600' };
  const { contract, revisions } = signed(sku, addMonthsToDate(START, n), n % 5 ? 12 : undefined);
  const id = `contract-${String(n).padStart(2, '0')}`;
  const stored: Contract = {
    ...contract,
    id,
    contractNumber: String(100_000 + n),
    businessNumber: String(1_000 + n),
    contractReferenceNumber: `EMEA${1_000 + n}RENTAL`,
    serviceProviderId,
    aggregatorId: 'AGG-1',
    billToAccountId: 'account-of-AGG-1',
    billingOrderPreference: n % 4 ? 'ONLINE' : 'EDI',
    listing: { ...contract.listing, serviceProviderPrmId: `prm-${serviceProviderId}`, aggregatorPrmId: 'prm-AGG-1' },
    ...more,
  };
  const own = revisions.map((revision) => ({ ...revision, contractId: id }));
  await portal.portal.units.commit(portal.portal.contracts.created(stored, own));
}

beforeAll(async () => {
  portal = await openContractPortal();
  await Promise.all(Array.from({ length: 30 }, (_, n) => addContract(n)));
  await addContract(30, { aggregatorId: 'AGG-2', status: 'TERMINATED' });
});
afterAll(() => portal.close());

const list = async (query: NonNullable<RequestOf<'listAggregatorContracts'>['query']>) => {
  const { status, body } = await portal.as().listAggregatorContracts({ query });
  return { status, total: body.total, numbers: body.content.map((row) => row.contractNumber) };
};

test.each([
  ['bolDate=ge=2028-01-01', 6],
  ['eolDate!=*', 6],
  ['eolDate=lt=2027-02-01', 1],
  ['status==ACTIVE', 30],
  ['status==PENDING*', 0],
  ['serviceProvider.prmId==prm-SP-1', 15],
  ['contractId==1007', 1],
  ['contractNumber=in=(100001,100002,7)', 2],
  ['contractReferenceNumber==*1003RENTAL', 1],
  ['contractSKU.code==RENTAL-3600', 10],
  ['contractSKU.contractType==PAY-GO', 30],
  ['contractSKU.productFamily.name=="Rental Commercial"', 30],
  ['contractSKU.productFamily.code!=RENTAL', 0],
  ['contractSKU.productFamily.type=in=(RENTAL,MSP)', 30],
  ['billingOrderPreference==EDI', 8],
  ['billToAccount.accountNumber==10001', 30],
  ['billingOrderPreference==EDI;(serviceProvider.prmId==prm-SP-1,contractId==1004)', 1],
])('an aggregator filters its contracts by %s: %i of 30', async (filter, total) => {
  expect(await list({ filter })).toMatchObject({ status: 200, total });
});

test('pages follow each other by any sort, with the exact total', async () => {
  const first = await list({ sort: '-contractSKU.code,bolDate', limit: 7 });
  expect(first).toMatchObject({ status: 200, total: 30 });
  expect(first.numbers).toEqual([0, 3, 6, 9, 12, 15, 18].map((n) => String(100_000 + n)));
  const last = await list({ sort: '-contractSKU.code,bolDate', limit: 7, offset: 28 });
  expect(last.numbers).toEqual(['100028', '100029']);
  expect((await list({ limit: 1000 })).numbers).toHaveLength(30);
  for (const query of [{ limit: 0 }, { filter: 'aggregator.prmId==x' }, { sort: 'colour' }]) {
    expect((await refusalOf(list(query))).status).toBe(400);
  }
});

test('the list as CSV has a line for each contract that the filter takes', async () => {
  const query = { filter: 'billingOrderPreference==EDI' };
  const { body, status } = await portal.as().listAggregatorContracts({ query, accept: 'text/csv' });
  expect(status).toBe(200);
  const [head, ...lines] = body.trim().split('\r\n');
  expect(head).toContain('contractSKU.productFamily.type');
  expect(lines).toHaveLength(8);
});

test('a service provider sees its own contracts, and nothing commercial of them', async () => {
  const provider = portal.as({ organizationId: 'SP-1' });
  const { body } = await provider.listProviderContracts({ query: { sort: '-contractNumber', limit: 2 } });
  expect(body.total).toBe(15);
  const [row] = body.content;
  const commercial = ['discount', 'spf', 'vmwarePurchaseOrder', 'billingOrderPreference', 'billToAccount'];
  commercial.push(
    'entitlementAccount',
    'sellingPricePerPoint',
    'fillPurchaseOrderInMBO',
    'contractId',
    'serviceProvider',
  );
  expect(Object.keys(row ?? {}).filter((name) => commercial.includes(name))).toEqual([]);
  expect(row).toMatchObject({ contractNumber: '100029', aggregator: { prmId: 'prm-AGG-1', name: 'Ångström AGG-1' } });
  const got = await provider.getProviderContract({ params: { contractId: 'contract-29' } });
  expect(got).toMatchObject({ status: 200, body: row, etag: '"v7"' });
  const theirs = provider.getProviderContract({ params: { contractId: 'contract-28' } });
  expect((await refusalOf(theirs)).status).toBe(404);
  const filtered = provider.listProviderContracts({ query: { filter: 'billingOrderPreference==EDI' } });
  expect((await refusalOf(filtered)).status).toBe(400);
});

test('a contract that was just made is in the list', async () => {
  const created = await portal.create();
  const numbers = (await list({ sort: '-contractNumber', limit: 1 })).numbers;
  expect(numbers).toEqual(['50000001']);
  const got = await portal.as().getAggregatorContract({ params: { contractId: contractIdOf(created) } });
  expect(got.body.contractNumber).toBe('50000001');
});

test('a contract that has gone to another party is not shown any more, however long its row stays', async () => {
  const query = { filter: 'contractNumber==100012' };
  // What has changed much earlier than the newest row is not read again.
  await portal.create({ serviceProviderId: 'SP-2' });
  const ofProvider = () => portal.as({ organizationId: 'SP-2' }).listProviderContracts({ query });
  expect((await list(query)).numbers).toEqual(['100012']);
  expect((await ofProvider()).body.content).toHaveLength(1);
  const { contracts, units } = portal.portal;
  const found = await contracts.get('contract-12');
  if (!found) throw new Error('there is no contract-12');
  const moved = { ...found.contract, aggregatorId: 'AGG-2', serviceProviderId: 'SP-1' };
  await units.commit([contracts.changed(moved, portal.clock.time)]);
  expect((await list(query)).numbers).toEqual([]);
  expect((await ofProvider()).body.content).toEqual([]);
});
