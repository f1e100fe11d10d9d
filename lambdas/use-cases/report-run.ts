import * as z from 'zod';
import { daysSinceCutoff } from '../domain/calendar/programme-calendar.ts';
import type { CloseReport, CloseRun, RunTotal } from '../domain/close/run.ts';
import { decideOnce, getExisting, parseJson, workBytes } from './bytes.ts';
import { TerminalError } from './errors.ts';
import type { PortalEvent } from './ports/messages.ts';
import type { Portal } from './ports/portal.ts';
import { reconciledOf } from './run-debts.ts';
import { type RatedEntry, RatedEntrySchema, type Reconciled, runFiles } from './run-files.ts';
import { plannedContracts, revisionOf, setAsideOrders, undelivered } from './run-outcome.ts';
import { sumsOf } from './run-sums.ts';

export type ReportPortal = Pick<
  Portal,
  'settings' | 'clock' | 'units' | 'closes' | 'organizations' | 'billingOrders' | 'documents' | 'workFiles' | 'outbox'
>;

/**
 * Ends a run with its report: counts, totals, what was set aside (domain.md §6.9). The period's close is complete when
 * nothing was and every party is told. A dry run's report says what would be billed. Running it again answers the report
 * that was stored.
 */
export async function reportRun(portal: ReportPortal, run: CloseRun): Promise<CloseReport> {
  const stored = await portal.closes.run(run.period, run.name);
  if (stored?.report) return stored.report;
  const now = portal.clock();
  const report = await reportOnce(portal, run, now);
  const finished: CloseRun = { ...run, status: 'SUCCEEDED', finishedTime: now.toISOString(), report };
  const isComplete = report.failed.length === 0 && report.undelivered.length === 0;
  const changes = portal.closes.finished(finished, isComplete ? 'COMPLETE' : 'INCOMPLETE');
  if (!run.dryRun) changes.push(portal.outbox.queued(closedEvent(run, report, now)));
  const result = await portal.units.commit(changes);
  if (result.ok) return report;
  return (await portal.closes.run(run.period, run.name))?.report ?? notCurrent(run);
}

/** The report as it was written first: a document, and so made before the run ends. */
async function reportOnce(portal: ReportPortal, run: CloseRun, now: Date): Promise<CloseReport> {
  const outcome = run.dryRun ? await dryRunOutcome(portal, run) : await reconciledOf(portal, run);
  const report: CloseReport = {
    reconciled: true,
    contracts: outcome.contracts,
    orders: outcome.orders,
    invoices: outcome.sums.reduce((sum, { invoices }) => sum + invoices, 0),
    nothingToBill: outcome.nothingToBill,
    external: outcome.external,
    failed: outcome.failed.map((aside) => ({
      ...aside,
      ageDays: daysSinceCutoff(aside.usagePeriod, portal.settings.calendar, run.invoiceDate),
    })),
    totals: await totalsOf(portal, outcome.sums),
    undelivered: await undelivered(portal, run),
    durationMs: now.getTime() - Date.parse(run.claimedTime),
  };
  const key = `reports/${run.period}/${run.name}.json`;
  const decided = await decideOnce(portal.documents, key, workBytes({ run: run.name, ...report }));
  const { run: _name, ...first } = JSON.parse(new TextDecoder().decode(decided)) as CloseReport & { run: string };
  return first;
}

function notCurrent(run: CloseRun): never {
  throw new TerminalError(`run ${run.name} has ended already, or a later run has taken over`);
}

type Outcome = Omit<Reconciled, 'issued' | 'unissued'>;

/** What a dry run has rated: nothing was sealed, numbered or issued. */
async function dryRunOutcome(portal: ReportPortal, run: CloseRun): Promise<Outcome> {
  const contracts = await plannedContracts(portal, run);
  const rated: RatedEntry[] = [];
  for await (const { key } of portal.workFiles.list(runFiles.ratedIndexes(run.name))) {
    rated.push(...parseJson(z.array(RatedEntrySchema), await getExisting(portal.workFiles, key)));
  }
  const billed = rated.flatMap(({ order, billed }) =>
    billed ? { ...billed, order: revisionOf(order), aggregatorId: order.aggregatorId } : [],
  );
  return {
    contracts: contracts.length,
    orders: contracts.reduce((sum, contract) => sum + contract.orders.length, 0),
    nothingToBill: rated.filter(({ outcome }) => outcome === 'NOTHING_TO_BILL').length,
    external: rated.filter(({ outcome }) => outcome === 'EXTERNAL').length,
    sums: sumsOf(billed),
    failed: await setAsideOrders(portal, run, contracts, new Set(rated.map(({ order }) => revisionOf(order)))),
  };
}

async function totalsOf(portal: ReportPortal, sums: Reconciled['sums']): Promise<RunTotal[]> {
  const aggregators = await portal.organizations.getMany([...new Set(sums.map((sum) => sum.aggregatorId))]);
  const names = new Map(aggregators.map((aggregator) => [aggregator.id, aggregator.name]));
  return sums.map(({ aggregatorId, currency, orders, invoices, points, gross }) => ({
    aggregatorId,
    aggregator: names.get(aggregatorId) ?? aggregatorId,
    currency,
    orders,
    invoices,
    points,
    amount: gross,
  }));
}

function closedEvent(run: CloseRun, report: CloseReport, now: Date): PortalEvent {
  return {
    id: `PeriodClosed#${run.name}`,
    type: 'PeriodClosed',
    time: now.toISOString(),
    detail: { period: run.period, run: run.name, invoices: report.invoices, setAside: report.failed.length },
  };
}
