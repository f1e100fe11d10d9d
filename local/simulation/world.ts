import type { PdfRenderer } from '../../lambdas/documents/forms.ts';
import { createPdfRenderer } from '../../lambdas/documents/pdf-renderer.ts';
import type { CutoffPolicy } from '../../lambdas/domain/calendar/programme-calendar.ts';
import { tablePorts } from '../../lambdas/runtime/all-ports.ts';
import { whole } from '../../lambdas/runtime/compose.ts';
import { loadFonts } from '../../lambdas/runtime/fonts.ts';
import { openDocumentWriter } from '../../lambdas/stores/document-writer.ts';
import { openTable, type Table } from '../../lambdas/stores/table.ts';
import type { PortalEvent } from '../../lambdas/use-cases/ports/messages.ts';
import type { Documents, WorkFiles } from '../../lambdas/use-cases/ports/objects.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { openCloseMachine } from '../close-machine.ts';
import { openLocalClient } from '../dynamodb/client.ts';
import { type RequestHandler, requestHandler } from '../dynamodb/request-handler.ts';
import { type LocalDynamoDb, startDynamoDb } from '../dynamodb/server.ts';
import { tableInput } from '../dynamodb/table-input.ts';
import { type Weather as DatabaseWeather, type WeatherKind, withWeather } from '../dynamodb/weather.ts';
import { openMemoryObjects } from '../memory-objects.ts';
import { seededRandom } from '../random.ts';
import { LOCAL_SETTINGS } from '../settings.ts';
import type { Weather as MachineWeather } from '../state-machine/types.ts';
import { type CallWeather, type Gate, type Incident, openGate, type Place } from './gate.ts';
import { openVirtualClock } from './virtual-clock.ts';

export type MemoryObjects = ReturnType<typeof openMemoryObjects>;

/** A mail that has gone out. */
export type SentMail = { reference: string; message: unknown };

/** What outlives every process of the portal: what is stored, what was sent, and the time. */
export type World = {
  database: LocalDynamoDb;
  documents: MemoryObjects;
  workFiles: MemoryObjects;
  mails: SentMail[];
  events: PortalEvent[];
  executions: Map<string, 'RUNNING' | 'ENDED'>;
  time: { now: number };
  ids: { made: number };
  /** The table without weather, for what isn't the portal's own doing. */
  table: Table;
  close(): Promise<void>;
};

/** The conditions that a process of the portal lives in. */
export type Conditions = {
  seed: number;
  database?: Omit<DatabaseWeather, 'seed' | 'crash'>;
  calls?: CallWeather;
  machine?: MachineWeather;
  incidents?: readonly Incident[];
  /** Items in a batch of the state machine's maps. @default as deployed */
  batchSize?: number;
  /** @default the portal's own */
  pdf?: PdfRenderer;
  /** @default billAsReported */
  cutoffPolicy?: CutoffPolicy | undefined;
};

/** One process of the portal. */
export type Life = {
  portal: Portal;
  gate: Gate;
  /** Waits until every execution that was started in this life has ended, or died with it, and nothing is under way. */
  settled(): Promise<void>;
  /** How often each kind of weather has happened. */
  happened(): Record<string, number>;
  trace: readonly string[];
};

const QUIET_TURNS = 5;

export const TABLE_NAME = 'simulated';

export async function openWorld(start: Date): Promise<World> {
  const database = await startDynamoDb({ inProcess: true });
  await database.execute('CreateTable', tableInput(TABLE_NAME));
  return {
    database,
    documents: openMemoryObjects(),
    workFiles: openMemoryObjects(),
    mails: [],
    events: [],
    executions: new Map(),
    time: { now: start.getTime() },
    ids: { made: 0 },
    table: openTable(openLocalClient(database.requestHandler), TABLE_NAME),
    close: () => database.close(),
  };
}

/** Begins a process of the portal on what is stored. An execution that an earlier one has left running is dead. */
export function openLife(world: World, conditions: Conditions): Life {
  const { seed, batchSize, cutoffPolicy = LOCAL_SETTINGS.calendar.cutoffPolicy } = conditions;
  const random = seededRandom(seed);
  const clock = openVirtualClock(world.time);
  const counts: Record<string, number> = {};
  const trace: string[] = [];
  const note = (kind: string, text: string) => {
    counts[kind] = (counts[kind] ?? 0) + 1;
    trace.push(`${kind}: ${text}`);
  };
  const gate = openGate({
    random: random.fork('calls'),
    clock,
    weather: conditions.calls ?? {},
    incidents: conditions.incidents ?? [],
    note,
  });
  for (const name of world.executions.keys()) world.executions.set(name, 'ENDED');

  const databaseSeed = random.fork('database').int(2 ** 32);
  const database = withWeather(world.database.requestHandler, { ...conditions.database, seed: databaseSeed });
  const client = openLocalClient(through(gate, database.handler), (action) => note('database given up', action));
  const pauses = random.fork('pauses');
  const table = openTable(client, TABLE_NAME, (attempt) => clock.sleep(pauses.int(25 * 2 ** Math.min(attempt, 6))));

  const executions: Promise<unknown>[] = [];
  const documents = { ...objects(gate, 'documents', world.documents), link: noLink };
  const parts: Partial<Portal> = {
    settings: { ...LOCAL_SETTINGS, calendar: { ...LOCAL_SETTINGS.calendar, cutoffPolicy } },
    clock: clock.now,
    newId: () => `id-${++world.ids.made}`,
    ...tablePorts(table),
    documents,
    documentWriter: openDocumentWriter({ documents }, conditions.pdf ?? createPdfRenderer(loadFonts())),
    workFiles: objects(gate, 'workFiles', world.workFiles),
    executions: {
      start: (name, input) =>
        gate.pass('executions', `start ${name}`, async () => {
          if (world.executions.has(name)) return;
          world.executions.set(name, 'RUNNING');
          const end = runner.start({ name, input }).finally(() => world.executions.set(name, 'ENDED'));
          // A crash is the end of the process's part in it; nobody is left to be told.
          executions.push(end.catch(() => undefined));
        }),
      status: (name) =>
        gate.pass('executions', `status of ${name}`, async () => world.executions.get(name) ?? 'UNKNOWN'),
      progress: async () => [],
    },
    eventBus: {
      publish: (events) =>
        gate.pass('bus', `publish ${events.length}`, async () => {
          world.events.push(...events);
          return [];
        }),
    },
    mailer: {
      send: (message, reference) =>
        gate.pass('mail', reference, async () => {
          world.mails.push({ reference, message });
        }),
    },
  };
  const portal = whole(parts);
  const chance = random.fork('machine');
  const runner = openCloseMachine(portal, {
    clock,
    random: chance.next,
    ...(conditions.machine && {
      weather: { ...conditions.machine, onHappened: (kind: string) => note(kind, 'by the state machine') },
    }),
    ...(batchSize !== undefined && { batchSize }),
  });

  return {
    portal,
    gate,
    trace,
    settled: async () => {
      // A step that was given up on goes on: it has ended when it makes no more calls.
      for (let quiet = 0; quiet < QUIET_TURNS; quiet++) {
        const known = executions.length;
        await Promise.all(executions);
        await new Promise((resolve) => setImmediate(resolve));
        if (gate.underWay() > 0 || executions.length > known) quiet = 0;
      }
    },
    happened: () => ({ ...counts, ...namedAsDatabase(database.happened()) }),
  };
}

const noLink: Documents['link'] = async () => {
  throw new Error('the close makes no links');
};

function namedAsDatabase(happened: Record<WeatherKind, number>): Record<string, number> {
  const { crash: _never, ...rest } = happened;
  return Object.fromEntries(Object.entries(rest).map(([kind, count]) => [`database ${kind}`, count]));
}

function through(gate: Gate, handler: RequestHandler): RequestHandler {
  return requestHandler(async (request) => {
    const what = request.headers['x-amz-target']?.split('.')[1] ?? '';
    return gate.pass('database', what, async () => (await handler.handle(request)).response);
  });
}

function objects(gate: Gate, place: Place & ('documents' | 'workFiles'), store: MemoryObjects): WorkFiles {
  const all = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
    const found: Item[] = [];
    for await (const item of items) found.push(item);
    return found;
  };
  return {
    putOnce: (key, body, type) => gate.pass(place, `put ${key}`, () => store.putOnce(key, body, type)),
    get: (key) => gate.pass(place, `get ${key}`, () => store.get(key)),
    list: async function* (prefix) {
      yield* await gate.pass(place, `list ${prefix}`, () => all(store.list(prefix)));
    },
    lines: async function* (key) {
      yield* await gate.pass(place, `lines of ${key}`, () => all(store.lines(key)));
    },
  };
}
