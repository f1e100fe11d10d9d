import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import * as z from 'zod';
import type { Period } from '../domain/calendar/period.ts';
import type { PlacedRecord, UsageRecord } from '../domain/cloud-usage/usage-record.ts';
import { formatQuantity, quantity } from '../domain/numbers/amounts.ts';
import { compareCodePoints } from '../domain/usage/canonical-order.ts';
import { getExisting } from './bytes.ts';
import { inParallel } from './in-parallel.ts';
import type { Documents } from './ports/objects.ts';
import type { Portal } from './ports/portal.ts';
import type { UsageRecordBatch } from './ports/usage-records.ts';

const zip = promisify(gzip);
const unzip = promisify(gunzip);

/** A batch as it is stored. */
const BatchSchema = z.array(
  z.object({
    id: z.string(),
    subscriptionId: z.string(),
    productCode: z.string(),
    quantity: z.string().transform(quantity),
    start: z.string(),
    end: z.string(),
    inMinCommit: z.boolean(),
    proformaNumber: z.string().exactOptional(),
    invoiceNumber: z.string().exactOptional(),
    corrects: z.string().exactOptional(),
  }),
);

const BATCHES_AT_ONCE = 8;

/** Where the batches of a contract and month are. */
const usageRecordsKey = (contractId: string, of: Period, batchHash: string): string =>
  `usage-records/${of}/${contractId}/${batchHash}.json.gz`;

/** New records of a contract's month, put as an object that is named by the hash of its bytes; still to be registered. */
export async function storedBatch(
  portal: { documents: Pick<Documents, 'putOnce'> },
  {
    contractId,
    period,
    records,
    time,
  }: { contractId: string; period: Period; records: readonly UsageRecord[]; time: string },
): Promise<UsageRecordBatch> {
  // The same records in any order are the same object.
  const batch = [...records]
    .sort((a, b) => compareCodePoints(a.id, b.id))
    .map((record) => ({ ...record, quantity: formatQuantity(record.quantity) }));
  const bytes = await zip(JSON.stringify(batch));
  const named = hash('sha256', bytes, 'hex');
  const key = usageRecordsKey(contractId, period, named);
  await portal.documents.putOnce(key, bytes, 'application/gzip');
  return { period, hash: named, key, records: records.length, time };
}

/** All records of some batches, with the month each lies in, in no particular order. */
export async function readUsageRecords(
  portal: Pick<Portal, 'documents'>,
  batches: readonly UsageRecordBatch[],
): Promise<PlacedRecord[]> {
  const placed = await inParallel(batches, BATCHES_AT_ONCE, async ({ key, period }) => {
    const bytes = await unzip(await getExisting(portal.documents, key));
    return BatchSchema.parse(JSON.parse(bytes.toString())).map((record): PlacedRecord => ({ period, record }));
  });
  return placed.flat();
}
