import * as z from 'zod';
import type { UsageFile } from '../domain/usage-file/usage-file.ts';
import { idOf } from './new-order.ts';

/** A file is held for longer than the function that validates may run: whoever holds it longer has died. */
export const HELD_MS = 330_000;

/** Where the parts of a file of usage lie; what a validation has found lies apart from what others have. */
export const usageFileObjects = {
  source: (id: string): string => `uploads/${id}/source`,
  rows: ({ id, attempt }: Pick<UsageFile, 'id' | 'attempt'>, orderId: string): string =>
    `uploads/${id}/${attempt}/${orderId}.jsonl`,
  errors: ({ id, attempt }: Pick<UsageFile, 'id' | 'attempt'>): string => `uploads/${id}/${attempt}/errors.json`,
  errorReport: ({ id, attempt }: Pick<UsageFile, 'id' | 'attempt'>): string => `uploads/${id}/${attempt}/errors.csv`,
};

const SOURCE = /^uploads\/([\w-]{1,64})\/source$/;

/** The file that an uploaded object is the source of. */
export function fileIdOf(key: string): string | undefined {
  return SOURCE.exec(key)?.[1];
}

/** Id of the line that a row of a file makes: the same one however often the file is applied. */
export const lineIdOf = (fileId: string, row: number): string => idOf(`${fileId}-${row}`);

/** A row as it is kept between validating and applying: as it was written, but for what names the order. */
export const RowTextSchema = z.object({
  row: z.number().int(),
  usagePeriod: z.string(),
  product: z.string(),
  site: z.string(),
  customer: z.string(),
  quantity: z.string(),
  reason: z.string(),
  comment: z.string(),
});
export type RowText = z.infer<typeof RowTextSchema>;

/** Something wrong in a file, as it is reported. */
export const ReportedErrorSchema = z.object({
  row: z.number().int(),
  column: z.string().optional(),
  message: z.string(),
});
export type ReportedError = z.infer<typeof ReportedErrorSchema>;
