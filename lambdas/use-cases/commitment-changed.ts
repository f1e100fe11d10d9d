import type { CustomerCommitment } from '../domain/customer-commitment/customer-commitment.ts';
import { audited } from './audited.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';

/** Who has changed a commitment, and how. */
export type CommitmentMove = {
  actor: string;
  /** Whose trail it stands in: the acting party's, the service provider's for the system. */
  organizationId: string;
  now: Date;
  action: string;
  reason?: string | undefined;
};

/** Subject of a customer commitment in the audit trail. */
const commitmentSubject = (id: string): string => `CUSTOMER-COMMITMENT#${id}`;

/**
 * What is committed with every write of a customer commitment: itself, the entry in its trail, the event.
 *
 * @param before as it was read; undefined for a new one
 * @param after as it is from now on; its version is still the one read
 */
export function commitmentChanged(
  portal: Pick<Portal, 'audit' | 'outbox' | 'customerCommitments'>,
  before: CustomerCommitment | undefined,
  after: CustomerCommitment,
  { actor, organizationId, now, action, reason }: CommitmentMove,
): Change[] {
  const { id, contractId, contractNumber, serviceProviderId, aggregatorId, customerNumber, status } = after;
  const version = before ? before.version + 1 : 1;
  const from = before && before.status !== status && { from: before.status };
  return [
    before ? portal.customerCommitments.changed(after, now) : portal.customerCommitments.created(after),
    audited(portal, {
      organizationId,
      subject: commitmentSubject(id),
      version,
      now,
      actor,
      action,
      ...from,
      to: status,
      reason,
    }),
    portal.outbox.queued({
      id: `CustomerCommitmentChanged#${id}#${version}`,
      type: 'CustomerCommitmentChanged',
      time: now.toISOString(),
      detail: {
        commitmentId: id,
        contractId,
        contractNumber,
        serviceProviderId,
        aggregatorId,
        customerNumber,
        action,
        ...from,
        status,
      },
    }),
  ];
}
