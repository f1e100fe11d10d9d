import { addMonths, type Period, period } from '../../lambdas/domain/calendar/period.ts';
import { formatQuantity } from '../../lambdas/domain/numbers/amounts.ts';
import { tablePorts } from '../../lambdas/runtime/all-ports.ts';
import { PortalError } from '../../lambdas/use-cases/errors.ts';
import { importProgramme } from '../../lambdas/use-cases/import-programme.ts';
import { relayOutbox } from '../../lambdas/use-cases/relay-outbox.ts';
import { runContractDay } from '../../lambdas/use-cases/run-contract-day.ts';
import { type StartMode, startClose } from '../../lambdas/use-cases/start-close.ts';
import { seededRandom } from '../random.ts';
import { checkEndState, usageByMonth } from './check-end-state.ts';
import { type CloseProgramme, closeProgramme, type Shape } from './close-programme.ts';
import { canonicalInvoices, differentInvoices } from './compare-invoices.ts';
import type { Incident } from './gate.ts';
import { type RivalWriters, rivalWriters } from './rival-writers.ts';
import { type Beside, type LifePlan, planOfSeed } from './seed-conditions.ts';
import { storedState } from './stored-state.ts';
import { type Life, openLife, openWorld, TABLE_NAME, type World } from './world.ts';

/** What became of a seed: nothing wrong is an empty list. */
export type SeedOutcome = {
  seed: number;
  problems: readonly string[];
  /** How often each kind of weather has happened. */
  happened: Readonly<Record<string, number>>;
  /** What has happened, in order, and how each run of the close ended. */
  trace: readonly string[];
};

const PERIOD = period('2026-10');
const MONTH_BEFORE = addMonths(PERIOD, -1);
const CUTOFF = new Date('2026-11-10T02:00:00Z');
const STARTS_A_LIFE = 3;
const FAIR_SEED = 1;

// Messages that a close has under way at a time: a crash, or a pause that outlasts their claims, may repeat all of them.
const MAILS_AT_ONCE = 4;

/** How many mails may go out a second time: whoever sent them could not say so. */
function mailCopies(happened: Readonly<Record<string, number>>): number {
  const { crash = 0, late = 0, answerLost = 0, 'database given up': givenUp = 0 } = happened;
  return (crash + late) * MAILS_AT_ONCE + answerLost + givenUp;
}

/** Closes a programme in the weather of a seed, then in fair weather, and checks everything that must hold. */
export async function runSeed(seed: number): Promise<SeedOutcome> {
  const { shape, lives } = planOfSeed(seed);
  const undisturbed = await undisturbedOf(shape);
  const programme = closeProgramme(PERIOD, shape);
  const world = await worldOf(programme);
  const orderIds = programme.orders.map(({ order }) => order.id);
  const rivals = rivalWriters(world, orderIds, seededRandom(seed).fork('rivals'));
  const happened: Record<string, number> = {};
  const trace: string[] = [];
  for (const [index, plan] of lives.entries()) {
    const life = await live(world, { shape, plan }, rivals, undisturbed.calls, happened);
    trace.push(`life ${index + 1}, of the ${plan.closes}`, ...life.trace);
    addTo(happened, life.happened());
    // The month before comes first, or its orders would draw on prepayments after those of this one.
    if (plan.closes === 'month before' && (await isNew(world, MONTH_BEFORE)))
      await closeFairly(world, shape, [MONTH_BEFORE], trace);
  }
  addTo(happened, { 'rival write taken': rivals.outcomes.taken, 'rival write refused': rivals.outcomes.refused });
  trace.push('fair weather');
  await closeFairly(world, shape, (await isNew(world, MONTH_BEFORE)) ? [PERIOD] : [MONTH_BEFORE, PERIOD], trace);
  const stored = await storedState(world.database, TABLE_NAME);
  const problems = [
    ...checkEndState(
      { ...world, stored, documents: world.documents.contents },
      { unbillable: programme.unbillable, mailCopies: mailCopies(happened), usage: usageOf(programme, rivals) },
    ),
    ...differentInvoices(canonicalInvoices(stored, world.documents.contents), undisturbed.invoices, {
      sameNumbers: !shape.earlier && stored.reservations[0]?.count === undisturbed.invoices.size,
      changed: changedBy(rivals, programme, shape),
    }),
  ];
  await world.close();
  const ends = stored.runs.map(({ name, status, failure, report }) =>
    [`run ${name} ${status}`, failure?.code, failure?.message, report && `${report.invoices} invoices`].join(' '),
  );
  return { seed, problems, happened, trace: [...trace, ...ends] };
}

/** Usage of the months that nobody has added to. */
function usageOf({ orders }: CloseProgramme, { reported }: RivalWriters): Map<string, string> {
  const touched = new Set(orders.flatMap(({ order }) => (reported.has(order.id) ? order.contractId : [])));
  const untouched = orders.filter(({ order }) => !touched.has(order.contractId));
  return usageByMonth(
    untouched.map(({ order: { contractId }, lines }) => ({
      contractId,
      lines: lines.map((line) => ({ usagePeriod: line.usagePeriod, quantity: formatQuantity(line.quantity) })),
    })),
  );
}

/** Orders whose invoices may be others than in an undisturbed close; what is held back depends on how far an order has come. */
function changedBy(
  { reported, approved }: RivalWriters,
  { orders }: CloseProgramme,
  { cutoffPolicy }: Shape,
): Set<string> {
  if (cutoffPolicy !== 'billMinimumCommit') return reported;
  const touched = new Set(
    orders.flatMap(({ order }) => (reported.has(order.id) || approved.has(order.id) ? order.contractId : [])),
  );
  return new Set(orders.flatMap(({ order }) => (touched.has(order.contractId) ? order.id : [])));
}

async function worldOf(programme: CloseProgramme): Promise<World> {
  const world = await openWorld(CUTOFF);
  await importProgramme({ ...tablePorts(world.table), documents: world.documents }, programme);
  return world;
}

/** What an undisturbed close of a programme comes to, and every disturbed one must. */
type Undisturbed = { calls: number; invoices: ReadonlyMap<string, string> };

const known = new Map<string, Promise<Undisturbed>>();

function undisturbedOf(shape: Shape): Promise<Undisturbed> {
  const key = JSON.stringify(shape);
  const found = known.get(key) ?? closeUndisturbed(shape);
  known.set(key, found);
  return found;
}

async function closeUndisturbed(shape: Shape): Promise<Undisturbed> {
  const programme = closeProgramme(PERIOD, shape);
  const world = await worldOf(programme);
  const life = openLife(world, { seed: FAIR_SEED, cutoffPolicy: shape.cutoffPolicy });
  for (const of of shape.earlier ? [MONTH_BEFORE, PERIOD] : [PERIOD]) {
    await startClose(life.portal, { period: of, mode: 'SCHEDULED', now: CUTOFF });
    await life.settled();
  }
  const stored = await storedState(world.database, TABLE_NAME);
  const problems = checkEndState(
    { ...world, stored, documents: world.documents.contents },
    { unbillable: programme.unbillable, mailCopies: 0 },
  );
  if (problems.length > 0) throw new Error(`an undisturbed close goes wrong: ${problems.join('; ')}`);
  await world.close();
  return { calls: life.gate.calls(), invoices: canonicalInvoices(stored, world.documents.contents) };
}

/** One life of the portal: starts a close, or the next run of it, until that has come to an end or the process has died. */
async function live(
  world: World,
  { shape, plan }: { shape: Shape; plan: LifePlan },
  rivals: RivalWriters,
  calls: number,
  happened: Record<string, number>,
): Promise<Life> {
  const of = plan.closes === 'period' ? PERIOD : MONTH_BEFORE;
  const beside: Promise<unknown>[] = [];
  const doing: Record<Beside, () => Promise<unknown>> = {
    startAgain: () => start(life, of, 'REDRIVE'),
    startOverRunning: () => startOver(world, life, of),
    startEarlier: () => startOver(world, life, MONTH_BEFORE),
    approve: rivals.approve,
    report: rivals.report,
    // What it can't do now it does at its next round.
    contractDay: () => runContractDay(life.portal).catch(() => undefined),
  };
  const incidents = plan.incidents.map(({ part, happens }): Incident => {
    const call = 1 + Math.floor(part * calls);
    if (happens === 'crashBefore' || happens === 'crashAfter') return { call, happens };
    const begin = () => {
      addTo(happened, { [happens]: 1 });
      beside.push(doing[happens]());
    };
    return { call, happens: begin };
  });
  const life: Life = openLife(world, { ...plan.conditions, incidents, cutoffPolicy: shape.cutoffPolicy });
  for (let attempt = 0; attempt < STARTS_A_LIFE && !life.gate.isDead(); attempt++) {
    const mode = await modeFor(world, of);
    const starts = [start(life, of, mode), ...(plan.startsTwice ? [start(life, of, mode)] : [])];
    const outcomes = await Promise.all(starts);
    await life.settled();
    await Promise.all(beside);
    await life.settled();
    if (outcomes.includes('REFUSED') || (await hasEnded(world, of))) break;
  }
  return life;
}

const isNew = async (world: World, of: Period): Promise<boolean> => !(await tablePorts(world.table).closes.get(of));

const modeFor = async (world: World, of: Period): Promise<StartMode> =>
  (await isNew(world, of)) ? 'SCHEDULED' : 'REDRIVE';

/** Starts a close as somebody would who reads the answer. */
async function start(life: Life, of: Period, mode: StartMode): Promise<'STARTED' | 'REFUSED' | 'FAILED'> {
  try {
    await startClose(life.portal, { period: of, mode, now: life.portal.clock() });
    return 'STARTED';
  } catch (error) {
    return error instanceof PortalError ? 'REFUSED' : 'FAILED';
  }
}

/** Starts the next run of a close while it believes that the running one has ended: both go on. */
async function startOver(world: World, life: Life, of: Period): Promise<unknown> {
  for (const name of world.executions.keys()) world.executions.set(name, 'ENDED');
  return start(life, of, await modeFor(world, of));
}

async function hasEnded(world: World, of: Period): Promise<boolean> {
  const { closes } = tablePorts(world.table);
  const close = await closes.get(of);
  const run = close && (await closes.run(of, `${of}-${close.currentRun}`));
  return run?.status === 'SUCCEEDED';
}

/** In fair weather one more run brings each close to its end, and the relay empties the outbox. */
async function closeFairly(
  world: World,
  { cutoffPolicy }: Shape,
  periods: readonly Period[],
  trace: string[],
): Promise<void> {
  const life = openLife(world, { seed: FAIR_SEED, cutoffPolicy });
  for (const of of periods) {
    const end = await start(life, of, await modeFor(world, of));
    await life.settled();
    trace.push(`the close of ${of} in fair weather: ${end}`);
  }
  await relayOutbox(life.portal);
}

function addTo(counts: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [kind, count] of Object.entries(more)) counts[kind] = (counts[kind] ?? 0) + count;
}
