import { Command, Option } from 'commander';
import type { CutoffPolicy } from '../../lambdas/domain/calendar/programme-calendar.ts';
import { endUnrun, whole } from '../commands/options.ts';
import { killCloses } from './kill-close.ts';
import { runLives } from './lives/run-lives.ts';
import type { SeedOutcome } from './run-seed.ts';
import { runSeeds, weatherOf } from './run-seeds.ts';
import { runYear } from './year/run-year.ts';

const TRACED_LINES = 60;
const MONTHS_OF_A_YEAR = 12;

type Values = {
  seeds: number;
  seed: number;
  kills?: number;
  lives?: number;
  contracts: number;
  months: number;
  years?: number;
  providers: number;
  json?: true;
};

const values = new Command('npm run chaos --')
  .description('Proves that a close bills exactly once, whatever happens.')
  .option(
    '--seeds <number>',
    'close that many programmes, each in the bad weather of its seed, in memory',
    whole(0),
    50,
  )
  .option('--seed <number>', 'begin with this seed', whole(0), 1)
  .addOption(
    optionInstead(
      '--kills',
      'kill the local portal that many times in mid-close (kill -9) and start it again',
      'lives',
      'years',
    ),
  )
  .addOption(
    optionInstead(
      '--lives',
      'live contracts that many times, and compare every invoice and prepayment ledger with a straight-line calculation',
      'years',
    ),
  )
  .option('--contracts <number>', 'of --lives: how many contracts', whole(0), 200)
  .option('--months <number>', 'of --lives: over how many months', whole(0), 36)
  .addOption(
    optionInstead(
      '--years',
      'live a year of service providers with contracts of all families that many times: usage that is late, wrong, edited, sent back, disputed, adjusted; compare what is accounted for and billed with a calculation beside it; even seeds by the cutoff policy billMinimumCommit, every other two in bad weather',
    ),
  )
  .option('--providers <number>', 'of --years: how many service providers', whole(0), 60)
  .option('--json', 'print one JSON report on stdout')
  .exitOverride(endUnrun)
  .parse()
  .opts<Values>();

/** An option for what is done that many times in place of closes in bad weather; it goes with none of the others. */
function optionInstead(flag: string, description: string, ...others: string[]): Option {
  return new Option(`${flag} <number>`, description).argParser(whole(0)).conflicts(others);
}

if (values.kills !== undefined) await kill(values.kills);
else if (values.lives !== undefined) await live(values.lives);
else if (values.years !== undefined) await liveYears(values.years);
else await simulate(values.seeds);

async function simulate(count: number): Promise<void> {
  const { seed: first } = values;
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
  const outcome = await killCloses(count, values.seed, tell);
  if (values.json) console.log(JSON.stringify(outcome, null, 2));
  else {
    for (const problem of outcome.problems) console.log(problem);
    console.log(`${outcome.kills} kills in ${outcome.closes} closes: ${outcome.problems.length} problems`);
  }
  if (outcome.problems.length > 0) process.exitCode = 1;
}

async function live(count: number): Promise<void> {
  const { contracts, months } = values;
  await eachLife(count, async (seed) => {
    const { documents, ledgerEntries, ...outcome } = await runLives(seed, contracts, months);
    const what = `${contracts} contracts over ${months} months: ${documents} documents and ${ledgerEntries} ledger entries`;
    return { ...outcome, documents, ledgerEntries, what };
  });
}

async function liveYears(count: number): Promise<void> {
  const { providers } = values;
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
    const seed = values.seed + n;
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
