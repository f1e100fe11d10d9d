import type { VeloOrder } from '../domain/velo-order/velo-order.ts';
import { audited } from './audited.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';

export type VeloOrderChangedPortal = Pick<Portal, 'audit' | 'outbox' | 'veloOrders'>;

/** Who has changed a VeloCloud order, and how. */
export type VeloOrderMove = {
  actor: string;
  organizationId: string;
  now: Date;
  action: 'enterVeloOrder' | 'changeVeloOrder' | 'endVeloOrder';
  /** What was changed, in words. */
  reason?: string;
};

/** Subject of a VeloCloud order in the audit trail: its history is made of the entries. */
export const veloOrderSubject = (id: string): string => `VELO-ORDER#${id}`;

/**
 * What is committed with every write of a VeloCloud order: the order, the entry in its history and the event.
 *
 * @param before as it was read; undefined for a new one
 * @param after as it is from now on; its version is still the one read
 */
export function veloOrderChanged(
  portal: VeloOrderChangedPortal,
  before: VeloOrder | undefined,
  after: VeloOrder,
  move: VeloOrderMove,
): Change[] {
  const { id, sid, orderNumber, contractId, contractNumber, serviceProviderId, aggregatorId, endDate } = after;
  const { now, action } = move;
  const version = before ? before.version + 1 : 1;
  return [
    ...(before ? [portal.veloOrders.changed(after, now)] : portal.veloOrders.created(after)),
    audited(portal, { ...move, subject: veloOrderSubject(id), version }),
    portal.outbox.queued({
      id: `VeloOrderChanged#${id}#${version}`,
      type: 'VeloOrderChanged',
      time: now.toISOString(),
      detail: {
        orderId: id,
        sid,
        orderNumber,
        contractId,
        contractNumber,
        serviceProviderId,
        aggregatorId,
        action,
        ...(endDate !== undefined && { endDate }),
      },
    }),
  ];
}
