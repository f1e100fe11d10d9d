import * as fc from 'fast-check';
import { type MergedReadings, mergeReading } from '../../../lambdas/domain/metering/merge-readings.ts';
import type { Reading, ReadingUse } from '../../../lambdas/domain/metering/reading.ts';

const use = (key: string): ReadingUse => ({ key }) as ReadingUse;

/** Every second of every source, painted by hour: the slow and obvious way. */
function painted(readings: Iterable<Reading>): string[] {
  const seconds: string[] = [];
  for (const { source, from, to, sequence, use: of } of readings) {
    for (let at = from; at < to; at += 600) seconds.push(`${source} ${at} ${sequence} ${of.key}`);
  }
  return seconds.sort();
}

function merged(readings: readonly Reading[]): string[] {
  const all: MergedReadings = new Map();
  for (const reading of readings) mergeReading(all, reading);
  return painted([...all.values()].flat());
}

// In units of ten minutes over four hours; a source's use follows from its upload, so that no upload contradicts itself.
const anyReading = fc
  .record({
    source: fc.constantFrom('a', 'b'),
    start: fc.nat(22),
    length: fc.integer({ min: 1, max: 12 }),
    sequence: fc.nat(3),
  })
  .map(({ source, start, length, sequence }): Reading => {
    const from = start * 600;
    return { source, from, to: from + length * 600, sequence, use: use(`use ${sequence}`) };
  });

const HOUR = 3_600;
const hours = ({ from, to }: Reading): number[] => {
  const first = Math.floor(from / HOUR);
  return Array.from({ length: Math.ceil(to / HOUR) - first }, (_, at) => first + at);
};

/** Of each upload the readings that don't overlap another of it. */
const apart = (readings: readonly Reading[]): Reading[] =>
  readings.filter(
    (reading, at) =>
      !readings
        .slice(0, at)
        .some(
          (other) =>
            other.source === reading.source &&
            other.sequence === reading.sequence &&
            other.from < reading.to &&
            reading.from < other.to,
        ),
  );

test('of each hour of a source the highest sequence that tells it holds, with all that it tells', () => {
  fc.assert(
    fc.property(fc.array(anyReading, { maxLength: 12 }), (all) => {
      const readings = apart(all);
      const highest = new Map<string, number>();
      for (const reading of readings) {
        for (const hour of hours(reading)) {
          const name = `${reading.source} ${hour}`;
          highest.set(name, Math.max(highest.get(name) ?? 0, reading.sequence));
        }
      }
      const expected = painted(readings).filter((second) => {
        const [source, at, sequence] = second.split(' ');
        return highest.get(`${source} ${Math.floor(Number(at) / HOUR)}`) === Number(sequence);
      });
      expect(merged(readings)).toEqual(expected);
    }),
  );
});

test('order, repetition and what was stored of each reading never matter', () => {
  fc.assert(
    fc.property(fc.array(anyReading, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (all, random) => {
      const readings = apart(all);
      const shuffled = [...readings, ...readings]
        .map((reading) => ({ reading, at: random.next().value as number }))
        .sort((a, b) => a.at - b.at)
        .map(({ reading }) => reading);
      const state: MergedReadings = new Map();
      const fresh = shuffled.flatMap((reading) => {
        const outcome = mergeReading(state, reading);
        return outcome.result === 'ACCEPTED' ? outcome.fresh : [];
      });
      expect(painted([...state.values()].flat())).toEqual(merged(readings));
      // Only what was new is stored, and read back in any order.
      expect(merged(fresh.toReversed())).toEqual(merged(readings));
    }),
  );
});

const reading = (over: Partial<Reading>): Reading => ({
  source: 'a',
  from: 0,
  to: HOUR,
  sequence: 1,
  use: use('x'),
  ...over,
});

test('says of each reading what it comes to', () => {
  const state: MergedReadings = new Map();
  const add = (over: Partial<Reading>) => mergeReading(state, reading(over));
  expect(add({ to: 2 * HOUR })).toMatchObject({ result: 'ACCEPTED' });
  expect(add({ to: 2 * HOUR })).toEqual({ result: 'DUPLICATE' });
  expect(add({ from: HOUR, to: 2 * HOUR })).toEqual({ result: 'DUPLICATE' });
  expect(add({ use: use('y') })).toEqual({ result: 'CONFLICT', hour: 0 });
  expect(add({ sequence: 0 })).toEqual({ result: 'SUPERSEDED' });
  expect(add({ from: HOUR, to: 3 * HOUR })).toMatchObject({
    result: 'ACCEPTED',
    fresh: [{ from: 2 * HOUR, to: 3 * HOUR }],
  });
  expect(add({ sequence: 2, from: 600, to: 1200, use: use('y') })).toMatchObject({ result: 'ACCEPTED' });
  expect(state.get('a')?.map(({ from, to }) => [from, to])).toEqual([
    [600, 1200],
    [HOUR, 2 * HOUR],
    [2 * HOUR, 3 * HOUR],
  ]);
});

test('a reading of a month beside tens of thousands looks at each but a few times', () => {
  let looks = 0;
  const minutes = Array.from({ length: 44_640 }, (_, at) => ({
    source: 'a',
    get from() {
      looks++;
      return at * 60;
    },
    to: (at + 1) * 60,
    sequence: 2,
    use: use('use 2'),
  }));
  const all: MergedReadings = new Map([['a', minutes]]);
  const month = { source: 'a', from: 0, to: 744 * HOUR };
  expect(mergeReading(all, { ...month, sequence: 1, use: use('use 1') }).result).toBe('SUPERSEDED');
  expect(mergeReading(all, { ...month, sequence: 3, use: use('use 3') }).result).toBe('ACCEPTED');
  expect(looks).toBeLessThan(20 * 44_640);
});
