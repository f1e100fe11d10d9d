import { redFrom } from '../domain/usage-meter/health.ts';
import { type AcceptPortal, acceptBilledDelivery, undecidedDeliveries } from './accept-billed-deliveries.ts';
import { committed } from './committed.ts';
import { inParallel } from './in-parallel.ts';
import { makeUsageReport, type UsageReportPortal } from './make-usage-report.ts';
import { uploadChanged } from './meter-uploaded.ts';
import { noteThreshold, type ThresholdPortal } from './note-threshold.ts';
import { DUE_SHARDS } from './ports/contracts.ts';
import type { ContractMonth } from './ports/metered-months.ts';
import type { Portal } from './ports/portal.ts';
import { type PrefillPortal, prefillOrder } from './prefill-order.ts';
import { type AsBilledPortal, submitAsBilled } from './submit-as-billed.ts';
import { summaryOf } from './usage-summary.ts';

export type MeterDayPortal = PrefillPortal &
  ThresholdPortal &
  AcceptPortal &
  AsBilledPortal &
  UsageReportPortal &
  Pick<Portal, 'notices' | 'contracts' | 'meteredMonths'>;

/**
 * Meters found silent, months of contracts brought up to date, reports made, deliveries accepted that were billed undisputed;
 * what failed is done next time.
 */
export type MeterDayResult = { stopped: number; filled: number; reports: number; accepted: number; failures: Error[] };

const AT_ONCE = 4;

/**
 * Does what is due on usage that comes in by itself: brings orders up to date with what meters and feeds tell, tells of meters
 * that have stopped uploading, makes reports that were asked for (domain.md §3, §4 "Usage meter"), accepts services that were
 * billed undisputed (§5). Run again, or twice at once, it does
 * nothing twice: what to do is found in indexes and decided by what is stored.
 */
export async function runMeterDay(portal: MeterDayPortal): Promise<MeterDayResult> {
  const failures: Error[] = [];
  const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => shard);
  /** How many came to something; a failure is named and kept. */
  async function each<Due>(
    find: (shard: number) => AsyncIterable<Due>,
    nameOf: (due: Due) => string,
    work: (due: Due) => Promise<boolean>,
  ): Promise<number> {
    const due = (await Promise.all(shards.map((shard) => Array.fromAsync(find(shard))))).flat();
    const done = await inParallel(due, AT_ONCE, async (item) => {
      try {
        return await work(item);
      } catch (error) {
        failures.push(new Error(`${nameOf(item)}: ${(error as Error).message}`, { cause: error }));
        return false;
      }
    });
    return done.filter(Boolean).length;
  }
  const filled = await each(
    (shard) => monthsDue(portal, shard),
    ({ contractId, period }) => `readings for contract ${contractId} in ${period}`,
    (month) => compareMonth(portal, month),
  );
  const stopped = await each(
    (shard) => portal.usageMeters.dueRed(shard, portal.clock()),
    ({ meterId }) => `usage meter ${meterId}`,
    ({ meterId }) => noteStopped(portal, meterId),
  );
  const reports = await each(
    (shard) => portal.usageReports.due(shard),
    ({ serviceProviderId, period }) => `usage report of ${serviceProviderId} for ${period}`,
    (due) => makeUsageReport(portal, due),
  );
  const accepted = await each(
    async function* (shard) {
      yield* await undecidedDeliveries(portal, shard);
    },
    (number) => `service delivery ${number}`,
    (number) => acceptBilledDelivery(portal, number),
  );
  return { stopped, filled, reports, accepted, failures };
}

/** Each month once, whatever makes it due. */
async function* monthsDue(portal: MeterDayPortal, shard: number): AsyncGenerator<ContractMonth> {
  const seen = new Set<string>();
  for await (const month of portal.meteredMonths.due(shard)) {
    const name = `${month.contractId} ${month.period}`;
    if (!seen.has(name)) yield month;
    seen.add(name);
  }
}

/**
 * Brings a contract's month up to date, submits it where that is the system's to do, and keeps what came of it; what makes it
 * due meanwhile stays due, and so does a month whose order isn't made yet, or not open to be submitted.
 */
async function compareMonth(portal: MeterDayPortal, month: ContractMonth): Promise<boolean> {
  const [{ due, last }, contract] = await Promise.all([
    portal.meteredMonths.get(month),
    portal.contracts.get(month.contractId),
  ]);
  if (due.length === 0) return false;
  if (!contract) throw new Error(`there is no contract ${month.contractId}`);
  const { outcome, reason, isChanged } = await prefillOrder(portal, contract.contract, month.period, summaryOf);
  await noteThreshold(portal, contract.contract, month.period);
  if (outcome !== last?.outcome || reason !== last.reason) {
    const time = portal.clock().toISOString();
    await portal.meteredMonths.outcomeKept(month, { outcome, ...(reason && { reason }), time });
  }
  const submitted = outcome === 'APPLIED' ? await submitAsBilled(portal, contract.contract, month.period) : 'NOTHING';
  if (outcome !== 'WAITS' && submitted !== 'WAITS') await portal.meteredMonths.done(month, due);
  return isChanged || submitted === 'SUBMITTED';
}

/** Tells once that a meter has stopped: again only when it has uploaded in between. */
function noteStopped(portal: MeterDayPortal, meterId: string): Promise<boolean> {
  return committed(portal, 'The usage meter', async () => {
    const meter = await portal.usageMeters.get(meterId);
    const now = portal.clock();
    const since = meter && redFrom(meter);
    const isSilent = since !== undefined && since <= now.toISOString();
    if (!meter || !isSilent || meter.removedTime !== undefined || meter.stoppedSince !== undefined) {
      return { changes: [], result: false };
    }
    const changes = [
      ...portal.usageMeters.changed({ ...meter, stoppedSince: since }, now),
      ...uploadChanged(portal, meter, 'METER_STOPPED', since, now),
    ];
    return { changes, result: true };
  });
}
