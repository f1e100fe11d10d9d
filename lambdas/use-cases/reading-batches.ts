import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import * as z from 'zod';
import type { Period } from '../domain/calendar/period.ts';
import { type MergedReadings, mergeReading } from '../domain/metering/merge-readings.ts';
import { LICENCE_CATEGORIES, type Reading, type ReadingUse } from '../domain/metering/reading.ts';
import { formatQuantity, quantity } from '../domain/numbers/amounts.ts';
import { compareCodePoints } from '../domain/usage/canonical-order.ts';
import { getExisting } from './bytes.ts';
import { inParallel } from './in-parallel.ts';
import type { Portal } from './ports/portal.ts';
import type { ReadingsBatch } from './ports/readings.ts';

const zip = promisify(gzip);
const unzip = promisify(gunzip);

const amount = z.string().transform(quantity);

/** A batch as it is stored: the uses that it has, each once, and readings that point to them. */
const BatchSchema = z.object({
  uses: z.array(
    z.object({
      key: z.string(),
      products: z.array(z.string()),
      category: z.enum(LICENCE_CATEGORIES),
      poweredOn: z.boolean(),
      configured: amount,
      reserved: amount,
      cores: amount,
      capacity: amount,
      customer: z.string(),
      places: z.record(z.string(), z.string()),
    }),
  ),
  /** Source, from, to, sequence, place in `uses`. */
  readings: z.array(z.tuple([z.string(), z.number(), z.number(), z.number(), z.number()])),
});

const BATCHES_AT_ONCE = 8;
// Batches are small and many; above it the network takes longer than zipping.
const LEVEL = 3;

/** Where the batches of a meter and month are. */
export const readingsKey = (meterId: string, of: Period, batchHash: string): string =>
  `readings/${of}/${meterId}/${batchHash}.json.gz`;

/** New readings as an object, named by the hash of its bytes: the same readings in any order are the same object. */
export async function readingsObject(readings: readonly Reading[]): Promise<{ hash: string; bytes: Uint8Array }> {
  const inOrder = [...readings].sort(
    (a, b) => compareCodePoints(a.source, b.source) || a.from - b.from || a.sequence - b.sequence,
  );
  const placeOf = new Map<string, number>();
  const uses: z.input<typeof BatchSchema>['uses'] = [];
  const rows = inOrder.map(({ source, from, to, sequence, use }): z.input<typeof BatchSchema>['readings'][number] => {
    const name = `${use.key}${JSON.stringify(use.places)}`;
    let place = placeOf.get(name);
    if (place === undefined) {
      place = uses.push(storedUse(use)) - 1;
      placeOf.set(name, place);
    }
    return [source, from, to, sequence, place];
  });
  const batch: z.input<typeof BatchSchema> = { uses, readings: rows };
  const bytes = await zip(JSON.stringify(batch), { level: LEVEL });
  return { hash: hash('sha256', bytes, 'hex'), bytes };
}

const storedUse = (use: ReadingUse) => ({
  ...use,
  products: [...use.products],
  places: { ...use.places },
  configured: formatQuantity(use.configured),
  reserved: formatQuantity(use.reserved),
  cores: formatQuantity(use.cores),
  capacity: formatQuantity(use.capacity),
});

/**
 * All readings of some batches of a month, merged by source and hour: what counts of them.
 * @param isWanted which sources; all unless told otherwise
 */
export async function mergedBatches(
  portal: Pick<Portal, 'documents'>,
  batches: readonly ReadingsBatch[],
  isWanted: (source: string) => boolean = () => true,
): Promise<MergedReadings> {
  const merged: MergedReadings = new Map();
  await inParallel(batches, BATCHES_AT_ONCE, async ({ key }) => {
    const bytes = await unzip(await getExisting(portal.documents, key));
    const { uses, readings } = BatchSchema.parse(JSON.parse(bytes.toString()));
    for (const [source, from, to, sequence, place] of readings) {
      if (isWanted(source)) mergeReading(merged, { source, from, to, sequence, use: uses[place] as ReadingUse });
    }
  });
  return merged;
}
