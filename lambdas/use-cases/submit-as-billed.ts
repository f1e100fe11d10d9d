import { moveOrder } from '../domain/billing-order/move.ts';
import type { Period } from '../domain/calendar/period.ts';
import { isBilledExternally } from '../domain/charging/charge-external.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { isFinal } from '../domain/cost-report/cost-report.ts';
import { committed, type Decided } from './committed.ts';
import { orderChanged } from './order-changed.ts';
import type { Portal } from './ports/portal.ts';

export type AsBilledPortal = Pick<Portal, 'clock' | 'units' | 'audit' | 'outbox' | 'billingOrders' | 'costReports'>;

/**
 * SUBMITTED: the close bills it. WAITS: it isn't open yet. NOTHING: somebody else's to submit, already, or before AWS has billed
 * all of the month.
 */
export type AsBilled = 'SUBMITTED' | 'WAITS' | 'NOTHING';

/**
 * Submits and approves, for the parties, the order of a month that AWS has billed (domain.md §5): its history says so.
 * @throws PortalError CHANGED_MEANWHILE: it is done next time
 */
export async function submitAsBilled(portal: AsBilledPortal, contract: Contract, of: Period): Promise<AsBilled> {
  if (!isBilledExternally(contract.listing.familyType)) return 'NOTHING';
  const report = await portal.costReports.get(contract.id, of);
  if (!report || !isFinal(report)) return 'NOTHING';
  const bills = report.bills.join(', ');
  return committed(portal, `The order of ${of}`, async (): Promise<Decided<AsBilled>> => {
    const [order] = await portal.billingOrders.ofContract(contract.id, [of]);
    if (order?.status === 'NOT_OPEN') return { changes: [], result: 'WAITS' };
    if (!order || order.sealedBy !== undefined) return { changes: [], result: 'NOTHING' };
    const submitted = moveOrder(order, 'submitAsBilled', 'SYSTEM');
    if (!submitted.ok) return { changes: [], result: 'NOTHING' };
    const approved = moveOrder({ ...order, status: submitted.to }, 'approveAsBilled', 'SYSTEM');
    if (!approved.ok) throw new Error(`an order that is ${submitted.to} can't be approved`);
    const after = { ...order, status: approved.to };
    const changes = orderChanged(portal, order, after, {
      actor: 'SYSTEM',
      organizationId: contract.serviceProviderId,
      now: portal.clock(),
      action: 'submitAsBilled',
      reason: `AWS has billed it: ${bills}`,
      through: { status: submitted.to, action: 'approveAsBilled' },
    });
    return { changes, result: 'SUBMITTED' };
  });
}
