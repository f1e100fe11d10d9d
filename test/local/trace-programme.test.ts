import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { numbered, toCanonicalDraft } from '../../lambdas/documents/canonical-mapping.ts';
import { type Period, period, plainDate } from '../../lambdas/domain/calendar/period.ts';
import { meterTrace, traceProgramme } from '../../local/trace-programme.ts';
import { type TraceReport, traceReport } from '../../local/trace-report.ts';
import { rateProgramme } from '../support/rate-programme.ts';

const OCTOBER = period('2026-10');
const DAY = 86_400;
const MONTH = 31 * DAY;

/** Meters, rates and reports a trace as the demo does, without the portal around it. */
async function billed(file: string, providers: number, of: Period = OCTOBER): Promise<TraceReport> {
  const metered = await meterTrace({ file, period: of, providers });
  const rated = await rateProgramme(traceProgramme({ metered, period: of, providers }));
  const dates = { invoiceDate: plainDate('2026-11-10'), dueDate: plainDate('2026-12-10') };
  const invoices = rated.flatMap(({ result }, index) =>
    result?.ok && result.outcome === 'INVOICED'
      ? [numbered(toCanonicalDraft(result.draft), { number: `INV-2026-${index}`, ...dates })]
      : [],
  );
  const report = { reconciled: true, failed: [] };
  return traceReport({ period: of, providers, report, invoices, durationMs: 7 });
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trace-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function traceOf(...rows: string[]): Promise<string> {
  const file = join(folder, 'trace.csv');
  await writeFile(file, ['batch,start_s,duration_s,censored,vcpus,memory_gb', ...rows, ''].join('\n'));
  return file;
}

test('machines are billed to the provider and site of their batch, half their memory for the time they run', async () => {
  const file = await traceOf(
    // Provider 0 of 2: site A twice, site B; provider 1: site C, cut at the month's end.
    `0,0,${MONTH},0,1,16`,
    `6,0,${MONTH / 2},0,1,16`,
    `2,${MONTH - DAY},${DAY},0,1,8`,
    `5,${MONTH - DAY},${9 * DAY},1,1,100`,
  );
  const { contracts, aggregators } = await billed(file, 2);
  expect(contracts.map(({ provider, lines }) => [provider, lines])).toEqual([
    [
      0,
      [
        { site: 'A', quantity: '12.000000', points: '48' },
        { site: 'B', quantity: '0.129032', points: '0.516128' },
      ],
    ],
    [1, [{ site: 'C', quantity: '0.774194', points: '3.096776' }]],
  ]);
  expect(aggregators).toEqual([
    { aggregator: 0, invoices: 1, amount: '342.00', currency: 'USD' },
    { aggregator: 1, invoices: 1, amount: '1584.00', currency: 'USD' },
  ]);
});

test('a machine that starts when the period has ended counts nothing, and a provider without use is billed its minimum', async () => {
  const file = await traceOf(`0,${MONTH},60,0,1,16`, '4,0,0,0,1,16');
  const { contracts, aggregators } = await billed(file, 5);
  expect(contracts.map(({ sku, lines, underage, amount }) => [sku, lines.length, underage, amount])).toEqual([
    ['VSPP3-360-C', 0, '360', '342.00'],
    ['VSPP3-1800-C', 0, '1800', '1584.00'],
    ['VSPP3-3600-C', 0, '3600', '3024.00'],
    ['VSPP3-360-C', 0, '360', '342.00'],
    ['VSPP3-1800-C', 0, '1800', '1584.00'],
  ]);
  expect(aggregators[0]).toEqual({ aggregator: 0, invoices: 2, amount: '1926.00', currency: 'USD' });
});

test('a file that is not there is told of by its name', async () => {
  const file = join(folder, 'nowhere.csv');
  await expect(meterTrace({ file, period: OCTOBER, providers: 1 })).rejects.toThrow(`${file}: there is no such file`);
});

test('the reading of a trace is told of on the way', async () => {
  const file = await traceOf(...Array.from({ length: 10_001 }, () => '0,0,60,0,1,16'));
  const told: number[] = [];
  await meterTrace({ file, period: OCTOBER, providers: 3, onProgress: (machines) => told.push(machines) });
  expect(told).toEqual([10_000, 10_001]);
});

const REAL = new URL('../../../shared/data/vm-trace.csv.gz', import.meta.url).pathname;
const withRealTrace = existsSync(REAL) ? test : test.skip;
if (!existsSync(REAL)) console.warn(`Skipped: the trace of real machines is not at ${REAL}`);

withRealTrace(
  'the trace of 259,159 real machines gives worked example 11, and the sums of a calculation apart',
  async () => {
    const { contracts, aggregators } = await billed(REAL, 50);
    expect(contracts[0]).toMatchObject({
      lines: [
        { site: 'A', quantity: '34.278590', points: '137.11436' },
        { site: 'B', quantity: '18.518005', points: '74.07202' },
        { site: 'C', quantity: '21.007168', points: '84.028672' },
      ],
      reported: '295.215052',
      underage: '64.784948',
      amount: '342.00',
    });
    expect(aggregators).toEqual([
      { aggregator: 0, invoices: 13, amount: '20142.00', currency: 'USD' },
      { aggregator: 1, invoices: 13, amount: '21401.48', currency: 'USD' },
      { aggregator: 2, invoices: 12, amount: '19800.00', currency: 'USD' },
      { aggregator: 3, invoices: 12, amount: '19847.02', currency: 'USD' },
    ]);
  },
);
