import type { Period } from '../domain/calendar/period.ts';
import { checkReading, type ReadingRefusal } from '../domain/metering/check-reading.ts';
import { type MergeOutcome, mergeReading } from '../domain/metering/merge-readings.ts';
import type { Reading } from '../domain/metering/reading.ts';
import type { UsageMeter } from '../domain/usage-meter/usage-meter.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { PortalError } from './errors.ts';
import { meterUploaded } from './meter-uploaded.ts';
import { readingFacts } from './metering-facts.ts';
import { meterSubject, ownUsageMeter } from './own-usage-meter.ts';
import type { Portal } from './ports/portal.ts';
import type { ReadingsHead } from './ports/readings.ts';
import { mergedBatches, readingsKey, readingsObject } from './reading-batches.ts';
import { type ReadingSource, readReadings } from './reading-source.ts';
import { type ResultRun, resultRuns } from './result-runs.ts';

type TakePortal = Pick<
  Portal,
  | 'units'
  | 'audit'
  | 'notices'
  | 'catalogue'
  | 'contracts'
  | 'usageSites'
  | 'usageMeters'
  | 'meteredMonths'
  | 'readings'
  | 'documents'
>;

/** What became of a reading. */
export const READING_RESULTS = ['ACCEPTED', 'DUPLICATE', 'SUPERSEDED', 'CONFLICT', 'REFUSED'] as const;
export type ReadingResult = (typeof READING_RESULTS)[number];

type Outcome = { result: ReadingResult; reason?: ReadingRefusal['reason'] | 'OTHER_VALUE'; message?: string };

export type TakenReadings = {
  readings: number;
  counts: Record<ReadingResult, number>;
  runs: ResultRun<Outcome>[];
};

type Part = { at: number; reading: Reading };

/**
 * Takes readings of a meter: each is accepted, there already, superseded by a later upload, in conflict with what the same
 * upload sequence has said, or refused with a reason. What is sent again, in another order or overlapping changes nothing
 * (domain.md §5 "vRAM metering", §3 "Arrears").
 *
 * @throws PortalError NOT_FOUND; BAD_REQUEST when the body can't be read, or tells one source's time too often: then nothing
 *   is taken; CHANGED_MEANWHILE while others upload for the same meter
 */
export async function takeReadings(
  portal: TakePortal,
  { caller, meterId, now }: { caller: Caller; meterId: string; now: Date },
  source: ReadingSource,
): Promise<TakenReadings> {
  const meter = await ownUsageMeter(portal, caller, 'manageUsageMeters', meterId);
  const rows = await readReadings(source);
  const facts = await readingFacts(portal, meter, now);
  const outcomes: Outcome[] = [];
  const byPeriod = new Map<Period, Part[]>();
  rows.forEach(({ fields }, at) => {
    const checked = checkReading(fields, facts);
    if (!checked.ok) {
      outcomes[at] = { result: 'REFUSED', ...checked.refusal };
      return;
    }
    for (const { period, reading } of checked.parts) {
      const parts = byPeriod.get(period) ?? [];
      byPeriod.set(period, parts);
      parts.push({ at, reading });
    }
  });
  refuseRepeated([...byPeriod.values()].flat());
  for (const [period, parts] of [...byPeriod].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const merged = await registered(portal, meter, period, parts, { actor: caller.userId, now });
    for (const [index, { at }] of parts.entries()) outcomes[at] = worse(outcomes[at], merged[index] as MergeOutcome);
  }
  await meterUploaded(portal, meterId, now);
  const lines = rows.map(({ line }) => line);
  return { readings: rows.length, ...resultRuns(lines, outcomes, READING_RESULTS) };
}

// Each hour of a source is compared with all that is told of it. Far more than its months and their corrections.
const MOST_SECONDS_OF_A_SOURCE = 20 * 31 * 86_400;

/** @throws PortalError BAD_REQUEST where the body tells the same source's time again and again */
function refuseRepeated(parts: readonly Part[]): void {
  const seconds = new Map<string, number>();
  for (const {
    reading: { source, from, to },
  } of parts) {
    const sum = (seconds.get(source) ?? 0) + to - from;
    if (sum > MOST_SECONDS_OF_A_SOURCE) {
      const message = `tells more than ${MOST_SECONDS_OF_A_SOURCE / 3_600} hours of source ${source}: send fewer at once`;
      throw new PortalError('BAD_REQUEST', `No reading was taken: the body ${message}`, [{ field: 'body', message }]);
    }
    seconds.set(source, sum);
  }
}

/** Registers what is new of a month's readings, and says what became of each. */
function registered(
  portal: TakePortal,
  { id: meterId, serviceProviderId }: UsageMeter,
  period: Period,
  parts: readonly Part[],
  { actor, now }: { actor: string; now: Date },
): Promise<MergeOutcome[]> {
  const time = now.toISOString();
  const sources = new Set(parts.map(({ reading }) => reading.source));
  const [from, to] = span(parts.map(({ reading }) => reading));
  const decide = async () => {
    const head = await portal.readings.head(meterId, period);
    const batches = head ? await portal.readings.batches(meterId, period) : [];
    const near = batches.filter((batch) => batch.from < hourUp(to) && hourUp(batch.to) > hourDown(from));
    const merged = await mergedBatches(portal, near, (source) => sources.has(source));
    const result = parts.map(({ reading }) => mergeReading(merged, reading));
    const fresh = result.flatMap((outcome) => (outcome.result === 'ACCEPTED' ? outcome.fresh : []));
    if (fresh.length === 0) return { changes: [], result };
    const { hash, bytes } = await readingsObject(fresh);
    const key = readingsKey(meterId, period, hash);
    await portal.documents.putOnce(key, bytes, 'application/gzip');
    const [first, last] = span(fresh);
    const accepted = result.filter((outcome) => outcome.result === 'ACCEPTED').length;
    const before: ReadingsHead = head ?? {
      meterId,
      period,
      readings: 0,
      lastUploadTime: time,
      contractIds: [],
      version: 0,
    };
    const named = fresh.flatMap(({ use }) => Object.keys(use.places));
    const contractIds = [...new Set([...before.contractIds, ...named])].sort();
    const changes = [
      ...portal.readings.registered(
        { ...before, readings: before.readings + accepted, lastUploadTime: time, contractIds },
        { hash, key, readings: accepted, from: first, to: last, time },
      ),
      ...contractIds.map((contractId) =>
        portal.meteredMonths.isDue({ contractId, period }, { kind: 'METER', id: meterId, token: hash }, now),
      ),
      portal.audit.recorded({
        organizationId: serviceProviderId,
        subject: meterSubject(meterId),
        id: `READINGS#${period}#${hash}`,
        time,
        actor,
        action: 'uploadReadings',
        reason: `${accepted} ${accepted === 1 ? 'reading' : 'readings'} of ${period}`,
      }),
    ];
    return { changes, result };
  };
  return committed(portal, `The readings of the meter in ${period}`, decide);
}

const HOUR = 3_600;
const hourDown = (second: number): number => Math.floor(second / HOUR) * HOUR;
const hourUp = (second: number): number => Math.ceil(second / HOUR) * HOUR;

function span(readings: readonly Reading[]): [from: number, to: number] {
  return readings.reduce<[number, number]>(
    ([first, last], { from, to }) => [Math.min(first, from), Math.max(last, to)],
    [Number.MAX_SAFE_INTEGER, 0],
  );
}

/** What a reading of several months came to: a conflict in one is told, and what is new in one is accepted. */
const RANK: readonly ReadingResult[] = ['SUPERSEDED', 'DUPLICATE', 'ACCEPTED', 'CONFLICT'];

function worse(before: Outcome | undefined, outcome: MergeOutcome): Outcome {
  if (before && RANK.indexOf(before.result) >= RANK.indexOf(outcome.result)) return before;
  if (outcome.result !== 'CONFLICT') return { result: outcome.result };
  const message = 'the same upload sequence has told one of its hours otherwise: correct it with a higher one';
  return { result: 'CONFLICT', reason: 'OTHER_VALUE', message };
}
