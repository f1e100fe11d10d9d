import { CanonicalInvoiceSchema } from '../../lambdas/documents/canonical-invoice.ts';
import { type CanonicalValue, canonicalJson } from '../../lambdas/documents/canonical-json.ts';
import { period } from '../../lambdas/domain/calendar/period.ts';
import { tablePorts } from '../../lambdas/runtime/table-ports.ts';
import { PortalError } from '../../lambdas/use-cases/errors.ts';
import { importProgramme } from '../../lambdas/use-cases/import-programme.ts';
import { relayOutbox } from '../../lambdas/use-cases/relay-outbox.ts';
import { type StartMode, startClose } from '../../lambdas/use-cases/start-close.ts';
import { seededRandom } from '../random.ts';
import { checkEndState } from './check-end-state.ts';
import { type CloseProgramme, closeProgramme, type Shape } from './close-programme.ts';
import type { Incident } from './gate.ts';
import { type RivalWriters, rivalWriters } from './rival-writers.ts';
import { type LifePlan, planOfSeed } from './seed-conditions.ts';
import { type StoredState, storedState } from './stored-state.ts';
import { type Conditions, type Life, openLife, openWorld, type World } from './world.ts';

/** What became of a seed: nothing wrong is an empty list. */
export type SeedOutcome = {
  seed: number;
  problems: readonly string[];
  /** How often each kind of weather has happened. */
  happened: Readonly<Record<string, number>>;
  /** What has happened, in order. */
  trace: readonly string[];
};

const PERIOD = period('2026-10');
const CUTOFF = new Date('2026-11-10T02:00:00Z');
const STARTS_A_LIFE = 3;
const FAIR_RUNS = 3;

/** An undisturbed close of a programme: what every disturbed one must come to. */
type Undisturbed = { calls: number; invoices: Map<string, string> };

const undisturbed = new Map<string, Promise<Undisturbed>>();

/** Closes a programme in the weather of a seed, then checks everything that must hold. */
export async function runSeed(seed: number): Promise<SeedOutcome> {
  const plan = planOfSeed(seed);
  const reference = await referenceOf(plan.shape);
  const programme = closeProgramme(PERIOD, plan.shape);
  const world = await worldOf(programme);
  const rivals = rivalWriters(world, programme.orders.map(({ order }) => order.id), seededRandom(seed).fork('rivals'));
  const happened: Record<string, number> = {};
  const trace: string[] = [];
  for (const [index, life] of plan.lives.entries()) {
    trace.push(`life ${index + 1}`);
    const lived = await live(world, conditionsOf(life, reference.calls), rivals, life.startsTwice);
    trace.push(...lived.trace);
    for (const [kind, count] of Object.entries(lived.happened())) happened[kind] = (happened[kind] ?? 0) + count;
  }
  trace.push('fair weather');
  await endFairly(world, trace);
  Object.assign(happened, { 'rival write taken': rivals.outcomes.taken, 'rival write refused': rivals.outcomes.refused });
  const problems = await problemsOf(world, programme, reference, rivals, happened);
  const runs = (await storedState(world)).runs.map(
    ({ name, status, failure, report }) =>
      `run ${name}: ${status} ${failure ? `${failure.code}: ${failure.message}` : ''}${report ? `${report.invoices} invoices, failed ${report.failed.map((f) => f.code)}` : ''}`,
  );
  await world.close();
  return { seed, problems, happened, trace: [...trace, ...runs] };
}

async function worldOf(programme: CloseProgramme): Promise<World> {
  const world = await openWorld(CUTOFF);
  await importProgramme(tablePorts(world.table), programme);
  return world;
}

function referenceOf(shape: Shape): Promise<Undisturbed> {
  const key = JSON.stringify(shape);
  const known = undisturbed.get(key) ?? closeUndisturbed(shape);
  undisturbed.set(key, known);
  return known;
}

async function closeUndisturbed(shape: Shape): Promise<Undisturbed> {
  const programme = closeProgramme(PERIOD, shape);
  const world = await worldOf(programme);
  const life = openLife(world, { seed: 1 });
  await startClose(life.portal, { period: PERIOD, mode: 'SCHEDULED', now: CUTOFF });
  await life.settled();
  const stored = await storedState(world);
  const problems = checkEndState({ stored, ...world }, { unbillable: programme.unbillable, mayRepeatMails: false });
  if (problems.length > 0) throw new Error(`an undisturbed close goes wrong: ${problems.join('; ')}`);
  await world.close();
  return { calls: life.gate.calls(), invoices: invoicesOf(world, stored) };
}

/** The canonical JSON of every invoice, by its order. */
function invoicesOf(world: World, stored: StoredState): Map<string, string> {
  return new Map(
    stored.invoices.map(({ source, usagePeriod, aggregatorId, number }) => {
      const bytes = world.documents.contents.get(`invoices/${usagePeriod}/${aggregatorId}/${number}.json`);
      return [source.id, new TextDecoder().decode(bytes)];
    }),
  );
}

type Besides = Record<'startAgain' | 'startOverRunning' | 'approve' | 'report', () => Promise<unknown>>;
type PlannedIncidents = (besides: Besides, keep: (beside: Promise<unknown>) => void) => Incident[];

function conditionsOf(life: LifePlan, calls: number): Conditions & { planned: PlannedIncidents } {
  return {
    ...life.conditions,
    planned: (besides, keep) =>
      life.incidents.map(({ part, happens }) => ({
        call: 1 + Math.floor(part * calls),
        happens:
          happens === 'crashBefore' || happens === 'crashAfter' ? happens : () => keep(besides[happens]()),
      })),
  };
}

/** One life of the portal: starts the close, or the next run of it, until it has died or nothing more is to be done. */
async function live(
  world: World,
  conditions: Conditions & { planned: PlannedIncidents },
  rivals: RivalWriters,
  startsTwice: boolean,
): Promise<Life> {
  const running: Promise<unknown>[] = [];
  const besides: Besides = {
    startAgain: () => start(life, 'REDRIVE'),
    startOverRunning: () => {
      for (const name of world.executions.keys()) world.executions.set(name, 'ENDED');
      return start(life, 'REDRIVE');
    },
    approve: rivals.approve,
    report: rivals.report,
  };
  const incidents = conditions.planned(besides, (beside) => running.push(beside));
  const life: Life = openLife(world, { ...conditions, incidents });
  for (let attempt = 0; attempt < STARTS_A_LIFE && !life.gate.isDead(); attempt++) {
    const mode = attempt === 0 && world.executions.size === 0 ? 'SCHEDULED' : 'REDRIVE';
    await Promise.all([start(life, mode), ...(startsTwice ? [start(life, mode)] : [])]);
    await life.settled();
    await Promise.all(running);
    await life.settled();
  }
  return life;
}

/** Starts a close as somebody would who reads the answer: refusals and failures are all right. */
async function start(life: Life, mode: StartMode): Promise<void> {
  try {
    await startClose(life.portal, { period: PERIOD, mode, now: life.portal.clock() });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
}

/** In fair weather a close comes to its end, and the relay empties the outbox. */
async function endFairly(world: World, trace: string[]): Promise<void> {
  const life = openLife(world, { seed: 1 });
  for (let run = 0; run < FAIR_RUNS; run++) {
    try {
      const request = { period: PERIOD, now: life.portal.clock() };
      const close = await life.portal.closes.get(PERIOD);
      await startClose(life.portal, { ...request, mode: close ? 'REDRIVE' : 'SCHEDULED' });
      await life.settled();
    } catch (error) {
      if (!(error instanceof PortalError)) throw error;
      trace.push(`refused: ${error.code}`);
      break;
    }
  }
  await relayOutbox(life.portal);
}

async function problemsOf(
  world: World,
  programme: CloseProgramme,
  reference: Undisturbed,
  rivals: RivalWriters,
  happened: Readonly<Record<string, number>>,
): Promise<string[]> {
  const stored = await storedState(world);
  const mayRepeatMails = REPEAT_MAILS.some((kind) => (happened[kind] ?? 0) > 0);
  return [
    ...checkEndState({ stored, ...world }, { unbillable: programme.unbillable, mayRepeatMails }),
    ...differencesOf(invoicesOf(world, stored), reference.invoices, rivals, stored),
  ];
}

const REPEAT_MAILS = ['crash', 'answerLost', 'failed', 'late', 'database answerLost', 'database throttled', 'database conflict', 'database serverError', 'taskAnswerLost'];

/** Invoices that are not byte for byte those of the undisturbed close. */
function differencesOf(
  found: ReadonlyMap<string, string>,
  undisturbed: ReadonlyMap<string, string>,
  rivals: RivalWriters,
  { reservations }: StoredState,
): string[] {
  // Numbers follow the canonical order of what is numbered together: only if all were are they the same.
  const sameNumbers = reservations.length === 1;
  const compared = (text: string | undefined) => (sameNumbers || text === undefined ? text : withoutNumber(text));
  const orders = [...undisturbed.keys()].filter((order) => !rivals.reported.has(order));
  return orders
    .filter((order) => compared(found.get(order)) !== compared(undisturbed.get(order)))
    .map((order) => `the invoice of order ${order} is not that of the undisturbed close`);
}

function withoutNumber(text: string): string {
  const { number: _number, ...rest } = CanonicalInvoiceSchema.parse(JSON.parse(text));
  return canonicalJson(rest as CanonicalValue);
}
