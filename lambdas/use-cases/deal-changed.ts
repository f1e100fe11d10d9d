import type { Deal } from '../domain/deal/deal.ts';
import { audited } from './audited.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';

export type DealPortal = Pick<Portal, 'audit' | 'outbox' | 'notices' | 'deals'>;

/** Who has changed a deal, and how. */
export type DealMove = {
  /** User id, "SYSTEM" for the daily job. */
  actor: string;
  /** Whose trail it stands in: the acting party's, the aggregator's for the system. */
  organizationId: string;
  now: Date;
  action: string;
  reason?: string | undefined;
  /** Who is mailed; nobody unless told. */
  told?: readonly string[];
};

/** Subject of a deal in the audit trail: its history is made of the entries. */
export const dealSubject = (dealId: string): string => `DEAL#${dealId}`;

/**
 * What is committed with every write of a deal: the deal, the entry in its history, the event, and the mails. People's
 * addresses are in none of them.
 *
 * @param before as it was read; undefined for a new one
 * @param after as it is from now on; its version is still the one read
 */
export function dealChanged(
  portal: DealPortal,
  before: Deal | undefined,
  after: Deal,
  { actor, organizationId, now, action, reason, told = [] }: DealMove,
): Change[] {
  const { id: dealId, dealNumber, contractId, contractNumber, aggregatorId, productSKU, status, extendStatus } = after;
  const version = before ? before.version + 1 : 1;
  const time = now.toISOString();
  const subject = dealSubject(dealId);
  const isExtension = before !== undefined && before.extendStatus !== extendStatus;
  const from = before && { from: isExtension ? before.extendStatus : before.status };
  const to = isExtension ? extendStatus : status;
  const id = `DealChanged#${dealId}#${version}`;
  const detail = { dealId, dealNumber, contractId, contractNumber, aggregatorId, productSKU, action };
  return [
    before ? portal.deals.changed(after, now) : portal.deals.created(after),
    audited(portal, { organizationId, subject, version, now, actor, action, ...from, to, reason }),
    portal.outbox.queued({
      id,
      type: 'DealChanged',
      time,
      detail: { ...detail, ...(before && { from: before.status }), status, extendStatus },
    }),
    ...told.map((recipientId) =>
      portal.notices.queued({
        id: `${id}#${recipientId}`,
        time,
        recipientId,
        kind: 'DEAL_CHANGED',
        dealNumber,
        contractId,
        contractNumber,
        productSKU,
        status,
        extendStatus,
        ...(reason !== undefined && { comment: reason }),
      }),
    ),
  ];
}
