import type { UsageMeter } from '../domain/usage-meter/usage-meter.ts';
import type { ActionName } from '../manifest/actions.ts';
import type { Caller } from './caller.ts';
import type { Portal } from './ports/portal.ts';
import { seenBy } from './scope.ts';

/**
 * The usage meter of that id, if the caller may know of it and it isn't removed.
 * @throws PortalError NOT_FOUND
 */
export async function ownUsageMeter(
  portal: Pick<Portal, 'usageMeters'>,
  caller: Caller,
  action: ActionName,
  meterId: string,
): Promise<UsageMeter> {
  const meter = await portal.usageMeters.get(meterId);
  const registered = meter?.removedTime === undefined ? meter : undefined;
  return seenBy(caller, action, registered, `There is no usage meter ${meterId}`);
}

/** Subject of a meter in the audit trail: its recent events are the entries. */
export const meterSubject = (meterId: string): string => `METER#${meterId}`;
