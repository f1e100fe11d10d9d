import { join, resolve } from 'node:path';
import colors from 'picocolors';
import { addMonths, firstDay, type Period } from '../../lambdas/domain/calendar/period.ts';
import type { CloseReport } from '../../lambdas/domain/close/run.ts';
import type { FolderContents } from '../data-folder.ts';
import { startHttpServer } from '../http/server.ts';
import type { LocalPortal } from '../local-portal.ts';
import { sampleTokens } from '../sample/sample-programme.ts';
import { startSchedule } from '../schedule.ts';
import { progressOn, type Say, sayReport, sayTo } from './output.ts';
import {
  adjustLatest,
  closeAtCutoff,
  closeHistory,
  openPortal,
  payHistory,
  portalClock,
  reportOf,
  seedSample,
} from './sample-portal.ts';

export type StartOptions = {
  data: string;
  fresh?: boolean;
  port: number;
  exit?: boolean;
  json?: boolean;
  seed?: number;
  period?: string;
};

/** Brings in the programme that a data folder is to hold, closes its latest period and serves the portal. */
export async function runSample(options: StartOptions, contents: FolderContents): Promise<void> {
  const started = Date.now();
  const say = sayTo(process.stderr, options.json === true);
  const clock = portalClock();
  const progress = { current: progressOn(process.stderr, true) };
  const local = await openPortal(options.data, clock, progress, `http://127.0.0.1:${options.port}`);
  try {
    say(`${colors.bold('Commerce Portal')}  ${colors.dim(resolve(options.data))}`);
    if (!contents.seeded) say('Bringing in the sample programme …');
    const seeded = await seedSample(local, options.data, contents);
    const report = await closeSample(local, seeded, clock, progress, say, options.json === true);
    const documents = join(resolve(local.folders.documents), 'invoices', seeded.period);
    if (report) sayReport(say, seeded.period, report);
    if (options.json)
      process.stdout.write(`${JSON.stringify(jsonReport(seeded, report, documents, Date.now() - started))}\n`);
    say(`Documents      ${documents}`);
    if (options.exit) return;
    await serve(local, options.port, seeded, say);
  } finally {
    await local.close();
  }
}

/** Closes the months of history, then the latest period for all to see; the report of an earlier start stands. */
async function closeSample(
  local: LocalPortal,
  contents: FolderContents,
  clock: ReturnType<typeof portalClock>,
  progress: { current: ReturnType<typeof progressOn> },
  say: Say,
  quiet: boolean,
): Promise<CloseReport | undefined> {
  const stored = await reportOf(local, contents.period);
  if (stored) return stored;
  say('Closing five months of history …');
  await closeHistory(local, clock, contents.period);
  await payHistory(local, contents);
  say(`Closing ${colors.bold(contents.period)}`);
  progress.current = progressOn(process.stderr, quiet);
  const report = await closeAtCutoff(local, clock, contents.period);
  progress.current.stop();
  await adjustLatest(local, contents, clock.now());
  return report;
}

/** What `--json` prints: counts, exact decimals per aggregator and currency. */
function jsonReport(contents: FolderContents, report: CloseReport | undefined, documents: string, durationMs: number) {
  return {
    period: contents.period,
    reconciled: report?.reconciled ?? false,
    contracts: report?.contracts ?? 0,
    orders: report?.orders ?? 0,
    invoices: report?.invoices ?? 0,
    failed: report?.failed.length ?? 0,
    totals: (report?.totals ?? []).map(({ aggregator, currency, amount, invoices }) => ({
      aggregator,
      currency,
      amount,
      invoices,
    })),
    documents,
    durationMs,
  };
}

async function serve(local: LocalPortal, port: number, contents: FolderContents, say: Say): Promise<void> {
  const { portal, links, uploads, folders } = local;
  const server = await startHttpServer({
    portal,
    port,
    mailFolder: folders.mail,
    documentsFolder: folders.documents,
    links,
    uploads,
  });
  const schedule = startSchedule(portal, (error) =>
    say(`${colors.yellow('A scheduled job failed:')} ${error.message}`),
  );
  const tokens = sampleTokens(contents.seed);
  say();
  say(`API            ${server.url}/api   reference ${colors.cyan(`${server.url}/docs`)}`);
  say(`Mail           ${colors.cyan(`${server.url}/mail`)}`);
  say('API tokens     exchange one for a bearer token:');
  say(`  vendor            ${tokens.vendor}`);
  say(`  aggregator        ${tokens.aggregator}`);
  say(`  service provider  ${tokens.serviceProvider}`);
  say();
  say(`Reporting      ${reportingOf(contents.period)}`);
  say();
  say(curlLine(server.url, tokens.aggregator, contents.period));
  say();
  say(colors.dim('Ctrl+C stops the portal; its data stay.'));
  await stopAsked();
  await server.close();
  await schedule.stop();
}

/** What a service provider has to report, and when the next month is over. */
function reportingOf(latest: Period): string {
  const next = addMonths(latest, 1);
  const opens = firstDay(addMonths(next, 1));
  return `an order of ${latest} is open to be adjusted; orders of ${next} open on ${opens}`;
}

/** Two calls in one line: sign in, then list the aggregator's invoices. */
function curlLine(url: string, token: string, of: string): string {
  const signIn = `curl -s ${url}/api/commerce/v1/auth -H 'content-type: application/json' -d '{"type":"UserToken","userToken":"${token}"}'`;
  const bearer = `$(${signIn} | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')`;
  return `curl -s "${url}/api/aggregator/v1/invoices?usagePeriod=${of}" -H "authorization: Bearer ${bearer}"`;
}

/** Until the process is asked to end. Asked again it goes on ending: npm passes on the Ctrl+C that the terminal has sent too. */
function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
}
