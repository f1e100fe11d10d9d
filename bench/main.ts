/** `npm run bench`: measures what the portal promises. */
import { execFile } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Table from 'cli-table3';
import { Command, InvalidArgumentError } from 'commander';
import { endUnrun } from '../local/commands/options.ts';
import type { CloseMeasure } from './close.ts';
import { costPerMillionReadings, costPerThousand } from './cost.ts';
import { measureDocuments } from './documents.ts';
import type { FileMeasure } from './files.ts';
import { benchFolder, SHARED_FOLDER } from './folder.ts';
import type { ListMeasure } from './lists.ts';
import { measureLocalDynamoDb } from './local-dynamodb.ts';
import type { OrderMeasure } from './orders.ts';
import { PRICES } from './prices.ts';
import type { Figure as RatingMeasure } from './rating.ts';
import type { ReadingsMeasure } from './readings.ts';

type Figure = { name: string; value: number; unit: string; atLeast?: number; atMost?: number };

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');

const options = new Command('npm run bench --')
  .description('Measures what the portal promises and prints a table that says of each promise whether it is kept.')
  .option('--json', 'print one JSON text on stdout')
  .option('--quick', 'leave the close of 20,000 orders out')
  .option('--trace <file>', 'add the real trace: CSV, also gzipped', mustExist)
  .exitOverride(endUnrun)
  .parse()
  .opts<{ json?: true; quick?: true; trace?: string }>();

function mustExist(file: string): string {
  if (existsSync(file)) return file;
  throw new InvalidArgumentError('There is no such file.');
}

// Those of `npm start`, see docs/decisions/0009.
const MEMORY_OPTIONS = ['--max-semi-space-size=8', '--max-old-space-size=1024'];

const { path: shared } = await benchFolder();
process.env[SHARED_FOLDER] = shared;
process.once('exit', () => rmSync(shared, { recursive: true, force: true }));

const figures: Figure[] = [];
const add = (...more: Figure[]) => {
  figures.push(...more);
  for (const { name } of more) process.stderr.write(` ${name}\n`);
};

const rating = await inProcess<RatingMeasure[]>('bench/rating.ts');
add(...targets(rating, { 'lines rated': 1_000_000, 'orders rated to canonical JSON': 1_000 }));
add(...targets(await measureDocuments(), { 'PDF of 20 lines': 400 }));
add(...(await measureLocalDynamoDb()));
const lists = await inProcess<ListMeasure>('bench/lists.ts', '10000');
add(
  { name: 'list of 10,000 contracts, p95 of one caller', value: lists.p95OfOneMs, unit: 'ms', atMost: 400 },
  { name: 'list of 10,000 contracts, p95 of 8 callers', value: lists.p95OfEightMs, unit: 'ms', atMost: 1_000 },
  { name: 'list of 10,000 contracts, first of a process', value: lists.coldMs, unit: 'ms' },
  { name: 'list of 10,000 contracts, first of a process', value: lists.coldReadUnits, unit: 'read units' },
  { name: 'list of 10,000 contracts, later ones at most', value: lists.warmReadUnits, unit: 'read units' },
);
const orders = await inProcess<OrderMeasure>('bench/orders.ts', '10000');
add(
  { name: 'list of 10,000 orders of a period, p95', value: orders.listMs, unit: 'ms', atMost: 400 },
  { name: 'list of 10,000 orders, pages of 200, p95', value: orders.longPageMs, unit: 'ms' },
  { name: 'list of 10,000 orders, first of a process', value: orders.coldListMs, unit: 'ms' },
  { name: 'list of 10,000 orders, first of a process', value: orders.coldReadUnits, unit: 'read units' },
  { name: 'list of 10,000 orders, later ones', value: orders.listReadUnits, unit: 'read units' },
  { name: 'an order, p95', value: orders.detailMs, unit: 'ms', atMost: 200 },
  { name: 'an order of 5,000 lines, p95', value: orders.largeDetailMs, unit: 'ms', atMost: 200 },
  { name: 'a page of its 5,000 lines, p95', value: orders.usagesMs, unit: 'ms' },
  { name: 'estimate of it, p95', value: orders.estimateMs, unit: 'ms' },
);
const files = await inProcess<FileMeasure>('bench/files.ts', '100000');
add(
  { name: 'CSV file of 100,000 rows, validated', value: files.rows / files.csvSeconds, unit: 'rows/s', atLeast: 6_667 },
  {
    name: 'XLSX file of 100,000 rows, validated',
    value: files.rows / files.xlsxSeconds,
    unit: 'rows/s',
    atLeast: 6_667,
  },
  { name: 'CSV file of 100,000 rows, applied', value: files.rows / files.applySeconds, unit: 'rows/s' },
  { name: 'peak memory of files of 100,000 rows', value: files.peakMemoryMb, unit: 'MB', atMost: 700 },
);
const small = await closeOf(2_000);
add({ name: 'close of 2,000 orders × 20 lines', value: small.orders / small.seconds, unit: 'orders/s', atLeast: 100 });
const mixed = await closeOf(2_000, 'mixed');
add({ name: 'the same, of all families', value: mixed.orders / mixed.seconds, unit: 'orders/s', atLeast: 100 });
if (!options.quick) {
  const large = await closeOf(20_000);
  const ratio = large.seconds / large.orders / (small.seconds / small.orders);
  add(
    { name: 'close of 20,000 orders × 20 lines', value: large.orders / large.seconds, unit: 'orders/s' },
    { name: 'time per order, 20,000 to 2,000', value: ratio, unit: '×', atMost: 1.2 },
    { name: 'peak memory of 20,000 orders', value: large.peakMemoryMb, unit: 'MB', atMost: 700 },
  );
}
const cost = costPerThousand(small);
for (const [part, usd] of Object.entries(cost.parts))
  add({ name: `cost of 1,000 invoices: ${part}`, value: usd, unit: 'USD' });
add({
  name: `cost of 1,000 invoices (${PRICES.region}, ${PRICES.date})`,
  value: cost.total,
  unit: 'USD',
  atMost: 0.05,
});
if (options.trace) {
  add({ name: 'real trace, metering to invoices', value: await traceSeconds(options.trace), unit: 's', atMost: 20 });
  const measured = await inProcess<ReadingsMeasure>('bench/readings.ts', options.trace);
  if (!measured.isExact) throw new Error('the readings of the trace do not come to what metering it gives');
  const { readings, uploadSeconds, fillSeconds, againSeconds } = measured;
  add(
    { name: 'readings of the real trace through HTTP', value: readings / uploadSeconds, unit: 'readings/s' },
    { name: 'the same, filled into orders', value: uploadSeconds + fillSeconds, unit: 's', atMost: 60 },
    { name: 'the same, sent three times more', value: (3 * readings) / againSeconds, unit: 'readings/s' },
    { name: 'cost of 1,000,000 readings', value: costPerMillionReadings(measured), unit: 'USD' },
  );
}
print();

/** What a measurement in a process of its own prints. */
async function inProcess<Measure>(script: string, ...args: string[]): Promise<Measure> {
  const { stdout } = await run(process.execPath, [...MEMORY_OPTIONS, join(root, script), ...args], { maxBuffer: 1e7 });
  return JSON.parse(stdout) as Measure;
}

async function closeOf(orders: number, ...how: 'mixed'[]): Promise<CloseMeasure> {
  const measured = await inProcess<CloseMeasure>('bench/close.ts', String(orders), '20', ...how);
  if (!measured.reconciled) throw new Error(`the close of ${orders} orders has not reconciled`);
  return measured;
}

async function traceSeconds(file: string): Promise<number> {
  const { path: data } = await benchFolder();
  const portal = join(root, 'bin/portal.ts');
  const started = performance.now();
  await run(
    process.execPath,
    [...MEMORY_OPTIONS, portal, 'demo', '--trace', file, '--period', '2026-10', '--data', data, '--json'],
    { maxBuffer: 1e8 },
  );
  return (performance.now() - started) / 1000;
}

function targets(measured: readonly Figure[], least: Record<string, number>): Figure[] {
  return measured.map((figure) => {
    const atLeast = least[figure.name];
    return atLeast === undefined ? figure : { ...figure, atLeast };
  });
}

function print(): void {
  if (options.json) {
    process.stdout.write(`${JSON.stringify(figures)}\n`);
    return;
  }
  const table = new Table({
    head: ['What', 'Measured', 'Unit', 'Promised', ''],
    colAligns: ['left', 'right', 'left', 'right', 'left'],
    style: { head: [] },
  });
  for (const { name, value, unit, atLeast, atMost } of figures) {
    const promised =
      atLeast !== undefined ? `≥ ${atLeast.toLocaleString('en')}` : atMost !== undefined ? `≤ ${atMost}` : '';
    const kept = (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost);
    table.push([
      name,
      value.toLocaleString('en', { maximumSignificantDigits: 4 }),
      unit,
      promised,
      promised ? (kept ? 'kept' : 'MISSED') : '',
    ]);
  }
  process.stdout.write(`${table.toString()}\n`);
}
