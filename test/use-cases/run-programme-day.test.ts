import { type Period, period } from '../../lambdas/domain/calendar/period.ts';
import { rosterShard } from '../../lambdas/domain/close/roster.ts';
import type { CloseRun } from '../../lambdas/domain/close/run.ts';
import type { Contract } from '../../lambdas/domain/contract/contract.ts';
import { beginForClose } from '../../lambdas/use-cases/begin-for-close.ts';
import { newOrder } from '../../lambdas/use-cases/new-order.ts';
import { type ProgrammeDayResult, runProgrammeDay } from '../../lambdas/use-cases/run-programme-day.ts';
import { signed, skuOf } from '../domain/support/contracts.ts';
import { type ContractWorld, openContractWorld } from '../support/contract-world.ts';

let world: ContractWorld;
beforeEach(async () => {
  world = await openContractWorld('2026-11-12');
});
afterEach(() => world.close());

const NOTHING: ProgrammeDayResult = { opened: 0, made: 0, mails: 0, failures: [] };

/** Runs the job, which must not fail anything. */
async function programmeDay(portal = world.portal): Promise<ProgrammeDayResult> {
  const result = await runProgrammeDay(portal);
  if (result.failures[0]) throw result.failures[0];
  return result;
}

/** A PAY-GO contract with the order of the running month, as its activation leaves it. */
async function addActive(id: string, more: Partial<Contract> = {}, months?: number): Promise<Contract> {
  const made = signed(skuOf('PAY-GO', '1800'), '2026-11-01', months, undefined, {
    id,
    contractNumber: `number-of-${id}`,
    ...more,
  });
  await world.addContract(made);
  await addOrder(made.contract, period('2026-11'));
  return made.contract;
}

async function addOrder(contract: Contract, of: Period) {
  const { portal } = world;
  const { ok } = await portal.units.commit(portal.billingOrders.created(newOrder(contract, of, portal.clock())));
  if (!ok) throw new Error('the order is there already');
}

async function statuses(contractId: string, ...periods: string[]): Promise<Record<string, string>> {
  const orders = await world.portal.billingOrders.ofContract(contractId, periods.map(period));
  return Object.fromEntries(
    orders.map(({ usagePeriod, status }) => [usagePeriod, status] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

const ALL = ['2026-10', '2026-11', '2026-12', '2027-01', '2027-02', '2027-03'];

test('a month that the job was down for is begun by its close, and billed', async () => {
  await addActive('contract-1');
  await programmeDay();
  world.clock.time = new Date('2027-01-10T02:00:00Z');
  const december = { period: period('2026-12'), name: '2026-12-1', dryRun: false } as CloseRun;
  await beginForClose(world.portal, { ...december, dryRun: true });
  expect(await statuses('contract-1', ...ALL)).toEqual({ '2026-11': 'NOT_OPEN' });
  // Twice at once, as a step that is tried again may be.
  await Promise.all([beginForClose(world.portal, december), beginForClose(world.portal, december)]);
  expect(await statuses('contract-1', ...ALL)).toEqual({ '2026-11': 'PENDING_SP', '2026-12': 'PENDING_SP' });
  await world.portal.billingOrders.freeze(december.period, december.name);
  expect(await programmeDay()).toMatchObject({ made: 1 });
  expect(await statuses('contract-1', ...ALL)).toEqual({
    '2026-11': 'PENDING_SP',
    '2026-12': 'PENDING_SP',
    '2027-01': 'NOT_OPEN',
  });
});

test('on the first of a month its orders are made and those of the month before are opened, once', async () => {
  await addActive('contract-1');
  await addActive('contract-2', {}, 1);
  expect(await programmeDay()).toEqual(NOTHING);
  expect(await statuses('contract-1', ...ALL)).toEqual({ '2026-11': 'NOT_OPEN' });
  world.clock.time = new Date('2026-12-01T00:00:00Z');
  // The second contract has ended: its December is a month of grace.
  expect(await programmeDay()).toMatchObject({ opened: 2, made: 2 });
  expect(await statuses('contract-1', ...ALL)).toEqual({ '2026-11': 'PENDING_SP', '2026-12': 'NOT_OPEN' });
  const [order] = await world.portal.billingOrders.ofContract('contract-1', [period('2026-11')]);
  expect(await world.portal.audit.ofSubject(`ORDER#${order?.id}`)).toMatchObject([
    { actor: 'SYSTEM', action: 'open', from: 'NOT_OPEN', to: 'PENDING_SP', reason: '2026-11 has ended' },
  ]);
  expect(await programmeDay()).toEqual(NOTHING);
  world.moveTo('2027-01-01');
  expect(await programmeDay()).toMatchObject({ opened: 2, made: 1 });
  expect(await statuses('contract-2', ...ALL)).toEqual({ '2026-11': 'PENDING_SP', '2026-12': 'PENDING_SP' });
});

test('three months in which nobody looked are caught up with, month after month', async () => {
  await addActive('contract-1');
  await addActive('contract-2', {}, 2);
  await programmeDay();
  world.moveTo('2027-03-03');
  // The first: December to March; the second ends with December, and has January as its grace.
  expect(await programmeDay()).toMatchObject({ opened: 2, made: 4 + 2 });
  expect(await statuses('contract-1', ...ALL)).toEqual({
    '2026-11': 'PENDING_SP',
    '2026-12': 'PENDING_SP',
    '2027-01': 'PENDING_SP',
    '2027-02': 'PENDING_SP',
    '2027-03': 'NOT_OPEN',
  });
  expect(await statuses('contract-2', ...ALL)).toEqual({
    '2026-11': 'PENDING_SP',
    '2026-12': 'PENDING_SP',
    '2027-01': 'PENDING_SP',
  });
});

test('two at once do everything once', async () => {
  for (let n = 1; n <= 12; n++) await addActive(`contract-${n}`);
  await programmeDay();
  world.moveTo('2027-01-01');
  const results = await Promise.all([programmeDay(), programmeDay(), programmeDay()]);
  const total = (of: 'made' | 'opened') => results.reduce((sum, result) => sum + result[of], 0);
  expect({ made: total('made'), opened: total('opened') }).toEqual({ made: 24, opened: 12 });
  for (let n = 1; n <= 12; n++) expect(Object.keys(await statuses(`contract-${n}`, ...ALL))).toHaveLength(3);
  expect(await programmeDay()).toEqual(NOTHING);
});

test('a job that dies anywhere is taken up by the next', async () => {
  for (let n = 1; n <= 3; n++) await addActive(`contract-${n}`);
  await programmeDay();
  world.moveTo('2027-01-01');
  const { portal } = world;
  let left = 0;
  const dying = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (left-- <= 0) throw new Error('the process has ended');
    return work();
  };
  const { units, programmeDays } = portal;
  const mortal = {
    ...portal,
    units: { commit: (...of: Parameters<typeof units.commit>) => dying(() => units.commit(...of)) },
    programmeDays: {
      ...programmeDays,
      over: (...of: Parameters<typeof programmeDays.over>) => dying(() => programmeDays.over(...of)),
      begun: (...of: Parameters<typeof programmeDays.begun>) => dying(() => programmeDays.begun(...of)),
      begunAll: (...of: Parameters<typeof programmeDays.begunAll>) => dying(() => programmeDays.begunAll(...of)),
    },
  };
  let rounds = 0;
  do {
    left = 7 * rounds++;
  } while ((await runProgrammeDay(mortal)).failures.length > 0);
  expect(rounds).toBeGreaterThan(3);
  for (let n = 1; n <= 3; n++) {
    expect(await statuses(`contract-${n}`, ...ALL)).toEqual({
      '2026-11': 'PENDING_SP',
      '2026-12': 'PENDING_SP',
      '2027-01': 'NOT_OPEN',
    });
  }
  expect(await programmeDay()).toEqual(NOTHING);
});

test('an order of a month that was handed on is refused, so that the next one is never left out', async () => {
  const first = await addActive('contract-1');
  const { contract } = signed(skuOf('PAY-GO', '1800'), '2026-11-01');
  await programmeDay();
  world.moveTo('2026-12-01');
  await programmeDay();
  const { portal } = world;
  const late = { ...contract, id: 'contract-9', contractNumber: 'late' };
  expect(rosterShard(first.id)).not.toBe(rosterShard(late.id));
  const before = new Date('2026-11-30T23:59:59Z');
  const decidedBefore = newOrder(late, period('2026-11'), before);
  expect(decidedBefore.status).toBe('NOT_OPEN');
  expect(await portal.units.commit(portal.billingOrders.created(decidedBefore))).toMatchObject({ ok: false });
  const stillRuns = portal.contractMonths.stillRuns(late.id, period('2026-11'));
  expect(await portal.units.commit([stillRuns])).toMatchObject({ ok: false });
  const decidedNow = newOrder(late, period('2026-11'), portal.clock());
  expect(await portal.units.commit(portal.billingOrders.created(decidedNow))).toEqual({ ok: true });
});

test('what is due on a contract comes first: one that was renewed goes on, one that was terminated has no order', async () => {
  const renewed = { type: 'RENEW', termMonths: 6 } as const;
  await world.addContract(signed(skuOf('PAY-GO', '1800'), '2025-12-01', 12));
  await world.addRequest(renewed, '2026-12-10');
  const other = { id: 'contract-2', contractNumber: '100003' };
  await world.addContract(
    signed(skuOf('PAY-GO', '1800'), '2026-01-01', 36, undefined, { ...other, status: 'PENDING_TERMINATION' }),
  );
  const request = { id: 'request-2', contractId: other.id, contractNumber: other.contractNumber };
  await world.addRequest({ type: 'TERMINATE', reason: 'Competitor Offering' }, '2026-12-01', request);
  for (const id of ['contract-1', 'contract-2']) await addOrder(await world.contract(id), period('2026-11'));
  await world.portal.programmeDays.begunAll(period('2026-10'));
  await world.portal.programmeDays.stepDone(period('2026-10'), 'CHECKED', world.portal.clock());
  await programmeDay();
  world.moveTo('2027-02-02');
  await programmeDay();
  expect(Object.keys(await statuses('contract-1', ...ALL))).toEqual(['2026-11', '2026-12', '2027-01', '2027-02']);
  expect(await statuses('contract-2', ...ALL)).toEqual({ '2026-11': 'PENDING_SP' });
});

test('a contract that lacks its order is found once, gets it, and is told of', async () => {
  await addActive('contract-1');
  await world.addContract(
    signed(skuOf('PAY-GO', '1800'), '2026-11-01', undefined, undefined, { id: 'contract-2', contractNumber: '100003' }),
  );
  await programmeDay();
  world.moveTo('2026-12-01');
  const { failures, ...done } = await runProgrammeDay(world.portal);
  expect(failures.map(({ message }) => message)).toEqual([
    'contract 100003 had no order for 2026-11, which is over: it has one now',
  ]);
  expect(done).toMatchObject({ made: 3 });
  expect(await statuses('contract-2', ...ALL)).toEqual({ '2026-11': 'PENDING_SP', '2026-12': 'NOT_OPEN' });
  expect(await programmeDay()).toEqual(NOTHING);
});

test('a month that was closed without an order is told of, and the contract goes on after it', async () => {
  await addActive('contract-1');
  await programmeDay();
  // The job is away while December is closed.
  await world.portal.billingOrders.freeze(period('2026-12'), '2026-12-1');
  world.moveTo('2027-01-12');
  const { failures } = await runProgrammeDay(world.portal);
  expect(failures.map(({ message }) => message)).toEqual([
    'contract number-of-contract-1 had no order for 2026-12, which is over: the period is frozen, so it is not billed',
  ]);
  expect(await statuses('contract-1', ...ALL)).toEqual({ '2026-11': 'PENDING_SP', '2027-01': 'NOT_OPEN' });
  expect(await programmeDay()).toEqual(NOTHING);
});

test("one contract's failure stops nothing but itself, and is made good when it is mended", async () => {
  await addActive('contract-1');
  await addActive('contract-2');
  await programmeDay();
  world.moveTo('2027-01-01');
  const { portal } = world;
  const broken = {
    ...portal,
    contracts: {
      ...portal.contracts,
      getMany: async (ids: readonly string[]) => {
        if (ids.includes('contract-1')) throw new Error('it can not be read');
        return portal.contracts.getMany(ids);
      },
    },
  };
  const { failures } = await runProgrammeDay(broken);
  expect(failures.length).toBeGreaterThan(0);
  expect(await statuses('contract-2', ...ALL)).toEqual({
    '2026-11': 'PENDING_SP',
    '2026-12': 'PENDING_SP',
    '2027-01': 'NOT_OPEN',
  });
  expect(await programmeDay()).toMatchObject({ made: 2, opened: 0 });
  expect(await statuses('contract-1', ...ALL)).toEqual(await statuses('contract-2', ...ALL));
});
