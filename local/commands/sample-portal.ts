import { addMonths, type Period } from '../../lambdas/domain/calendar/period.ts';
import { cutoffInstant, DEFAULT_CALENDAR } from '../../lambdas/domain/calendar/programme-calendar.ts';
import { type CloseReport, runName } from '../../lambdas/domain/close/run.ts';
import { importProgramme } from '../../lambdas/use-cases/import-programme.ts';
import { type FolderContents, writeDataFolder } from '../data-folder.ts';
import { type LocalPortal, openLocalPortal } from '../local-portal.ts';
import { openFirstAdjustment } from '../sample/adjustment.ts';
import { cloudTracks, withAnniversaries } from '../sample/cloud-tracks.ts';
import { customerTracks } from '../sample/customer-tracks.ts';
import { payInvoices } from '../sample/payments.ts';
import { recordTracks } from '../sample/record-tracks.ts';
import { samplePayers, sampleProgramme, sampleReporter } from '../sample/sample-programme.ts';
import type { Progress } from './output.ts';
import { runClose } from './run-close.ts';

export const SAMPLE_MONTHS = 6;

/** Time as the portal sees it: the machine's, but for the past months that the sample's history is closed in. */
export type PortalClock = { now: () => Date; standAt(instant: Date | undefined): void };

export function portalClock(): PortalClock {
  let fixed: Date | undefined;
  return {
    now: () => fixed ?? new Date(),
    standAt: (instant) => {
      fixed = instant;
    },
  };
}

/** Opens the portal of a folder, with the progress of its closes told. */
export function openPortal(
  folder: string,
  clock: PortalClock,
  progress: { current: Progress },
  baseUrl?: string,
): Promise<LocalPortal> {
  return openLocalPortal({
    folder,
    clock: clock.now,
    ...(baseUrl && { baseUrl }),
    onEvent: (_name, event) => progress.current.tell(event),
  });
}

/** Brings the sample programme in, unless it is there; an import that was interrupted is taken up. */
export async function seedSample(
  local: LocalPortal,
  folder: string,
  contents: FolderContents,
): Promise<FolderContents> {
  if (contents.seeded) return contents;
  const drawn = { seed: contents.seed, latestPeriod: contents.period, months: SAMPLE_MONTHS };
  const cloud = cloudTracks(drawn);
  const sample = sampleProgramme(drawn);
  const organizations = withAnniversaries(sample.organizations, cloud);
  await importProgramme(local.portal, { ...sample, organizations });
  await importProgramme(local.portal, cloud);
  await importProgramme(local.portal, customerTracks(drawn));
  await importProgramme(local.portal, recordTracks(drawn));
  const seeded = { ...contents, seeded: true };
  await writeDataFolder(folder, seeded);
  return seeded;
}

/** Closes the sample's past months, each at its cutoff, so that the latest has a history. */
export async function closeHistory(local: LocalPortal, clock: PortalClock, latest: Period): Promise<void> {
  for (let back = SAMPLE_MONTHS - 1; back >= 1; back--) await closeAtCutoff(local, clock, addMonths(latest, -back));
}

/** Books what the aggregator whose token is printed has paid by the close of the latest period. */
export async function payHistory(local: LocalPortal, { seed, period }: FolderContents): Promise<void> {
  const { caller, aggregatorId } = samplePayers(seed);
  await payInvoices(local.portal, caller, { aggregatorId, by: cutoffInstant(period, DEFAULT_CALENDAR) });
}

/** Gives the service provider whose token is printed an order to change: an adjustment of one of the latest period. */
export async function adjustLatest(local: LocalPortal, { seed, period }: FolderContents, now: Date): Promise<void> {
  await openFirstAdjustment(local.portal, sampleReporter(seed), { period, now });
}

/**
 * Closes a period as the schedule would have done it, and takes up a close that was interrupted; undefined when it has
 * been closed before.
 */
export async function closeAtCutoff(
  local: LocalPortal,
  clock: PortalClock,
  period: Period,
): Promise<CloseReport | undefined> {
  const before = await local.portal.closes.get(period);
  if (before && (await reportOf(local, period))) return undefined;
  const cutoff = cutoffInstant(period, DEFAULT_CALENDAR);
  clock.standAt(cutoff);
  try {
    const { report } = await runClose(local, { period, mode: before ? 'REDRIVE' : 'SCHEDULED', now: cutoff });
    return report;
  } finally {
    clock.standAt(undefined);
  }
}

/** The report of the latest run of a period, if it has ended well. */
export async function reportOf(local: LocalPortal, of: Period): Promise<CloseReport | undefined> {
  const close = await local.portal.closes.get(of);
  if (!close) return undefined;
  return (await local.portal.closes.run(of, runName(of, close.currentRun)))?.report;
}
