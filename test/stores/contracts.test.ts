import { plainDate } from '../../lambdas/domain/calendar/period.ts';
import type { Contract } from '../../lambdas/domain/contract/contract.ts';
import type { UsageSite } from '../../lambdas/domain/contract/usage-site.ts';
import type { ContractRequest, RequestPayload } from '../../lambdas/domain/contract-request/request.ts';
import { percent, points, unitPrice } from '../../lambdas/domain/numbers/amounts.ts';
import { contractRow } from '../../lambdas/stores/contract-row.ts';
import { ownerShard } from '../../lambdas/stores/keys.ts';
import { approved, CONTACT, LOCKED, signed, skuOf, times } from '../domain/support/contracts.ts';
import { openPortalParts } from '../support/portal-parts.ts';

const opened = await openPortalParts({ sdk: true });
afterAll(() => opened.database.close());
const { contracts, contractRequests, usageSites, units } = opened.parts;
const NOW = new Date('2026-11-10T02:00:00.000Z');

function contractOf(id: string, more: Partial<Contract> = {}) {
  const { contract, revisions } = signed(skuOf('CUSTOM'), '2026-01-01', 12, times(12, '10'), {
    id,
    contractNumber: `number of ${id}`,
    ...more,
  });
  return { contract, revisions: revisions.map((revision) => ({ ...revision, contractId: id })) };
}

async function store(id: string, more: Partial<Contract> = {}) {
  const made = contractOf(id, more);
  expect(await units.commit(contracts.created(made.contract, made.revisions))).toEqual({ ok: true });
  return made;
}

test('a contract comes back with its revisions, and changes one after the other', async () => {
  const { contract, revisions } = await store('C-1');
  const [revision] = revisions;
  expect(await contracts.get('C-1')).toEqual({ contract, revisions });
  expect(await contracts.get('C-0')).toBe(undefined);
  const second = { ...(revision as NonNullable<typeof revision>), revision: 2, from: plainDate('2026-06-01') };
  const changes = [
    contracts.changed({ ...contract, revision: 2, tags: ['gold'] }, NOW),
    contracts.revisionAdded(second),
  ];
  expect(await units.commit(changes)).toEqual({ ok: true });
  const after = { ...contract, revision: 2, tags: ['gold'], version: 8, lastModifiedTime: NOW.toISOString() };
  expect(await contracts.getMany(['C-1', 'C-0'])).toEqual([{ contract: after, revisions: [revision, second] }]);
  const stale = await units.commit([contracts.changed(contract, NOW)]);
  expect(stale).toMatchObject({ ok: false, refused: [{ describes: 'contract number of C-1' }] });
  expect((await units.commit([contracts.revisionAdded({ ...second, from: plainDate('2026-07-01') })])).ok).toBe(false);
});

test('a contract marked delinquent is not overwritten by who has read it before', async () => {
  const { contract } = await store('C-2');
  await units.commit([contracts.delinquencyChanged('C-2', true)]);
  expect((await units.commit([contracts.changed(contract, NOW)])).ok).toBe(false);
  expect((await contracts.get('C-2'))?.contract).toMatchObject({ delinquent: true, version: 8 });
});

test('numbers come one after the other, and one contract has each', async () => {
  const first = await contracts.nextNumber();
  expect(await contracts.nextNumber()).toBe(first + 1);
  await store('C-3', { contractNumber: '50000001' });
  const other = contractOf('C-4', { contractNumber: '50000001' });
  expect((await units.commit(contracts.created(other.contract, other.revisions))).ok).toBe(false);
});

test('a party lists its contracts by what it may filter, as they were changed last', async () => {
  const { contract } = await store('C-5', { aggregatorId: 'AGG-5', serviceProviderId: 'SP-5' });
  await store('C-6', { aggregatorId: 'AGG-5', serviceProviderId: 'SP-6' });
  const { eolDate: _end, ...openEnded } = contract;
  await units.commit([contracts.changed({ ...openEnded, status: 'PENDING_TERMINATION' }, NOW)]);
  const rows = await contracts.ofAggregator('AGG-5');
  expect(rows.map(({ id, status }) => `${id} ${status}`).sort()).toEqual(['C-5 PENDING_TERMINATION', 'C-6 ACTIVE']);
  expect(await contracts.ofServiceProvider('SP-5')).toEqual([
    {
      id: 'C-5',
      contractNumber: 'number of C-5',
      businessNumber: '1111',
      contractReferenceNumber: 'AMER1111RENTAL',
      status: 'PENDING_TERMINATION',
      bolDate: '2026-01-01',
      billingOrderPreference: 'ONLINE',
      ...contract.listing,
    },
  ]);
});

test('a row in an index has at most 300 bytes', () => {
  const row = contractRow(
    contractOf('0'.repeat(36), {
      contractNumber: '50000001',
      businessNumber: '500001',
      contractReferenceNumber: 'EMEA500001RENTAL_MAAS',
      status: 'PENDING_TERMINATION',
      listing: {
        serviceProviderPrmId: '12345678',
        aggregatorPrmId: '12345678',
        billToAccountNumber: '200001-USD',
        skuCode: 'VSPP3-10800-C',
        contractType: 'PRE-PAY',
        familyType: 'RENTAL_MAAS',
        familyCode: 'RENTAL_MAAS',
        familyName: 'Managed as a Service',
      },
    }).contract,
  );
  // As DynamoDB counts a map: 3 bytes, and for each member its name, its value and 1.
  const bytes = Object.entries(row).reduce((all, pair) => all + Buffer.byteLength(pair.join('')) + 1, 3);
  expect(bytes).toBeLessThanOrEqual(300);
});

test('contracts are due on their day and until they are looked at again', async () => {
  const { contract } = await store('C-7', { reviewOn: plainDate('2026-11-10') });
  await store('C-8', { reviewOn: plainDate('2026-11-11') });
  const due = async (on: string) => {
    const shards = ['C-7', 'C-8'].map((id) => Array.fromAsync(contracts.due(ownerShard(id), plainDate(on))));
    const all = (await Promise.all(shards)).flat();
    return [...new Map(all.map((each) => [each.contractId, each.date]))].sort();
  };
  expect(await due('2026-11-09')).toEqual([]);
  expect(await due('2026-11-10')).toEqual([['C-7', '2026-11-10']]);
  expect((await due('2027-01-01')).length).toBe(2);
  const { reviewOn: _done, ...rest } = contract;
  await units.commit([contracts.changed(rest, NOW)]);
  expect(await due('2027-01-01')).toEqual([['C-8', '2026-11-11']]);
});

const terms = { termMonths: 12, minCommits: [points('10.5'), points('0')], prepayment: points('120') };
const schedule = { termMonths: 12, burnDownSchedule: [points('10')] };
const {
  id: _id,
  bolDate: _b,
  termMonths: _t,
  discount: _d,
  commitType: _ct,
  commitValue: _cv,
  ...sku
} = skuOf('PRE-PAY');
const overage = { ...LOCKED, overagePrice: unitPrice('1.1'), discount: percent('12.3456') };
const PAYLOADS: RequestPayload[] = [
  { type: 'CREATE', sku, ...terms, locked: overage },
  { type: 'UPGRADE', sku },
  { type: 'DOWNGRADE', sku },
  { type: 'TERMINATE', reason: 'Merger and Acquisition' },
  { type: 'RENEW', ...terms, locked: LOCKED, spf: 'SPF1', triggerPoint: points('3') },
  { type: 'RENEW', termMonths: 6 },
  { type: 'TOPUP', ...schedule, prepayment: points('1'), vendorPurchaseOrder: 'PO-1' },
  { type: 'AMEND', ...schedule, locked: LOCKED },
  { type: 'PREPAY_AMEND', ...schedule, triggerPoint: points('7') },
  { type: 'THRESHOLD_UPDATE', threshold: points('900.25') },
  {
    type: 'BASIC_INFO_UPDATE',
    changes: { licenseContact: CONTACT, billToAccount: { id: 'A', accountNumber: '1' }, fillPurchaseOrderInMbo: true },
  },
];

test('requests of every type come back as they were made, in the order they were made in', async () => {
  const made = PAYLOADS.map(
    (payload, index): ContractRequest =>
      approved(payload, '2026-12-01', {
        id: `R-${99 - index}`,
        contractId: 'C-1',
        token: `C-1-2-2611-${String(index).padStart(7, '0')}`,
      }),
  );
  for (const request of made) expect(await units.commit([contractRequests.created(request)])).toEqual({ ok: true });
  expect(await contractRequests.ofContract('C-1')).toEqual(made);
  expect(await contractRequests.get('C-1', 'R-99')).toEqual(made[0]);
  expect(await contractRequests.get('C-2', 'R-99')).toBe(undefined);
});

test('a request moves from queue to queue, and is due once it waits for its day', async () => {
  const waiting = approved({ type: 'UPGRADE', sku }, '2026-12-01', {
    id: 'R-1',
    contractId: 'C-9',
    status: 'PENDING_APPROVAL',
    createdTime: '2026-11-02T00:00:00.000Z',
  });
  const due = async (on: string) =>
    (await Array.fromAsync(contractRequests.due(ownerShard('R-1'), plainDate(on)))).filter(
      ({ requestId }) => requestId === 'R-1',
    );
  await units.commit([contractRequests.created(waiting)]);
  expect(await contractRequests.inStatus('PENDING_APPROVAL')).toEqual([
    {
      id: 'R-1',
      token: waiting.token,
      contractId: 'C-9',
      contractNumber: '100002',
      aggregatorId: 'AGGREGATOR',
      status: 'PENDING_APPROVAL',
      type: 'UPGRADE',
      effectiveDate: '2026-12-01',
      createdTime: '2026-11-02T00:00:00.000Z',
    },
  ]);
  expect(await due('2027-01-01')).toEqual([]);
  const approval = { ...waiting, status: 'PENDING_EFFECTIVE_DATE', approverId: 'V', approverComment: 'Fine' } as const;
  expect((await units.commit([contractRequests.changed(approval)])).ok).toBe(true);
  expect((await units.commit([contractRequests.changed(approval)])).ok).toBe(false);
  expect(await contractRequests.inStatus('PENDING_APPROVAL')).toEqual([]);
  expect(await due('2026-11-30')).toEqual([]);
  expect(await due('2026-12-05')).toEqual([{ contractId: 'C-9', requestId: 'R-1', date: '2026-12-01' }]);
  await units.commit([
    contractRequests.changed({ ...approval, version: 2, status: 'COMPLETED', invoiceNumber: 'INV-1' }),
  ]);
  expect(await due('2027-01-01')).toEqual([]);
});

test('usage sites belong to their contract and are listed for their service provider', async () => {
  const site: UsageSite = {
    id: 'S-1',
    contractId: 'C-1',
    serviceProviderId: 'SP-1',
    contractReferenceNumber: 'AMER1111RENTAL',
    name: 'Zürich',
    countryRegion: 'CH',
    address: 'Bahnhofstrasse 1',
    postCode: '8001',
    lastModifiedTime: '2026-01-01T00:00:00.000Z',
    version: 1,
  };
  const other = { ...site, id: 'S-2', contractId: 'C-2', name: 'Bern' };
  for (const each of [site, other]) await units.commit([usageSites.created(each)]);
  expect(await usageSites.ofContract('C-1')).toEqual([site]);
  expect((await usageSites.ofServiceProvider('SP-1')).map(({ name }) => name).sort()).toEqual(['Bern', 'Zürich']);
  const closing = { ...site, closedTime: NOW.toISOString() };
  expect((await units.commit([usageSites.changed(closing, NOW)])).ok).toBe(true);
  expect((await units.commit([usageSites.changed(closing, NOW)])).ok).toBe(false);
  expect(await usageSites.get('C-1', 'S-1')).toEqual({ ...closing, version: 2, lastModifiedTime: NOW.toISOString() });
  expect((await usageSites.getMany([site, other])).length).toBe(2);
});
