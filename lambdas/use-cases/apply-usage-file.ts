import { transition } from '../domain/transitions.ts';
import { mergeRows } from '../domain/usage-file/merge-rows.ts';
import { USAGE_FILE_TRANSITIONS } from '../domain/usage-file/status.ts';
import type { FileOrder, UsageFile } from '../domain/usage-file/usage-file.ts';
import { readLines } from './bytes.ts';
import { changedLines } from './changed-lines.ts';
import { committed } from './committed.ts';
import { PortalError } from './errors.ts';
import { fileRow } from './file-row.ts';
import { orderChanged } from './order-changed.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { lateMonthsUnchanged, type ReportPortal, refuseUnreportable, reportableOrder } from './reportable-order.ts';
import { lineIdOf, RowTextSchema, usageFileObjects } from './usage-file-objects.ts';
import { summaryOf } from './usage-summary.ts';

export type ApplyPortal = ReportPortal &
  Pick<Portal, 'clock' | 'units' | 'audit' | 'outbox' | 'usageFiles' | 'workFiles'>;

/**
 * Applies a file that somebody has said to apply, order by order, each as a whole or not at all. What was applied is noted
 * in the same transaction, so that it is applied once, however often this is begun and wherever it dies. An order that has
 * changed since the file was validated is left as it is, and so is one that takes no usage any more.
 */
export async function applyUsageFile(portal: ApplyPortal, fileId: string): Promise<UsageFile | undefined> {
  for (;;) {
    const file = await portal.usageFiles.get(fileId);
    if (!file?.applied || file.status !== 'READY') return file;
    const next = file.orders.find(({ outcome }) => outcome === 'WAITING');
    if (next) await applied(portal, fileId, next.orderId);
    else await ended(portal, fileId);
  }
}

const told = (error: unknown): string => {
  if (error instanceof PortalError) return error.message;
  throw error;
};

/** Applies a file to one order. */
function applied(portal: ApplyPortal, fileId: string, orderId: string): Promise<void> {
  return committed(portal, 'The order', async () => {
    const file = await portal.usageFiles.get(fileId);
    const waiting = file?.orders.find((each) => each.orderId === orderId && each.outcome === 'WAITING');
    if (!file?.applied || !waiting) return { changes: [], result: undefined };
    const written = await writtenOrder(portal, file, waiting).catch((error: unknown) => ({ refusal: told(error) }));
    const outcome: Partial<FileOrder> =
      'refusal' in written ? { outcome: 'REFUSED', message: written.refusal } : { outcome: 'APPLIED' };
    const orders = file.orders.map((each) => (each === waiting ? { ...each, ...outcome } : each));
    const noted = portal.usageFiles.changed({ ...file, orders }, portal.clock());
    return { changes: ['refusal' in written ? [] : written.changes, noted].flat(), result: undefined };
  });
}

/** What the rows of a file change in an order. @throws PortalError when the order doesn't take them any more */
async function writtenOrder(
  portal: ApplyPortal,
  file: UsageFile,
  { orderId, orderVersion }: FileOrder,
): Promise<{ changes: Change[] }> {
  const { userId, time } = file.applied as NonNullable<UsageFile['applied']>;
  const [order] = await portal.billingOrders.getMany([orderId]);
  if (!order) throw new PortalError('NOT_FOUND', `There is no billing order ${orderId}`);
  if (order.version !== orderVersion) {
    const message =
      'The order was changed since the file was validated: validate it again, and look at what it changes';
    throw new PortalError('CHANGED_MEANWHILE', message);
  }
  const texts = await readLines(portal.workFiles, RowTextSchema, usageFileObjects.rows(file, orderId));
  const periods = texts.map((text) => text.usagePeriod);
  const reportable = await reportableOrder(portal, order, periods, new Date(time));
  const { facts, lines, billed, tiers } = reportable;
  refuseUnreportable(order, facts.family);
  const read = texts.map((text) => fileRow(facts, text));
  const [wrong] = read.flatMap((each) => (each.ok ? [] : each.faults));
  if (wrong) throw new PortalError('BAD_REQUEST', `Row ${wrong.row}: ${wrong.field} ${wrong.message}`);
  const rows = read.flatMap((each) => (each.ok ? [each.row] : []));
  const merged = mergeRows({ userId, time, billed }, lines, rows, {
    mode: file.mode,
    idOf: (row) => lineIdOf(file.id, row),
  });
  const [fault] = merged.faults;
  if (fault) throw new PortalError('BAD_REQUEST', `Row ${fault.row}: ${fault.field} ${fault.message}`);
  const reason = summaryOf(order.usagePeriod, lines, merged.lines);
  if (reason === undefined) return { changes: [] };
  // The name of the set follows from the file: whoever takes it up writes the same lines into the same set.
  const newSet = `${file.id}.${file.attempt}`;
  const { order: after, changes } = await changedLines(portal, order, {
    before: lines,
    after: merged.lines,
    tiers,
    newSet,
  });
  const move = {
    actor: userId,
    organizationId: file.serviceProviderId,
    now: portal.clock(),
    action: 'applyUsageFile',
    reason: `${file.name}: ${reason}`,
  };
  const late = lateMonthsUnchanged(portal, reportable, merged.lines);
  return { changes: [...orderChanged(portal, order, after, move), ...changes, ...late] };
}

/** All orders were tried: the file is applied, or waits to be validated again where some did not take it. */
function ended(portal: ApplyPortal, fileId: string): Promise<void> {
  return committed(portal, 'The file', async () => {
    const file = await portal.usageFiles.get(fileId);
    const isOpen = file?.applied && file.orders.every(({ outcome }) => outcome !== 'WAITING');
    if (!file || !isOpen) return { changes: [], result: undefined };
    const { applied: _applied, heldUntil: _held, ...rest } = file;
    const moving = transition(USAGE_FILE_TRANSITIONS, file.status, 'apply', 'SYSTEM');
    const isDone = moving.ok && file.orders.every(({ outcome }) => outcome === 'APPLIED');
    const after: UsageFile = isDone ? { ...rest, status: moving.to } : rest;
    return { changes: [portal.usageFiles.changed(after, portal.clock())], result: undefined };
  });
}
