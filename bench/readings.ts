/**
 * Measures readings through HTTP in a process of its own: the virtual machines of a trace as power-on intervals of 50
 * meters, uploaded in zipped batches to the local server, filled into the orders, and all uploaded again three times at
 * once. `node bench/readings.ts <trace.csv.gz>` prints one JSON text.
 */
import { period } from '../lambdas/domain/calendar/period.ts';
import { meterRequests } from '../local/dynamodb/meter.ts';
import type { RequestHandler } from '../local/dynamodb/request-handler.ts';
import { openLocalPortal } from '../local/local-portal.ts';
import { openReadingsProgramme } from '../local/readings-programme.ts';
import { countedObjects, databaseTotals, type Meter } from './counted.ts';
import { benchFolder } from './folder.ts';

export type ReadingsMeasure = {
  readings: number;
  /** Reading the trace and making batches of it is not counted. */
  uploadSeconds: number;
  fillSeconds: number;
  /** All of it three times more, at once. */
  againSeconds: number;
  /** Quantities of the orders are those that metering the trace itself gives, before and after. */
  isExact: boolean;
  /** Requests of the first upload and of filling the orders in. */
  requests: { writeUnits: number; readUnits: number; puts: number; gets: number; uploads: number };
};

const PROVIDERS = 50;
const OCTOBER = period('2026-10');
const now = () => new Date('2026-11-02T02:00:00Z');

async function measure(file: string): Promise<ReadingsMeasure> {
  const folder = await benchFolder();
  const meters: Meter[] = [];
  const around = (handler: RequestHandler): RequestHandler => {
    const meter = meterRequests(handler);
    meters.push(meter);
    return meter.handler;
  };
  const local = await openLocalPortal({ folder: folder.path, clock: now, around });
  const objects = { puts: 0, gets: 0, lists: 0 };
  local.portal.documents = { ...local.portal.documents, ...countedObjects(local.portal.documents, objects) };
  const programme = await openReadingsProgramme(local, { file, period: OCTOBER, providers: PROVIDERS });
  try {
    const before = databaseTotals(meters);
    const putsBefore = { ...objects };
    const started = performance.now();
    await programme.upload();
    const uploaded = performance.now();
    await programme.fill();
    const filled = performance.now();
    const after = databaseTotals(meters);
    const requests = {
      writeUnits: after.writeUnits - before.writeUnits,
      readUnits: after.readUnits - before.readUnits,
      puts: objects.puts - putsBefore.puts,
      gets: objects.gets - putsBefore.gets,
      uploads: programme.uploads,
    };
    const isExactFirst = await programme.isExact();
    const beginning = performance.now();
    await Promise.all([programme.upload(), programme.upload(), programme.upload()]);
    await programme.fill();
    const ended = performance.now();
    return {
      readings: programme.readings,
      uploadSeconds: (uploaded - started) / 1000,
      fillSeconds: (filled - uploaded) / 1000,
      againSeconds: (ended - beginning) / 1000,
      isExact: isExactFirst && (await programme.isExact()),
      requests,
    };
  } finally {
    await programme.close();
    await local.close();
    await folder.remove();
  }
}

const [file] = process.argv.slice(2);
if (!file) throw new Error('name the trace');
process.stdout.write(`${JSON.stringify(await measure(file))}\n`);
