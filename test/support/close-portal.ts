import { period } from '../../lambdas/domain/calendar/period.ts';
import type { CloseRun } from '../../lambdas/domain/close/run.ts';
import { EVENTS } from '../../lambdas/manifest/events.ts';
import { whole } from '../../lambdas/runtime/compose.ts';
import { parseLines } from '../../lambdas/use-cases/bytes.ts';
import { importProgramme, type Programme } from '../../lambdas/use-cases/import-programme.ts';
import { issueBatch } from '../../lambdas/use-cases/issue-batch.ts';
import { numberDocuments } from '../../lambdas/use-cases/number-documents.ts';
import { planRun } from '../../lambdas/use-cases/plan-run.ts';
import type { PortalEvent } from '../../lambdas/use-cases/ports/messages.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { rateBatch } from '../../lambdas/use-cases/rate-batch.ts';
import { reconcileRun } from '../../lambdas/use-cases/reconcile-run.ts';
import { type RunParty, RunPartySchema, runFiles } from '../../lambdas/use-cases/run-files.ts';
import { numberedRows, plannedContracts } from '../../lambdas/use-cases/run-outcome.ts';
import { type StartMode, startClose } from '../../lambdas/use-cases/start-close.ts';
import { openCloseMachine } from '../../local/close-machine.ts';
import { openMemoryObjects } from '../../local/memory-objects.ts';
import { seededRandom } from '../../local/random.ts';
import { closeProgramme, type Shape } from '../../local/simulation/close-programme.ts';
import { type StoredState, storedState } from '../../local/simulation/stored-state.ts';
import type { ExecutionEvent, ExecutionResult } from '../../local/state-machine/types.ts';
import { writerInto } from './document-writer.ts';
import { openPortalParts, TABLE_NAME } from './portal-parts.ts';
import { createVirtualClock } from './virtual-clock.ts';

export const OCTOBER = period('2026-10');
export const SEPTEMBER = period('2026-09');
export const PLAIN: Shape = { contracts: 8, unpriced: false, mismatch: false, earlier: false, tracks: 'RENTAL' };

/** A portal over a database in memory, whose executions only run when the test says so. */
export type ClosePortal = Awaited<ReturnType<typeof openClosePortal>>;

/**
 * @param shape what the programme of October is made of; absent: none at all
 * @param client see openPortalParts
 */
export async function openClosePortal(shape?: Shape, client?: { sdk: boolean }) {
  const { database, table, clock, parts } = await openPortalParts(client);
  const documents = openMemoryObjects();
  const workFiles = openMemoryObjects();
  const executions = new Map<string, 'RUNNING' | 'ENDED'>();
  const mails: { reference: string; to: string; subject: string }[] = [];
  const events: PortalEvent[] = [];
  const withoutLinks = {
    ...documents,
    link: async () => {
      throw new Error('no links here');
    },
  };
  const joined: Partial<Portal> = {
    ...parts,
    documents: withoutLinks,
    documentWriter: writerInto({ documents: withoutLinks }),
    workFiles,
    executions: {
      start: async (name) => {
        if (!executions.has(name)) executions.set(name, 'RUNNING');
      },
      status: async (name) => executions.get(name) ?? 'UNKNOWN',
      progress: async () => [],
    },
    eventBus: {
      publish: async (published) => {
        for (const event of published) EVENTS[event.type].detail.parse(event.detail);
        events.push(...published);
        return [];
      },
    },
    mailer: {
      send: async (message, reference) => {
        mails.push({ reference, to: message.to[0]?.address ?? '', subject: message.subject });
      },
    },
  };
  const portal = whole(joined);
  const programme = shape && closeProgramme(OCTOBER, shape);
  if (programme) await importProgramme(portal, programme);

  return {
    portal,
    database,
    table,
    clock,
    documents: documents.contents,
    workFiles: workFiles.contents,
    executions,
    mails,
    events,
    programme: programme as NonNullable<typeof programme>,
    add: (more: Programme) => importProgramme(portal, more),
    start: (mode: StartMode, of = OCTOBER) => startClose(portal, { period: of, mode, now: clock.time }),
    stored: (): Promise<StoredState> => storedState(database, TABLE_NAME),
    /** Removes an item past all stores. */
    remove: (key: { pk: string; sk: string }) => table.deleteAll([key]),
    /** Says that the execution of a run has died. */
    died: (run: CloseRun) => executions.set(run.name, 'ENDED'),
    close: () => database.close(),
  };
}

/** The steps of a run one after the other, up to and with the one named. */
export async function goThrough(
  portal: Portal,
  run: CloseRun,
  last: 'plan' | 'rate' | 'number' | 'issue' | 'reconcile',
): Promise<void> {
  await portal.billingOrders.freeze(run.period, run.name);
  await planRun(portal, run);
  if (last === 'plan') return;
  await rateBatch(portal, run, await plannedContracts(portal, run));
  if (last === 'rate') return;
  await numberDocuments(portal, run);
  if (last === 'number') return;
  await issueBatch(portal, run, await numberedRows(portal, run));
  if (last === 'issue') return;
  await reconcileRun(portal, run);
}

/** The parties that a reconciled run settles with and tells. */
export async function partiesOf(portal: Portal, run: CloseRun): Promise<RunParty[]> {
  return parseLines(RunPartySchema, (await portal.workFiles.get(runFiles.parties(run.name))) as Uint8Array);
}

/** A portal of which some parts are others. */
export const withParts = (portal: Portal, parts: Partial<Portal>): Portal =>
  new Proxy(portal, { get: (target, name) => Reflect.get(parts, name) ?? Reflect.get(target, name) });

/** Runs the deployed state machine of a claimed run to its end, on a clock that waits for nothing. */
export async function executeRun(
  opened: Pick<ClosePortal, 'portal' | 'clock' | 'died'>,
  run: CloseRun,
  portal: Portal = opened.portal,
): Promise<{ result: ExecutionResult; states: string[] }> {
  const clock = createVirtualClock(opened.clock.time.toISOString());
  const timed = withParts(portal, { clock: clock.now });
  const runner = openCloseMachine(timed, { clock, random: seededRandom(1).next, batchSize: 3 });
  const states: string[] = [];
  const onEvent = (event: ExecutionEvent) => {
    if (event.type === 'StateEntered') states.push(event.state);
  };
  const result = await runner.start({ name: run.name, input: run, onEvent });
  opened.died(run);
  return { result, states };
}
