import { reportTypeOf } from '../domain/billing-order/billing-order.ts';
import { takesUsage } from '../domain/billing-order/in-hands.ts';
import { addMonths, dateOf, periodOf } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { isProduction, type UsageMeter } from '../domain/usage-meter/usage-meter.ts';
import { orderChanged } from './order-changed.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';

export type MeteredPortal = Pick<Portal, 'audit' | 'outbox' | 'contracts' | 'usageMeters' | 'billingOrders'>;

// The running month and those before it that the cutoff may not have reached.
const MONTHS_LOOKED_AT = 3;

/**
 * What changes on contracts and their orders when a meter begins or ceases to report for them in production: whether new
 * orders are AUTOMATED, and those that nobody has submitted yet (table of domain.md §5).
 *
 * @param before the meter as it was; undefined while it is registered
 */
export async function meteredContractChanges(
  portal: MeteredPortal,
  before: UsageMeter | undefined,
  after: UsageMeter,
  { actor, now }: { actor: string; now: Date },
): Promise<Change[]> {
  const was = reportedFor(before);
  const is = reportedFor(after);
  const touched = [...new Set([...was, ...is])].filter((id) => was.has(id) !== is.has(id));
  const contracts = (await portal.contracts.getMany(touched)).map(({ contract }) => contract);
  const changes = contracts.map(async (contract): Promise<Change[]> => {
    const others = (await portal.usageMeters.ofContract(contract.id)).filter(({ meterId }) => meterId !== after.id);
    const isMetered = is.has(contract.id) || others.some((each) => each.isProduction && !each.isRemoved);
    // Written in any case: of two meters that leave at the same moment one sees the other gone.
    const changed = portal.contracts.changed({ ...contract, isMetered }, now);
    return [changed, ...(await orderChanges(portal, contract, isMetered, { actor, now }))];
  });
  return (await Promise.all(changes)).flat();
}

function reportedFor(meter: UsageMeter | undefined): ReadonlySet<string> {
  if (!meter || !isProduction(meter) || meter.removedTime !== undefined) return new Set();
  return new Set(meter.contracts.map(({ contractId }) => contractId));
}

async function orderChanges(
  portal: MeteredPortal,
  { id, listing, serviceProviderId }: Contract,
  isMetered: boolean,
  { actor, now }: { actor: string; now: Date },
): Promise<Change[]> {
  const running = periodOf(dateOf(now));
  const months = Array.from({ length: MONTHS_LOOKED_AT }, (_, back) => addMonths(running, -back));
  const autoReportType = reportTypeOf(listing.familyType, isMetered);
  const orders = (await portal.billingOrders.ofContract(id, months)).filter(takesUsage);
  return orders
    .filter((order) => order.autoReportType !== autoReportType)
    .flatMap((order) =>
      orderChanged(
        portal,
        order,
        { ...order, autoReportType },
        { actor, organizationId: serviceProviderId, now, action: 'changeAutoReportType', reason: autoReportType },
      ),
    );
}
