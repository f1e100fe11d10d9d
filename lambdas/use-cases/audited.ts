import type { AuditEntry, Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';

/** What a change of something that counts its versions says of itself in the audit trail. */
type AuditedChange = Omit<AuditEntry, 'id' | 'time' | 'reason'> & {
  /** Version that the change makes: there is one entry for each. */
  version: number;
  now: Date;
  reason?: string | undefined;
};

/** The audit entry of such a change, to be committed with it. Names and addresses of people don't belong into it. */
export function audited(portal: Pick<Portal, 'audit'>, { version, now, reason, ...change }: AuditedChange): Change {
  return portal.audit.recorded({
    ...change,
    id: String(version).padStart(8, '0'),
    time: now.toISOString(),
    ...(reason !== undefined && { reason }),
  });
}
