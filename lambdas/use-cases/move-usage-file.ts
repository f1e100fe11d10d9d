import { transition } from '../domain/transitions.ts';
import { USAGE_FILE_TRANSITIONS, type UsageFileStatus } from '../domain/usage-file/status.ts';
import type { UsageFile } from '../domain/usage-file/usage-file.ts';
import { type ApplyPortal, applyUsageFile } from './apply-usage-file.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { PortalError } from './errors.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import type { Portal } from './ports/portal.ts';
import { ownUsageFile, refuseMove, usageFileChanged } from './usage-file-changed.ts';
import { HELD_MS } from './usage-file-objects.ts';

type MovePortal = Pick<Portal, 'units' | 'audit' | 'usageFiles' | 'uploads'>;

export type FileMove = { caller: Caller; fileId: string; now: Date; ifMatch: IfMatch };

/**
 * Has a file validated again, against the orders as they are then.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; TRANSITION_NOT_ALLOWED; CHANGED_MEANWHILE
 */
export function validateAgain(portal: MovePortal, move: FileMove): Promise<UsageFile> {
  return movedBy(portal, move, 'validateAgain', 'validated again');
}

/** Gives a file up: nothing of it is applied any more. @throws PortalError as validateAgain */
export function discardUsageFile(portal: MovePortal, move: FileMove): Promise<UsageFile> {
  return movedBy(portal, move, 'discard', 'discarded');
}

function movedBy(
  portal: MovePortal,
  { caller, fileId, now, ifMatch }: FileMove,
  verb: 'validateAgain' | 'discard',
  what: string,
): Promise<UsageFile> {
  return committed(portal, 'The file', async () => {
    const file = await ownUsageFile(portal, caller, 'reportUsage', fileId);
    refuseOtherVersion(file.version, ifMatch);
    const moving = transition(USAGE_FILE_TRANSITIONS, file.status, verb, 'SERVICE_PROVIDER');
    if (!moving.ok || file.applied) return refuseMove(file, what);
    const { heldUntil: _, ...rest } = file;
    return moved(portal, file, { ...rest, status: moving.to as UsageFileStatus }, { caller, now, action: verb });
  });
}

function moved(
  portal: MovePortal,
  before: UsageFile,
  after: UsageFile,
  said: { caller: Caller; now: Date; action: string },
) {
  const result = { ...after, version: after.version + 1, lastModifiedTime: said.now.toISOString() };
  return { changes: usageFileChanged(portal, before, after, said), result };
}

/** Rows that are applied while the caller waits: a few seconds of the 29 there are. */
const MOST_ROWS_AT_ONCE = 5_000;

/**
 * Applies a file that is READY: at once where it is small; a larger one is left to the job that takes files up. Of a file
 * that is applied already, or being applied, the state is answered.
 *
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; TRANSITION_NOT_ALLOWED; CHANGED_MEANWHILE when an order didn't take it
 */
export async function applyFile(portal: MovePortal & ApplyPortal, move: FileMove): Promise<UsageFile> {
  const { caller, fileId, now, ifMatch } = move;
  const asked = await committed(portal, 'The file', async () => {
    const file = await ownUsageFile(portal, caller, 'reportUsage', fileId);
    if (file.status === 'APPLIED' || file.applied) return { changes: [], result: { file, isNew: false } };
    refuseOtherVersion(file.version, ifMatch);
    const moving = transition(USAGE_FILE_TRANSITIONS, file.status, 'apply', 'SYSTEM');
    if (!moving.ok) return refuseMove(file, 'applied');
    if (file.orders.some(({ outcome }) => outcome === 'REFUSED')) {
      throw new PortalError('TRANSITION_NOT_ALLOWED', 'An order did not take the file: validate it again first');
    }
    const isSmall = (file.rows ?? 0) <= MOST_ROWS_AT_ONCE;
    const after: UsageFile = {
      ...file,
      applied: { userId: caller.userId, time: now.toISOString() },
      ...(isSmall && { heldUntil: new Date(now.getTime() + HELD_MS).toISOString() }),
    };
    const { changes, result } = moved(portal, file, after, { caller, now, action: 'applyUsageFile' });
    return { changes, result: { file: result, isNew: isSmall } };
  });
  if (!asked.isNew) return asked.file;
  return (await applyUsageFile(portal, fileId)) as UsageFile;
}
