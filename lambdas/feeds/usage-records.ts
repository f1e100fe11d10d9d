import * as z from 'zod';
import type { SentRecord } from '../domain/cloud-usage/check-record.ts';
import { QUANTITY_SCALE, type Quantity } from '../domain/numbers/amounts.ts';
import { isCurrency } from '../domain/numbers/currency.ts';
import { parseDecimal, powerOfTen } from '../domain/numbers/decimal.ts';
import { ndjsonRows } from './ndjson-rows.ts';

/** A record and the line it stands on, or what is wrong with it by itself. */
export type UsageRecordRow = { line: number } & ({ ok: true; record: SentRecord } | { ok: false; message: string });

// One line of text without control characters or marks of direction.
const TEXT = /^[^\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]{1,200}$/u;
const TIME = /^2[01]\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.0{1,3})?Z$/;
// 10^9 units; far from what a charge can hold.
const MOST = 10n ** 9n * powerOfTen(QUANTITY_SCALE);

const text = z.string('must be text').regex(TEXT, 'must be text of at most 200 characters in one line');
const time = z
  .string('must be a time')
  .refine((written) => TIME.test(written) && isInstant(written), 'must be a time in UTC: 2026-10-01T05:00:00Z')
  .transform((written) => new Date(written).toISOString());
const amount = z
  .union([z.string().max(30), z.number()], 'must be a number')
  .transform((written) => parseDecimal(String(written), QUANTITY_SCALE))
  .refine(
    (read) => read !== undefined && read >= -MOST && read <= MOST,
    `must be a number of at most ${QUANTITY_SCALE} decimals, from -1000000000 to 1000000000`,
  )
  .transform((read) => (read ?? 0n) as Quantity);

/** A record as it is written, one a line. */
const RecordSchema = z.strictObject({
  id: text.max(100, 'must have at most 100 characters'),
  subscriptionId: text,
  prmId: text.exactOptional(),
  product: text,
  quantity: amount,
  time: time.exactOptional(),
  start: time.exactOptional(),
  end: time.exactOptional(),
  currency: z.string('must be text').refine(isCurrency, 'must be an ISO 4217 code'),
  inMinCommit: z.boolean('must be true or false').default(true),
  proformaNumber: text.exactOptional(),
  invoiceNumber: text.exactOptional(),
  corrects: text.exactOptional(),
});

const KNOWN: ReadonlySet<string> = new Set(Object.keys(RecordSchema.shape));

/** A day that there is, not one that JavaScript takes for another. */
const isInstant = (written: string): boolean =>
  !Number.isNaN(Date.parse(written)) && new Date(written).toISOString().slice(0, 19) === written.slice(0, 19);

/**
 * Usage records of cloud subscriptions as JSON, one a line.
 * @throws FeedError with the line, when one is no JSON object or has members that aren't known
 */
export async function* readUsageRecords(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<UsageRecordRow> {
  for await (const { line, fields } of ndjsonRows(bytes, KNOWN)) yield { line, ...readRecord(fields) };
}

function readRecord(fields: object): { ok: true; record: SentRecord } | { ok: false; message: string } {
  const parsed = RecordSchema.safeParse(fields);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = String(issue?.path[0] ?? 'it');
    return { ok: false, message: field in fields ? `${field} ${issue?.message}` : `${field} is needed` };
  }
  const { product: productCode, time: moment, start = moment, end = moment, ...rest } = parsed.data;
  const isSpan = parsed.data.start !== undefined && parsed.data.end !== undefined;
  if (start === undefined || end === undefined || isSpan === (moment !== undefined)) {
    return { ok: false, message: 'time, or start and end, is needed' };
  }
  return { ok: true, record: { ...rest, productCode, start, end } };
}
