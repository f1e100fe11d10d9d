import { isDeepStrictEqual } from 'node:util';
import { type BillingOrder, reportTypeOf } from '../domain/billing-order/billing-order.ts';
import { takesUsage } from '../domain/billing-order/in-hands.ts';
import type { Period } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { type MeteredLine, type MeteringDifference, prefilledLines } from '../domain/metering/prefill.ts';
import { NO_QUANTITY, type Quantity } from '../domain/numbers/amounts.ts';
import { isAsFed } from '../domain/usage/arrears.ts';
import { usageKeyText } from '../domain/usage/line-key.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import { changedLines } from './changed-lines.ts';
import { committed, type Decided } from './committed.ts';
import { type MeteredUsage, type MeteredUsagePortal, meteredUsage } from './metered-usage.ts';
import { idOf } from './new-order.ts';
import { orderChanged } from './order-changed.ts';
import { type FedArrears, type PlacePortal, placeArrears } from './place-arrears.ts';
import type { Change } from './ports/changes.ts';
import type { MeteredOrder } from './ports/metered-orders.ts';
import type { Portal } from './ports/portal.ts';
import { tiersOf } from './tiers.ts';

export type PrefillPortal = MeteredUsagePortal & PlacePortal & Pick<Portal, 'clock' | 'meteredOrders'>;

/** NO_ORDER: the month's order isn't made yet. */
export type PrefillResult = 'UNCHANGED' | 'FILLED' | 'ARREARS' | 'NO_ORDER';

/**
 * Brings a contract's order of a month up to date with what its meters say: fills it in while it is in the service
 * provider's hands, else places what is missing as arrears; what a person has written or edited stays, and is told as a
 * difference (domain.md §3). Doing it again, or twice at once, changes nothing.
 *
 * @throws PortalError CHANGED_MEANWHILE, or as placeArrears: it is done next time
 */
export async function prefillOrder(portal: PrefillPortal, contract: Contract, of: Period): Promise<PrefillResult> {
  const metered = await meteredUsage(portal, contract, of);
  const filled = await committed(portal, `The order of ${of}`, () => decideFilling(portal, contract, of, metered));
  return filled === 'SUBMITTED' ? placeLate(portal, contract, of, metered) : filled;
}

async function decideFilling(
  portal: PrefillPortal,
  contract: Contract,
  of: Period,
  { lines: said, meters }: MeteredUsage,
): Promise<Decided<PrefillResult | 'SUBMITTED'>> {
  const [order] = await portal.billingOrders.ofContract(contract.id, [of]);
  if (!order) return { changes: [], result: 'NO_ORDER' };
  if (!takesUsage(order)) return { changes: [], result: 'SUBMITTED' };
  const before = await portal.billingOrders.linesOf(order.id, order.lineSet);
  const { lines, differences } = prefilledLines(of, before, said, (key) => lineId(contract, of, key));
  const told = meteredChanges(portal, await portal.meteredOrders.get(order.id), order, { meters, differences });
  const autoReportType = reportTypeOf(contract.listing.familyType, contract.isMetered);
  if (isDeepStrictEqual(byId(before), byId(lines)) && order.autoReportType === autoReportType) {
    return { changes: told, result: 'UNCHANGED' };
  }
  const staged = { before, after: lines, tiers: await tiersOf(portal), newSet: portal.newId() };
  const changed = await changedLines(portal, order, staged);
  const after: BillingOrder = { ...changed.order, autoReportType };
  const changes = [...changed.changes, ...orderChanged(portal, order, after, moveOf(portal, contract)), ...told];
  return { changes, result: 'FILLED' };
}

const byId = (lines: readonly UsageLine[]) => new Map(lines.map((line) => [line.id, line]));

const moveOf = (portal: PrefillPortal, { serviceProviderId }: Contract) => ({
  actor: 'SYSTEM',
  organizationId: serviceProviderId,
  now: portal.clock(),
  action: 'prefillUsage',
});

/** The id of a line that meters fill in: one for each product, site and customer of a month. */
const lineId = (contract: Contract, of: Period, key: string): string => idOf(`${contract.id}#${of}#${key}`);

async function placeLate(
  portal: PrefillPortal,
  contract: Contract,
  of: Period,
  { lines: said, meters }: MeteredUsage,
): Promise<PrefillResult> {
  const [order] = await portal.billingOrders.ofContract(contract.id, [of]);
  if (!order) return 'NO_ORDER';
  const [lines, before] = await Promise.all([
    portal.billingOrders.linesOf(order.id, order.lineSet),
    portal.meteredOrders.get(order.id),
  ]);
  const lineOf = new Map(lines.map((line) => [usageKeyText(line), line]));
  const also = ({ tasks }: FedArrears): Change[] => {
    const differences = tasks.flatMap(({ usage: fed, difference }): MeteringDifference[] => {
      const line = lineOf.get(usageKeyText(fed));
      // Whoever edited it knew already what the meters say.
      if (line && !isAsFed(line) && line.prefilled === fed.quantity) return [];
      const { productCode, siteName, customerNumber, quantity: metered } = fed;
      const reported = (metered - difference) as Quantity;
      const id = line?.id ?? lineId(contract, of, usageKeyText(fed));
      return [{ lineId: id, productCode, siteName, customerNumber, metered, reported }];
    });
    return meteredChanges(portal, before, order, { meters, differences });
  };
  const usage = [...said, ...goneFrom(of, lines, said)];
  const month = { contractId: contract.id, usagePeriod: of, usage, move: moveOf(portal, contract) };
  const { placed } = await placeArrears(portal, month, also);
  return placed.length > 0 ? 'ARREARS' : 'UNCHANGED';
}

/** What meters have filled in and say nothing of any more is 0 now. */
function goneFrom(of: Period, lines: readonly UsageLine[], said: readonly MeteredLine[]): MeteredLine[] {
  const keys = new Set(said.map(usageKeyText));
  return lines
    .filter((line) => line.usagePeriod === of && line.origin === 'METER' && !keys.has(usageKeyText(line)))
    .map(({ id: _id, usagePeriod: _of, prefilled: _said, edit: _edit, comment: _comment, ...line }) => ({
      ...line,
      quantity: NO_QUANTITY,
    }));
}

/** None where nothing has changed of what meters say and of what has to be looked at. */
function meteredChanges(
  portal: PrefillPortal,
  before: MeteredOrder | undefined,
  { id: orderId, contractId, contractNumber, serviceProviderId, usagePeriod }: BillingOrder,
  { meters, differences }: Pick<MeteredOrder, 'meters' | 'differences'>,
): Change[] {
  const of = { orderId, contractId, contractNumber, serviceProviderId, usagePeriod };
  const after: MeteredOrder = { ...of, time: before?.time ?? '', meters, differences };
  if (isDeepStrictEqual(before ?? { ...after, meters: [], differences: [] }, after)) return [];
  return [portal.meteredOrders.put({ ...after, time: portal.clock().toISOString() })];
}
