import { heldUsage } from '../domain/billing-order/held-usage.ts';
import { transition } from '../domain/transitions.ts';
import { mergeRows } from '../domain/usage-file/merge-rows.ts';
import { USAGE_FILE_TRANSITIONS } from '../domain/usage-file/status.ts';
import type { FileOrder, UsageFile } from '../domain/usage-file/usage-file.ts';
import { FeedError } from '../feeds/feed-error.ts';
import type { UsageColumn } from '../feeds/usage-columns.ts';
import { readUsageFile } from '../feeds/usage-file.ts';
import { jsonLines, workBytes } from './bytes.ts';
import { type ErrorReport, errorReport } from './error-report.ts';
import { RetryableError } from './errors.ts';
import { columnOf, type GatheredRows, gatherRows, type OrderRows, tellAs } from './gather-rows.ts';
import type { Portal } from './ports/portal.ts';
import type { ReportPortal } from './reportable-order.ts';
import { HELD_MS, lineIdOf, usageFileObjects } from './usage-file-objects.ts';

export type ValidatePortal = ReportPortal & Pick<Portal, 'clock' | 'units' | 'usageFiles' | 'uploads' | 'workFiles'>;

// Whoever has died of a file so often dies of it again.
const MOST_ATTEMPTS = 20;

/**
 * Validates an uploaded file: reads it, finds everything that is wrong with it, and what it would change in each order.
 * Nothing of the orders is changed. A file that is held by somebody else, or doesn't wait for it, is left as it is.
 *
 * @throws RetryableError when there is no such file yet: the event of an upload may overtake what tells of the file
 */
export async function validateUsageFile(portal: ValidatePortal, fileId: string): Promise<void> {
  const file = await held(portal, fileId);
  if (!file) return;
  const report = errorReport();
  const bytes = await portal.uploads.pieces(usageFileObjects.source(file.id));
  if (!bytes) report.add({ row: 1, message: 'the file is not there any more: send it again' });
  else if (file.attempt > MOST_ATTEMPTS)
    report.add({ row: 1, message: "the file can't be read: send it in another form" });
  const read = bytes && report.count() === 0 ? await readRows(portal, file, bytes, report) : undefined;
  const orders: FileOrder[] = [];
  for (const each of read?.orders ?? []) orders.push(await preview(portal, file, each, read, report));
  await ended(portal, file, { read, orders, report });
}

/** Takes the file for this validation; undefined when it isn't to be validated now. */
async function held(portal: ValidatePortal, fileId: string): Promise<UsageFile | undefined> {
  const now = portal.clock();
  const file = await portal.usageFiles.get(fileId);
  if (!file) throw new RetryableError(`there is no usage file ${fileId} yet`);
  if (file.heldUntil !== undefined && file.heldUntil > now.toISOString()) return undefined;
  const uploaded = moved(file, 'upload') ?? file.status;
  const moving = transition(USAGE_FILE_TRANSITIONS, uploaded, 'validate', 'SYSTEM');
  if (!moving.ok) return undefined;
  const { rows: _rows, emptyRows: _empty, errors: _errors, ignoredColumns: _ignored, ...rest } = file;
  const taken: UsageFile = {
    ...rest,
    status: moving.to,
    attempt: file.attempt + 1,
    heldUntil: new Date(now.getTime() + HELD_MS).toISOString(),
    orders: [],
  };
  const { ok } = await portal.units.commit([portal.usageFiles.changed(taken, now)]);
  return ok ? { ...taken, version: taken.version + 1 } : undefined;
}

const moved = ({ status }: UsageFile, verb: string) => {
  const moving = transition(USAGE_FILE_TRANSITIONS, status, verb, 'SYSTEM');
  return moving.ok ? moving.to : undefined;
};

async function readRows(
  portal: ValidatePortal,
  file: UsageFile,
  bytes: AsyncIterable<Uint8Array>,
  report: ErrorReport,
): Promise<GatheredRows | undefined> {
  const needed: readonly UsageColumn[] =
    file.orderId === undefined ? ['contract', 'usagePeriod', 'product', 'quantity'] : ['product', 'quantity'];
  try {
    return await gatherRows(portal, file, readUsageFile(bytes, file.format, needed), {
      tell: report.add,
      now: portal.clock(),
    });
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    report.add({ row: error.line ?? 1, message: error.message });
    return undefined;
  }
}

/** What the rows would change in an order; keeps them for applying. */
async function preview(
  portal: ValidatePortal,
  file: UsageFile,
  { reportable, rows, texts }: OrderRows,
  read: GatheredRows | undefined,
  report: ErrorReport,
): Promise<FileOrder> {
  const { order, lines, billed, tiers } = reportable;
  const context = { userId: file.userId, time: portal.clock().toISOString(), billed };
  const merged = mergeRows(context, lines, rows, { mode: file.mode, idOf: (row) => lineIdOf(file.id, row) });
  const tell = tellAs(read?.header, report.add);
  for (const { row, field, message } of merged.faults) tell(row, columnOf(field), message);
  await portal.workFiles.putOnce(usageFileObjects.rows(file, order.id), jsonLines(texts), 'application/jsonl');
  return {
    orderId: order.id,
    contractNumber: order.contractNumber,
    usagePeriod: order.usagePeriod,
    orderVersion: order.version,
    rows: rows.length,
    counts: merged.counts,
    before: order.held,
    after: heldUsage(order.usagePeriod, merged.lines, tiers),
    outcome: 'WAITING',
  };
}

async function ended(
  portal: ValidatePortal,
  file: UsageFile,
  { read, orders, report }: { read: GatheredRows | undefined; orders: readonly FileOrder[]; report: ErrorReport },
): Promise<void> {
  const errors = report.count();
  if (errors > 0) {
    await portal.workFiles.putOnce(usageFileObjects.errors(file), workBytes(report.first()), 'application/json');
    await portal.workFiles.putOnce(usageFileObjects.errorReport(file), report.bytes(), 'text/csv');
  }
  const status = moved(file, errors === 0 ? 'accept' : 'refuse');
  if (!status) return;
  const { heldUntil: _, ...rest } = file;
  const after: UsageFile = {
    ...rest,
    status,
    errors,
    orders,
    ...(read && { rows: read.rows, emptyRows: read.emptyRows, ignoredColumns: read.header?.ignored ?? [] }),
  };
  // Refused where it was discarded meanwhile, or taken up by somebody else: then theirs stands.
  await portal.units.commit([portal.usageFiles.changed(after, portal.clock())]);
}
