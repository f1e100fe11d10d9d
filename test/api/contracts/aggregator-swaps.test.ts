import {
  addDays,
  addMonths,
  dateOf,
  firstDay,
  type PlainDate,
  period,
  periodOf,
  periodsFromTo,
  plainDate,
} from '../../../lambdas/domain/calendar/period.ts';
import { rosterShard } from '../../../lambdas/domain/close/roster.ts';
import type { Contract } from '../../../lambdas/domain/contract/contract.ts';
import { points } from '../../../lambdas/domain/numbers/amounts.ts';
import type { Role } from '../../../lambdas/domain/organization/organization.ts';
import { postToLedger } from '../../../lambdas/domain/prepayment/ledger.ts';
import type { RouteId } from '../../../lambdas/manifest/routes.ts';
import { askForSwap } from '../../../lambdas/use-cases/ask-for-swap.ts';
import { runContractDay } from '../../../lambdas/use-cases/run-contract-day.ts';
import { runProgrammeDay } from '../../../lambdas/use-cases/run-programme-day.ts';
import { tellParties } from '../../../lambdas/use-cases/tell-parties.ts';
import {
  type ContractPortal,
  contractIdOf,
  NEGOTIATED,
  openContractPortal,
  skuId,
} from '../../support/contract-portal.ts';

const SP = { organizationId: 'SP-1', roles: ['Operations'] satisfies Role[] };
const FROM = { organizationId: 'AGG-1', roles: ['Operations'] satisfies Role[] };
const TO = { organizationId: 'AGG-2', roles: ['Operations'] satisfies Role[] };
const VENDOR = { organizationId: 'VENDOR', roles: ['Operations'] satisfies Role[] };

let opened: ContractPortal;
let contractId: string;
let prmId: string;
beforeEach(async () => {
  opened = await openContractPortal();
  prmId = (await opened.portal.organizations.get('AGG-2'))?.prmId ?? '';
  contractId = contractIdOf(await opened.create());
});
afterEach(() => opened.close());

const on = (id: RouteId, of: string, sender: object, body?: object) =>
  opened.send(id, { params: { contractId: of }, ...(body && { body }) }, sender);
const ask = (over: object = {}, of = contractId, sender: object = SP) =>
  on('askForSwap', of, sender, { aggregatorPrmId: prmId, effectiveDate: '2027-01-01', ...over });
const ACCEPTED = {
  aggregatorContact: 'agg@other.example',
  billToAccountId: 'account-of-AGG-2',
  vmwarePurchaseOrder: 'PO-200',
  billingOrderPreference: 'EDI',
};
const accept = (takenId: string, over: object = {}) => on('takeOverContract', takenId, TO, { ...ACCEPTED, ...over });

async function asked(over: object = {}, of = contractId): Promise<string> {
  const { body } = await ask(over, of);
  return String(body.newContractId);
}
const requestOf = async (id: string, type: 'CREATE' | 'TERMINATE') =>
  (await opened.portal.contractRequests.ofContract(id)).find(({ payload }) => payload.type === type);
async function decide(verb: 'approve' | 'reject' | 'stop', takenId: string, type: 'CREATE' | 'TERMINATE' = 'CREATE') {
  const request = await requestOf(takenId, type);
  const id = { approve: 'approveRequest', reject: 'rejectRequest', stop: 'stopRequest' }[verb] as RouteId;
  return opened.send(id, { params: { requestId: request?.id ?? '' }, body: { comment: 'So be it' } }, VENDOR);
}
const contract = async (id: string) => (await opened.portal.contracts.get(id))?.contract as Contract;

/** Runs the jobs on a day, and on each 1st before it. */
async function day(at: string): Promise<void> {
  const running = addMonths(periodOf(dateOf(opened.clock.time)), 1);
  for (const on of new Set([...periodsFromTo(running, periodOf(plainDate(at))).map(firstDay), at].sort())) {
    if (on <= at) await jobs(on);
  }
}

/** The jobs were down until then: months that were missed are told of. */
async function runLate(at: string): Promise<void> {
  opened.clock.time = new Date(`${at}T00:05:00.000Z`);
  expect((await runContractDay(opened.portal)).failures).toEqual([]);
  await runProgrammeDay(opened.portal);
}

async function jobs(at: string): Promise<void> {
  opened.clock.time = new Date(`${at}T00:05:00.000Z`);
  const contracts = await runContractDay(opened.portal);
  const programme = await runProgrammeDay(opened.portal);
  expect([...contracts.failures, ...programme.failures]).toEqual([]);
}

async function approved(): Promise<string> {
  const takenId = await asked();
  await accept(takenId);
  expect((await decide('approve', takenId)).body.status).toBe('PENDING_EFFECTIVE_DATE');
  return takenId;
}

/** Which of the two has an order of a month that isn't cancelled. */
async function billedBy(takenId: string, month: string): Promise<string[]> {
  const found = await Promise.all(
    [contractId, takenId].map((id) => opened.portal.billingOrders.ofContract(id, [period(month)])),
  );
  return found.flat().flatMap(({ status, aggregatorId }) => (status === 'CANCELLED' ? [] : [aggregatorId]));
}

test('a contract goes to another aggregator: asked for, accepted, approved, and on its day ended there and begun here', async () => {
  await day('2026-11-10');
  const { status, body, headers } = await ask({ comment: 'We are closer to them' });
  const takenId = String(body.newContractId);
  expect([status, headers.location]).toEqual([201, `/api/provider/v1/contracts/${contractId}/aggregatorSwap`]);
  expect(body).toMatchObject({ contractId, status: 'PENDING_REVISE', to: { prmId }, effectiveDate: '2027-01-01' });
  expect((await on('getTakeOver', takenId, TO)).body).toMatchObject({
    requestType: 'CREATE',
    contractSKU: { code: 'RENTAL-1800' },
    serviceProvider: { prmId: (await contract(contractId)).listing.serviceProviderPrmId },
    comment: 'We are closer to them',
    termFrom: '2026-11-01',
    term: 12,
  });
  expect((await accept(takenId)).body).toMatchObject({ status: 'PENDING_APPROVAL', effectiveDate: '2027-01-01' });
  expect((await decide('approve', takenId)).status).toBe(200);
  expect((await contract(contractId)).status).toBe('PENDING_TERMINATION');
  expect((await on('getSwap', contractId, SP)).body).toMatchObject({ status: 'PENDING_EFFECTIVE_DATE' });

  await day('2026-12-31');
  expect((await contract(contractId)).status).toBe('PENDING_TERMINATION');
  await day('2027-01-01');
  const [given, taken] = [await contract(contractId), await contract(takenId)];
  expect(given).toMatchObject({ status: 'TERMINATED', eolDate: '2026-12-31' });
  expect(taken).toMatchObject({
    status: 'ACTIVE',
    aggregatorId: 'AGG-2',
    bolDate: '2027-01-01',
    termFrom: '2026-11-01',
    eolDate: '2027-10-31',
    billToAccountId: 'account-of-AGG-2',
    vendorPurchaseOrder: 'PO-200',
    billingOrderPreference: 'EDI',
    contacts: { serviceProvider: { email: 'sp@sp.example' }, aggregator: { email: 'agg@other.example' } },
  });
  expect(addDays(given.eolDate as PlainDate, 1)).toBe(taken.bolDate);
  expect(await billedBy(takenId, '2026-12')).toEqual(['AGG-1']);
  expect(await billedBy(takenId, '2027-01')).toEqual(['AGG-2']);
  await day('2027-02-01');
  expect(await billedBy(takenId, '2027-02')).toEqual(['AGG-2']);
  expect((await on('getSwap', takenId, SP)).body).toMatchObject({ status: 'COMPLETED', newContractId: takenId });
  // Licences came with the contract; they don't come again.
  expect(await opened.portal.oneOffOrders.ofContract(takenId)).toEqual([]);
});

test('the other aggregator is mailed and has a task; what the vendor sends back, it accepts again', async () => {
  const takenId = await asked();
  for (const notice of await opened.portal.notices.waiting()) await tellParties(opened.portal, notice);
  const name = (await opened.portal.organizations.get('SP-1'))?.name;
  expect(opened.mails.map(({ subject, to }) => [subject, to[0]?.address])).toContainEqual([
    `${name} wants you to take a contract over`,
    'mail@AGG-2.example',
  ]);
  expect((await opened.send('listAggregatorTasks', {}, TO)).body.content).toMatchObject([
    { type: 'REQUEST', contractId: takenId },
  ]);
  await accept(takenId);
  const id = (await requestOf(takenId, 'CREATE'))?.id ?? '';
  await opened.send('reviseRequest', { params: { requestId: id }, body: { comment: 'Another account' } }, VENDOR);
  expect((await on('getSwap', contractId, SP)).body).toMatchObject({
    status: 'PENDING_REVISE',
    approverComment: 'Another account',
  });
  expect((await contract(contractId)).status).toBe('ACTIVE');
  expect((await accept(takenId, { vmwarePurchaseOrder: 'PO-201' })).body.status).toBe('PENDING_APPROVAL');
  expect((await decide('approve', takenId)).status).toBe(200);
});

test('what was negotiated goes along, month by month', async () => {
  const custom = contractIdOf(await opened.create({ contractSKUId: skuId('RENTAL-CUSTOM'), ...NEGOTIATED }));
  await opened.send(
    'approveRequest',
    { params: { requestId: (await requestOf(custom, 'CREATE'))?.id ?? '' }, body: { comment: 'Fine' } },
    VENDOR,
  );
  await day('2026-11-11');
  const takenId = await asked({}, custom);
  await accept(takenId);
  await decide('approve', takenId);
  await day('2027-01-01');
  const found = await opened.portal.contracts.get(takenId);
  expect(found?.contract).toMatchObject({ status: 'ACTIVE', spf: 'SPF-1', termMonths: 12, eolDate: '2027-10-31' });
  expect(found?.revisions[0]?.minCommits).toHaveLength(10);
  const before = await opened.portal.contracts.get(custom);
  expect(found?.revisions[0]?.locked).toEqual(before?.revisions[0]?.locked);
});

test('done late, both act on the 1st of the first month that is frozen for neither', async () => {
  const takenId = await approved();
  await day('2026-12-31');
  for (const month of ['2026-11', '2026-12', '2027-01']) await opened.portal.billingOrders.freeze(period(month), 'run');
  await runLate('2027-03-05');
  expect(await contract(contractId)).toMatchObject({ status: 'TERMINATED', eolDate: '2027-01-31' });
  expect(await contract(takenId)).toMatchObject({ status: 'ACTIVE', bolDate: '2027-02-01' });
  expect(await billedBy(takenId, '2027-02')).toEqual(['AGG-2']);
});

test('whoever is asked of the two, and however many at once, it is done once', async () => {
  const takenId = await approved();
  opened.clock.time = new Date('2027-01-01T00:05:00.000Z');
  const results = await Promise.all([1, 2, 3].map(() => runContractDay(opened.portal)));
  expect(results.flatMap(({ failures }) => failures)).toEqual([]);
  expect([(await contract(contractId)).status, (await contract(takenId)).status]).toEqual(['TERMINATED', 'ACTIVE']);
  expect((await opened.portal.contracts.get(takenId))?.revisions).toHaveLength(1);
});

test.each([
  [
    'the service provider',
    (takenId: string) => on('withdrawSwap', contractId, SP, {}).then((reply) => [reply, takenId]),
  ],
  [
    'the other aggregator',
    async (takenId: string) => {
      const requestId = (await requestOf(takenId, 'CREATE'))?.id ?? '';
      return [
        await opened.send('withdrawContractRequest', { params: { contractId: takenId, requestId }, body: {} }, TO),
      ];
    },
  ],
  ['the vendor', async (takenId: string) => [await decide('stop', takenId)]],
] as const)('dropped by %s before its day, the contract stays as it was', async (_who, drop) => {
  const takenId = await approved();
  const [reply] = await drop(takenId);
  expect((reply as { status: number }).status).toBe(200);
  expect(await contract(contractId)).toMatchObject({ status: 'ACTIVE' });
  expect((await contract(contractId)).swappedTo).toBeUndefined();
  expect((await requestOf(contractId, 'TERMINATE'))?.status).toBe('STOPPED');
  await day('2027-01-01');
  expect((await contract(contractId)).status).toBe('ACTIVE');
  expect(['DRAFT', 'REJECTED']).toContain((await contract(takenId)).status);
  expect(await billedBy(takenId, '2027-01')).toEqual(['AGG-1']);
  opened.clock.time = new Date('2027-01-02T00:05:00.000Z');
  expect((await ask({ effectiveDate: '2027-02-01' })).status).toBe(201);
});

test('a contract that ended before is never made anew', async () => {
  const takenId = await approved();
  await opened.send('deactivateContract', { params: { contractId }, body: { reason: 'Fraud' } }, VENDOR);
  await day('2027-01-01');
  expect(await contract(takenId)).toMatchObject({ status: 'REJECTED' });
  expect((await requestOf(takenId, 'CREATE'))?.status).toBe('STOPPED');
  expect((await contract(contractId)).status).toBe('DEACTIVATED');
});

test('the end goes with the beginning: neither the aggregator nor the vendor takes it back by itself', async () => {
  const takenId = await approved();
  const ending = await requestOf(contractId, 'TERMINATE');
  const params = { contractId, requestId: ending?.id ?? '' };
  expect((await opened.send('withdrawContractRequest', { params, body: {} }, FROM)).body.code).toBe(
    'TRANSITION_NOT_ALLOWED',
  );
  expect((await decide('stop', contractId, 'TERMINATE')).body.code).toBe('TRANSITION_NOT_ALLOWED');
  const create = { contractId: takenId, requestId: (await requestOf(takenId, 'CREATE'))?.id ?? '' };
  expect((await accept(takenId)).body.code).toBe('TRANSITION_NOT_ALLOWED');
  expect((await opened.send('withdrawContractRequest', { params: create, body: {} }, FROM)).status).toBe(404);
});

test('the two contracts are never in one shard of the roster, whose head one transaction may look at only once', async () => {
  const mine = rosterShard(contractId);
  const ids = Array.from({ length: 400 }, (_, n) => `id-${n}`);
  const same = ids.filter((id) => rosterShard(id) === mine);
  const other = ids.filter((id) => rosterShard(id) !== mine);
  const given = [...same.slice(0, 2), ...other];
  const caller = { ...SP, userId: 'ada', organizationType: 'SERVICE_PROVIDER' as const };
  const asked = { contractId, aggregatorPrmId: prmId, effectiveDate: '2027-01-01', now: opened.clock.time };
  const made = await askForSwap(opened.portal, { ...asked, caller, newId: () => given.shift() ?? '' });
  expect([same.length > 1, made.contract.id]).toEqual([true, other[0]]);
});

test('nobody learns of the other contract, and only the service provider asks', async () => {
  expect((await ask({}, contractId, { ...SP, organizationId: 'SP-2' })).status).toBe(404);
  expect((await ask({}, 'nothing')).status).toBe(404);
  expect((await ask({}, contractId, { ...SP, roles: ['Read Only', 'Administrator'] })).status).toBe(403);
  const takenId = await asked();
  expect((await on('getTakeOver', takenId, FROM)).status).toBe(404);
  expect((await on('getTakeOver', contractId, TO)).status).toBe(404);
  expect((await on('getAggregatorContract', takenId, FROM)).status).toBe(404);
  expect((await on('getSwap', takenId, { ...SP, organizationId: 'SP-2' })).status).toBe(404);
  expect((await on('getTakeOver', contractId, FROM)).status).toBe(404);
  expect((await on('takeOverContract', contractId, FROM, ACCEPTED)).status).toBe(404);
  expect((await on('withdrawSwap', takenId, SP, {})).status).toBe(200);
  expect((await on('withdrawSwap', takenId, SP, {})).body.code).toBe('TRANSITION_NOT_ALLOWED');
});

test('it is refused with a reason', async () => {
  const fields = async (over: object) =>
    ((await ask(over)).body.errors as { field: string }[]).map(({ field }) => field);
  expect(await fields({ effectiveDate: '2027-01-02' })).toEqual(['effectiveDate']);
  expect(await fields({ effectiveDate: '2026-11-01' })).toEqual(['effectiveDate']);
  expect(await fields({ aggregatorPrmId: 'nobody' })).toEqual(['aggregatorPrmId']);
  const own = (await opened.portal.organizations.get('AGG-1'))?.prmId;
  expect(await fields({ aggregatorPrmId: own })).toEqual(['aggregatorPrmId']);
  const takenId = await asked();
  expect((await ask()).body.code).toBe('REQUEST_OPEN');
  expect((await ask({}, takenId)).body.code).toBe('CONTRACT_STATUS');
  const velo = contractIdOf(await opened.create({ contractSKUId: skuId('VELO') }));
  expect((await ask({}, velo)).body.code).toBe('NOT_SWAPPABLE');
  expect((await accept(takenId, { billToAccountId: 'account-of-AGG-1' })).body.errors).toMatchObject([
    { field: 'billToAccountId' },
  ]);
  expect((await accept(takenId, { effectiveDate: '2026-12-01' })).body.errors).toMatchObject([
    { field: 'effectiveDate' },
  ]);
  expect((await accept(takenId, { effectiveDate: '2027-02-01' })).body).toMatchObject({ effectiveDate: '2027-02-01' });
  opened.clock.time = new Date('2027-02-01T00:05:00.000Z');
  expect((await decide('approve', takenId)).body.code).toBe('REVISION_NEEDED');
});

test('a contract with a prepaid balance stays until that is used or credited, also on its day', async () => {
  const credit = async () => {
    const source = { id: 'request-0', revision: 1 };
    const before = await opened.portal.prepayments.balance(contractId);
    const posted = postToLedger(before, { kind: 'CREDIT', source, points: points('5') });
    if (!posted.ok) throw new Error('the credit is refused');
    await opened.portal.units.commit(opened.portal.prepayments.posted(posted.entry, posted.balance));
  };
  const takenId = await approved();
  await credit();
  await day('2027-01-01');
  expect((await contract(contractId)).status).toBe('ACTIVE');
  expect((await contract(takenId)).status).toBe('REJECTED');
  expect((await ask({ effectiveDate: '2027-03-01' })).body.code).toBe('PREPAYMENT_LEFT');
});
