import { CanonicalInvoiceSchema } from '../../lambdas/documents/canonical-invoice.ts';
import { type Period, period } from '../../lambdas/domain/calendar/period.ts';
import { cutoffInstant, DEFAULT_CALENDAR } from '../../lambdas/domain/calendar/programme-calendar.ts';
import { parseJson } from '../../lambdas/use-cases/bytes.ts';
import { importProgramme } from '../../lambdas/use-cases/import-programme.ts';
import { emptyDataFolder, readDataFolder, writeDataFolder } from '../data-folder.ts';
import type { LocalPortal } from '../local-portal.ts';
import { meterTrace, traceProgramme } from '../trace-programme.ts';
import { traceReport } from '../trace-report.ts';
import { CommandError } from './errors.ts';
import { progressOn, sayReport, sayTo } from './output.ts';
import { runClose } from './run-close.ts';
import { openPortal, portalClock } from './sample-portal.ts';

export type DemoOptions = {
  trace: string;
  period: string;
  providers: number;
  data: string;
  json?: boolean;
};

/**
 * `demo`: bills the virtual machines of a trace. The trace is metered before anything is made, so that an unreadable one
 * leaves nothing behind; the clock stands at the period's cutoff.
 */
export async function demo(options: DemoOptions): Promise<void> {
  const started = Date.now();
  const of = period(options.period);
  const before = readDataFolder(options.data);
  if (before?.kind === 'portal')
    throw new CommandError(`${options.data} holds a portal: choose another folder for the demo with --data`);
  const say = sayTo(process.stderr, options.json === true);
  const progress = { current: progressOn(process.stderr, options.json === true) };
  say(`Metering ${options.trace} …`);
  const metered = await meterTrace({ file: options.trace, period: of, providers: options.providers });
  await emptyDataFolder(options.data);
  await writeDataFolder(options.data, { version: 1, kind: 'demo', seed: 0, period: of, seeded: true });
  const clock = portalClock();
  const cutoff = cutoffInstant(of, DEFAULT_CALENDAR);
  clock.standAt(cutoff);
  const local = await openPortal(options.data, clock, progress);
  try {
    await importProgramme(local.portal, traceProgramme({ metered, period: of, providers: options.providers }));
    const { report } = await runClose(local, { period: of, mode: 'SCHEDULED', now: cutoff });
    progress.current.stop();
    if (options.json) {
      const invoices = await invoicesOf(local, of);
      const durationMs = Date.now() - started;
      const json = traceReport({ period: of, providers: options.providers, report, invoices, durationMs });
      process.stdout.write(`${JSON.stringify(json)}\n`);
    } else sayReport(sayTo(process.stdout), of, report);
    say(`Documents      ${local.folders.documents}`);
  } finally {
    await local.close();
  }
}

/** The canonical form of every invoice of a period, from the stored documents. */
async function invoicesOf({ portal }: LocalPortal, of: Period) {
  const invoices = [];
  for await (const { key } of portal.documents.list(`invoices/${of}/`)) {
    if (!key.endsWith('.json')) continue;
    const bytes = await portal.documents.get(key);
    if (bytes) invoices.push(parseJson(CanonicalInvoiceSchema, bytes));
  }
  return invoices;
}
