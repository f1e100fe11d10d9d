import type { UsageFile } from '../domain/usage-file/usage-file.ts';
import type { ActionName } from '../manifest/actions.ts';
import { audited } from './audited.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { refuseMember, seenBy } from './scope.ts';

/** The file of usage of that id, if the caller may know of it. @throws PortalError NOT_FOUND */
export async function ownUsageFile(
  portal: Pick<Portal, 'usageFiles'>,
  caller: Caller,
  action: ActionName,
  fileId: string,
): Promise<UsageFile> {
  // A file may be of any order.
  refuseMember(caller);
  return seenBy(caller, action, await portal.usageFiles.get(fileId), `There is no usage file ${fileId}`);
}

/** What is committed with what a person does to a file: the file, and who did it. */
export function usageFileChanged(
  portal: Pick<Portal, 'audit' | 'usageFiles'>,
  before: UsageFile,
  after: UsageFile,
  { caller, now, action }: { caller: Caller; now: Date; action: string },
): Change[] {
  const moved = before.status === after.status ? {} : { from: before.status, to: after.status };
  return [
    portal.usageFiles.changed(after, now),
    audited(portal, {
      organizationId: caller.organizationId,
      subject: `FILE#${after.id}`,
      version: before.version + 1,
      now,
      actor: caller.userId,
      action,
      ...moved,
    }),
  ];
}

/** @throws PortalError TRANSITION_NOT_ALLOWED */
export function refuseMove({ status, applied }: UsageFile, what: string): never {
  const state = applied ? 'being applied' : status;
  throw new PortalError('TRANSITION_NOT_ALLOWED', `The file is ${state} and can't be ${what}`);
}
