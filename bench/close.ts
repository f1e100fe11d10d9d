/**
 * Measures one close on the local stack in a process of its own, so that its peak memory is its own:
 * `node bench/close.ts <orders> <lines> [mixed]` prints one JSON text; mixed: of all families, else of RENTAL.
 */
import { period } from '../lambdas/domain/calendar/period.ts';
import { importProgramme } from '../lambdas/use-cases/import-programme.ts';
import { startClose } from '../lambdas/use-cases/start-close.ts';
import { meterRequests } from '../local/dynamodb/meter.ts';
import type { RequestHandler } from '../local/dynamodb/request-handler.ts';
import { openLocalPortal } from '../local/local-portal.ts';
import { plainProgramme } from '../local/simulation/plain-programme.ts';
import { countedObjects, countedWriter, databaseTotals, type Meter } from './counted.ts';
import { benchFolder } from './folder.ts';

export type CloseMeasure = {
  orders: number;
  invoices: number;
  reconciled: boolean;
  seconds: number;
  /** Of the process that runs portal and database, import and close. */
  peakMemoryMb: number;
  requests: Counted;
};

/** Requests of the close alone. */
export type Counted = {
  writeUnits: number;
  readUnits: number;
  dynamoDb: number;
  puts: number;
  gets: number;
  lists: number;
  events: number;
  batches: number;
};

const USAGE_PERIOD = period('2026-10');
const now = () => new Date('2026-11-10T02:00:00Z');

async function measure(orders: number, lines: number, isMixed: boolean): Promise<CloseMeasure> {
  const folder = await benchFolder();
  const meters: Meter[] = [];
  const around = (handler: RequestHandler): RequestHandler => {
    const meter = meterRequests(handler);
    meters.push(meter);
    return meter.handler;
  };
  const local = await openLocalPortal({ folder: folder.path, clock: now, around });
  try {
    const size = { period: USAGE_PERIOD, contracts: orders, lines, cutOffEvery: 20 };
    await importProgramme(local.portal, plainProgramme({ ...size, ...(isMixed && { tracksFrom: 0 }) }));
    const objects = { puts: 0, gets: 0, lists: 0 };
    local.portal.documents = { ...local.portal.documents, ...countedObjects(local.portal.documents, objects) };
    local.portal.documentWriter = countedWriter(local.portal.documentWriter, objects);
    local.portal.workFiles = { ...local.portal.workFiles, ...countedObjects(local.portal.workFiles, objects) };
    const before = databaseTotals(meters);
    const started = performance.now();
    const run = await startClose(local.portal, { period: USAGE_PERIOD, mode: 'SCHEDULED', now: now() });
    await local.executions.wait(run.name);
    const seconds = (performance.now() - started) / 1000;
    const after = databaseTotals(meters);
    const report = (await local.portal.closes.run(USAGE_PERIOD, run.name))?.report;
    const invoices = report?.invoices ?? 0;
    return {
      orders,
      invoices,
      reconciled: report?.reconciled === true && report.failed.length === 0,
      seconds,
      peakMemoryMb: process.resourceUsage().maxRSS / 1024,
      requests: {
        writeUnits: after.writeUnits - before.writeUnits,
        readUnits: after.readUnits - before.readUnits,
        dynamoDb: after.requests - before.requests,
        ...objects,
        events: invoices + 1,
        batches: local.executions
          .mapRuns(run.name)
          .reduce((sum, { executionCounts }) => sum + executionCounts.total, 0),
      },
    };
  } finally {
    await local.close();
    await folder.remove();
  }
}

const [orders = '2000', lines = '20', mixed] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await measure(Number(orders), Number(lines), mixed === 'mixed'))}\n`);
