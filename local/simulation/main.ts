import { parseArgs } from 'node:util';
import type { CutoffPolicy } from '../../lambdas/domain/calendar/programme-calendar.ts';
import { killCloses } from './kill-close.ts';
import { runLives } from './lives/run-lives.ts';
import type { SeedOutcome } from './run-seed.ts';
import { runSeeds, weatherOf } from './run-seeds.ts';
import { runYear } from './year/run-year.ts';

const HELP = `Proves that a close bills exactly once, whatever happens.

  npm run chaos -- [--seeds N] [--seed S]   closes N programmes (default 50), each in the bad weather of its seed,
                                            beginning with seed S (default 1); one process each, in memory
  npm run chaos -- --kills N [--seed S]     kills the local portal N times in mid-close (kill -9) and starts it again
  npm run chaos -- --lives N [--seed S]     lives 200 contracts over 36 months N times, from seed S on, and compares every
                                            invoice and prepayment ledger with a straight-line calculation
  --contracts N, --months N                 of --lives: how many contracts, over how many months
  npm run chaos -- --years N [--seed S]     lives a year of 60 service providers with contracts of all families N times: usage that
                                            is late, wrong, edited, sent back, disputed, adjusted; compares what is accounted
                                            for and billed with a calculation beside it;
                                            even seeds by the cutoff policy billMinimumCommit, every other two in bad weather
  --providers N                             of --years: how many service providers
  --json                                    one JSON report on stdout
`;

const TRACED_LINES = 60;
const MONTHS_OF_A_YEAR = 12;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    kills: { type: 'string' },
    lives: { type: 'string' },
    years: { type: 'string' },
    providers: { type: 'string', default: '60' },
    contracts: { type: 'string', default: '200' },
    months: { type: 'string', default: '36' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function numberOf(text: string, option: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  console.error(`--${option} ${text}: give a whole number, e.g. --${option} 50`);
  process.exit(2);
}

if (values.help) console.log(HELP);
else if (values.kills !== undefined) await kill(numberOf(values.kills, 'kills'));
else if (values.lives !== undefined) await live(numberOf(values.lives, 'lives'));
else if (values.years !== undefined) await liveYears(numberOf(values.years, 'years'));
else await simulate(numberOf(values.seeds, 'seeds'));

async function simulate(count: number): Promise<void> {
  const first = numberOf(values.seed, 'seed');
  const seeds = Array.from({ length: count }, (_, index) => first + index);
  const begun = performance.now();
  let done = 0;
  const outcomes = await runSeeds(seeds, () => {
    done += 1;
    if (process.stderr.isTTY && !values.json) process.stderr.write(`\r${done} of ${count} seeds`);
  });
  const seconds = (performance.now() - begun) / 1000;
  const failed = outcomes.filter((outcome) => outcome.problems.length > 0);
  const report = {
    seeds: count,
    failed: failed.map(({ seed, problems }) => ({ seed, problems })),
    seconds: Number(seconds.toFixed(1)),
    seedsPerSecond: Number((count / seconds).toFixed(2)),
    happened: weatherOf(outcomes),
  };
  if (values.json) console.log(JSON.stringify(report, null, 2));
  else {
    process.stderr.write('\n');
    for (const [kind, times] of Object.entries(report.happened)) console.log(`${String(times).padStart(8)}  ${kind}`);
    for (const outcome of failed) tellFailed(outcome);
    console.log(`${count - failed.length} seeds right, ${failed.length} wrong; ${report.seedsPerSecond} seeds/s`);
  }
  if (failed.length > 0) process.exitCode = 1;
}

function tellFailed({ seed, problems, trace }: SeedOutcome): void {
  console.log(`\nseed ${seed}: ${problems.join('\n  ')}\n  what happened:`);
  for (const line of trace.slice(-TRACED_LINES)) console.log(`    ${line}`);
  console.log(`  again: npm run chaos -- --seeds 1 --seed ${seed}\n`);
}

async function kill(count: number): Promise<void> {
  const tell = (text: string) => {
    if (!values.json) console.log(text);
  };
  const outcome = await killCloses(count, numberOf(values.seed, 'seed'), tell);
  if (values.json) console.log(JSON.stringify(outcome, null, 2));
  else {
    for (const problem of outcome.problems) console.log(problem);
    console.log(`${outcome.kills} kills in ${outcome.closes} closes: ${outcome.problems.length} problems`);
  }
  if (outcome.problems.length > 0) process.exitCode = 1;
}

async function live(count: number): Promise<void> {
  const contracts = numberOf(values.contracts, 'contracts');
  const months = numberOf(values.months, 'months');
  await eachLife(count, async (seed) => {
    const { documents, ledgerEntries, ...outcome } = await runLives(seed, contracts, months);
    const what = `${contracts} contracts over ${months} months: ${documents} documents and ${ledgerEntries} ledger entries`;
    return { ...outcome, documents, ledgerEntries, what };
  });
}

async function liveYears(count: number): Promise<void> {
  const providers = numberOf(values.providers, 'providers');
  await eachLife(count, async (seed) => {
    const how = howOf(seed);
    const outcome = await runYear(seed, providers, MONTHS_OF_A_YEAR, how);
    const { documents, months, looks } = outcome;
    const kind = `${how.cutoffPolicy}, ${how.isStormy ? 'stormy' : 'fair'}`;
    const what = `a year of ${providers} service providers, ${kind}: ${months} months billed in ${documents} documents, ${looks} looks at usage`;
    return { ...outcome, what };
  });
}

/** Years of even seeds try the other cutoff policy, and of four the last two bad weather. */
function howOf(seed: number): { cutoffPolicy: CutoffPolicy; isStormy: boolean } {
  return { cutoffPolicy: seed % 2 === 0 ? 'billMinimumCommit' : 'billAsReported', isStormy: seed % 4 > 1 };
}

type LifeOutcome = { problems: readonly string[]; happened: Readonly<Record<string, number>>; what: string };

/** Tells what became of each seed. */
async function eachLife(count: number, run: (seed: number) => Promise<LifeOutcome>): Promise<void> {
  for (let n = 0; n < count; n++) {
    const seed = numberOf(values.seed, 'seed') + n;
    const begun = performance.now();
    const { what, ...outcome } = await run(seed);
    const seconds = Number(((performance.now() - begun) / 1000).toFixed(1));
    if (values.json) console.log(JSON.stringify({ ...outcome, seed, seconds }, null, 2));
    else {
      for (const [kind, times] of Object.entries(outcome.happened))
        console.log(`${String(times).padStart(8)}  ${kind}`);
      for (const problem of outcome.problems) console.log(problem);
      console.log(`seed ${seed}, ${what}, ${outcome.problems.length} not as calculated; ${seconds} s`);
    }
    if (outcome.problems.length > 0) process.exitCode = 1;
  }
}
