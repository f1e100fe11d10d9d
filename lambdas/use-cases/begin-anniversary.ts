import { takesUsage } from '../domain/billing-order/in-hands.ts';
import { moveOrder } from '../domain/billing-order/move.ts';
import { addMonths, dateOf, type Period, type PlainDate, periodOf, periodsFromTo } from '../domain/calendar/period.ts';
import { anniversaryFrom } from '../domain/contract/billing-period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { hasBillingOrder } from '../domain/contract/order-months.ts';
import { audited } from './audited.ts';
import { PortalError } from './errors.ts';
import { orderChanged } from './order-changed.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { contractSubject } from './request-recorded.ts';

export type AnniversaryPortal = Pick<
  Portal,
  'audit' | 'outbox' | 'contracts' | 'contractMonths' | 'billingOrders' | 'organizations'
>;

/**
 * The first subscription of a contract sets its anniversary: from that day on periods begin on the service provider's
 * anniversary billing date, the day of the month of its first subscription of all (domain.md §3 "ABD"), which is set with that one;
 * what comes before is a stub. The days of all months from then on change with it, so none of them may be frozen, nor its order have
 * left the service provider's hands. The order of a month that has no day any more, as the contract begins on its
 * anniversary, is cancelled by the system: its entry of the minimum is billed with the next.
 *
 * @throws PortalError PERIOD_FROZEN
 */
export async function anniversaryBegun(
  portal: AnniversaryPortal,
  contract: Contract,
  from: PlainDate,
  { actor, now }: { actor: string; now: Date },
): Promise<{ contract: Contract; changes: Change[] }> {
  const running = periodOf(dateOf(now));
  const provider = await anniversaryOf(portal, contract.serviceProviderId, from, { actor, now });
  const { anniversary } = provider;
  const after: Contract = { ...contract, anniversary };
  const periods = periodsFromTo(periodOf(anniversary), running);
  const [states, orders] = await Promise.all([
    portal.contractMonths.states(contract.id, periods),
    portal.billingOrders.ofContract(contract.id, periods),
  ]);
  for (const of of periods) {
    const order = orders.find(({ usagePeriod }) => usagePeriod === of);
    const isOver = order && order.status !== 'CANCELLED' && !takesUsage(order);
    if (states.get(of) !== 'OPEN' || isOver) throw periodFrozen(of);
  }
  const next = addMonths(running, 1);
  const goesOn = hasBillingOrder(after, next) && !hasBillingOrder(contract, next);
  return {
    contract: after,
    changes: [
      ...provider.changes,
      portal.contracts.changed(after, now),
      portal.audit.recorded({
        organizationId: contract.serviceProviderId,
        subject: contractSubject(contract.id),
        id: `ANNIVERSARY#${anniversary}`,
        time: now.toISOString(),
        actor,
        action: 'beginAnniversary',
        to: anniversary,
      }),
      ...periods.map((of) => portal.contractMonths.still(contract.id, of, 'OPEN')),
      ...(goesOn ? [portal.contractMonths.stillRuns(contract.id, running)] : []),
      ...orders
        .filter(({ usagePeriod }) => !hasBillingOrder(after, usagePeriod))
        .flatMap((order): Change[] => {
          const moved = moveOrder(order, 'cancel', 'SYSTEM');
          if (!moved.ok) return [];
          const reason = `Periods of the contract begin on its anniversary, ${anniversary}: ${order.usagePeriod} has no day`;
          const move = { actor: 'SYSTEM', organizationId: order.serviceProviderId, now, action: 'cancel', reason };
          return orderChanged(portal, order, { ...order, status: moved.to }, move);
        }),
    ],
  };
}

/** The first date from a day on that is the service provider's anniversary billing date; it is that day where it has none yet. */
async function anniversaryOf(
  portal: AnniversaryPortal,
  organizationId: string,
  from: PlainDate,
  { actor, now }: { actor: string; now: Date },
): Promise<{ anniversary: PlainDate; changes: Change[] }> {
  const before = await portal.organizations.get(organizationId);
  if (!before) throw new Error(`there is no organization ${organizationId}`);
  if (before.anniversary) return { anniversary: anniversaryFrom(before.anniversary, from), changes: [] };
  const after = { ...before, anniversary: from, version: before.version + 1 };
  const subject = `ORGANIZATION#${organizationId}`;
  const { version } = after;
  return {
    anniversary: from,
    changes: [
      portal.organizations.changed(before, after),
      audited(portal, { organizationId, subject, version, now, actor, action: 'beginAnniversary', to: from }),
    ],
  };
}

/** A month whose days would change is being billed, or was submitted. */
function periodFrozen(of: Period): PortalError {
  return new PortalError(
    'PERIOD_FROZEN',
    `The first subscription of a contract sets the days of its periods, and ${of} is submitted or billed already: let it begin later`,
  );
}
