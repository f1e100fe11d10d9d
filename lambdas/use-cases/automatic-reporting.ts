import { audited } from './audited.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { PortalError } from './errors.ts';
import type { Portal } from './ports/portal.ts';
import type { AutomaticReporting } from './ports/usage-meters.ts';

/**
 * Chooses automatic reporting for the caller's organization, or gives it up; what is so already stays so.
 * @throws PortalError USAGE_METERS_REGISTERED when it is given up while meters stand on it; CHANGED_MEANWHILE
 */
export function chooseAutomaticReporting(
  portal: Pick<Portal, 'units' | 'audit' | 'usageMeters'>,
  { caller, now }: { caller: Caller; now: Date },
  optedIn: boolean,
): Promise<AutomaticReporting> {
  const { organizationId, userId } = caller;
  return committed(portal, 'The choice of automatic reporting', async () => {
    const before = await portal.usageMeters.automaticReporting(organizationId);
    if (before.optedIn === optedIn) return { changes: [], result: before };
    if (before.meters > 0) {
      throw new PortalError(
        'USAGE_METERS_REGISTERED',
        `The organization has ${before.meters} registered usage meters: remove them first`,
      );
    }
    const after: AutomaticReporting = { ...before, optedIn, since: now.toISOString(), userId };
    const changes = [
      portal.usageMeters.automaticReportingChanged(after),
      audited(portal, {
        organizationId,
        subject: `AUTOMATIC-REPORTING#${organizationId}`,
        version: before.version + 1,
        now,
        actor: userId,
        action: optedIn ? 'optInToAutomaticReporting' : 'optOutOfAutomaticReporting',
      }),
    ];
    return { changes, result: after };
  });
}
