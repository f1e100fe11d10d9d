import type { Reading } from './reading.ts';

const HOUR = 3_600;

/** What a reading comes to beside those that are there. */
export type MergeOutcome =
  /** At least one hour of it counts that was not there so. `fresh`: what of it is new. */
  | { result: 'ACCEPTED'; fresh: readonly Reading[] }
  /** All of it is there already. */
  | { result: 'DUPLICATE' }
  /** A later upload has told all its hours otherwise, or they are there already. */
  | { result: 'SUPERSEDED' }
  /** The same upload sequence says something else of one of its hours: nothing of it counts. */
  | { result: 'CONFLICT'; hour: number };

/**
 * Readings of a meter in a month by source, each source's in the order of time. In every hour of a source all readings are
 * of one upload sequence, and none overlaps another.
 */
export type MergedReadings = Map<string, Reading[]>;

/**
 * Adds a reading to those that are there, by source and hour: an upload tells an hour of a source whole, and of two
 * uploads that tell one hour the higher sequence holds, whichever comes first. So whatever is sent again, in another order
 * or in overlapping parts comes to the same (domain.md §5 "vRAM metering").
 */
export function mergeReading(merged: MergedReadings, reading: Reading): MergeOutcome {
  const readings = merged.get(reading.source);
  if (!readings) {
    merged.set(reading.source, [reading]);
    return { result: 'ACCEPTED', fresh: [reading] };
  }
  const start = firstEndingAfter(readings, hourOf(reading.from) * HOUR);
  let end = start;
  while (end < readings.length && (readings[end] as Reading).from < hoursEnd(reading) * HOUR) end++;
  const near = readings.slice(start, end);
  if (near.length === 0) {
    readings.splice(start, 0, reading);
    return { result: 'ACCEPTED', fresh: [reading] };
  }
  const [only] = near;
  if (near.length === 1 && only && isSame(only, reading)) return { result: 'DUPLICATE' };
  const told = byHour(reading, near);
  if (told.conflict !== undefined) return { result: 'CONFLICT', hour: told.conflict };
  if (told.fresh.length === 0) return { result: told.duplicates > 0 ? 'DUPLICATE' : 'SUPERSEDED' };
  const parts = [...keptBeside(near, told.fresh), ...told.fresh].sort((a, b) => a.from - b.from);
  readings.splice(start, near.length, ...parts);
  return { result: 'ACCEPTED', fresh: told.fresh };
}

const hourOf = (second: number): number => Math.floor(second / HOUR);
/** The hour after the last one that a reading touches. */
const hoursEnd = ({ to }: Reading): number => Math.ceil(to / HOUR);

const isSame = (a: Reading, b: Reading): boolean =>
  a.from === b.from && a.to === b.to && a.sequence === b.sequence && a.use.key === b.use.key;

function firstEndingAfter(readings: readonly Reading[], second: number): number {
  let low = 0;
  let high = readings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((readings[middle] as Reading).to <= second) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What becomes of a reading hour by hour, beside readings that touch some of its hours. */
function byHour(reading: Reading, near: readonly Reading[]) {
  const fresh: Reading[] = [];
  let duplicates = 0;
  let start = 0;
  for (let hour = hourOf(reading.from); hour < hoursEnd(reading); hour++) {
    const part = within(reading, hour);
    // They are in the order of time: none of those that have ended touches a later hour.
    while (start < near.length && hoursEnd(near[start] as Reading) <= hour) start++;
    let end = start;
    while (end < near.length && hourOf((near[end] as Reading).from) <= hour) end++;
    const beside = near.slice(start, end);
    if (beside.some(({ sequence }) => sequence > reading.sequence)) continue;
    const same = beside.filter(({ sequence }) => sequence === reading.sequence).map((each) => within(each, hour));
    if (same.some((each) => isSame(each, part))) duplicates++;
    else if (same.some((each) => each.from < part.to && part.from < each.to))
      return { fresh, duplicates, conflict: hour };
    else {
      const last = fresh.at(-1);
      if (last && last.to === part.from) fresh[fresh.length - 1] = { ...last, to: part.to };
      else fresh.push(part);
    }
  }
  return { fresh, duplicates, conflict: undefined };
}

const within = (reading: Reading, hour: number): Reading => ({
  ...reading,
  from: Math.max(reading.from, hour * HOUR),
  to: Math.min(reading.to, (hour + 1) * HOUR),
});

/** What of earlier readings stays beside parts of a new one; both in the order of time. */
function keptBeside(near: readonly Reading[], fresh: readonly Reading[]): Reading[] {
  let start = 0;
  return near.flatMap((each) => {
    while (start < fresh.length && hoursEnd(fresh[start] as Reading) <= hourOf(each.from)) start++;
    let left = [each];
    for (let at = start; at < fresh.length && hourOf((fresh[at] as Reading).from) < hoursEnd(each); at++) {
      left = left.flatMap((part) => without(part, fresh[at] as Reading));
    }
    return left;
  });
}

/** What an earlier reading keeps beside one that has come for some of its hours: nothing in those, of a lower sequence. */
function without(earlier: Reading, part: Reading): Reading[] {
  const from = hourOf(part.from) * HOUR;
  const to = hoursEnd(part) * HOUR;
  if (earlier.sequence >= part.sequence || earlier.to <= from || earlier.from >= to) return [earlier];
  const before = { ...earlier, to: Math.min(earlier.to, from) };
  const after = { ...earlier, from: Math.max(earlier.from, to) };
  return [before, after].filter((each) => each.from < each.to);
}
