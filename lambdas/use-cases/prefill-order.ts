import { isDeepStrictEqual } from 'node:util';
import { type BillingOrder, reportTypeOf } from '../domain/billing-order/billing-order.ts';
import { takesUsage } from '../domain/billing-order/in-hands.ts';
import type { Period } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { type MeteredLine, type MeteringDifference, prefilledLines } from '../domain/metering/prefill.ts';
import { NO_QUANTITY, type Quantity } from '../domain/numbers/amounts.ts';
import { isAsFed, usageKeyText } from '../domain/usage/arrears.ts';
import { changedLines } from './changed-lines.ts';
import { committed, type Decided } from './committed.ts';
import { type MeteredUsagePortal, meteredUsage } from './metered-usage.ts';
import { idOf } from './new-order.ts';
import { orderChanged } from './order-changed.ts';
import { type FedArrears, type PlacePortal, placeArrears } from './place-arrears.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { tiersOf } from './tiers.ts';

export type PrefillPortal = MeteredUsagePortal & PlacePortal & Pick<Portal, 'clock' | 'meteringDifferences'>;

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
  const [order] = await portal.billingOrders.ofContract(contract.id, [of]);
  if (!order) return 'NO_ORDER';
  if (takesUsage(order)) {
    const filled = await committed(portal, `The order of ${of}`, () => decideFilling(portal, contract, of, metered));
    if (filled !== 'SUBMITTED') return filled;
  }
  return placeLate(portal, contract, of, metered);
}

async function decideFilling(
  portal: PrefillPortal,
  contract: Contract,
  of: Period,
  metered: readonly MeteredLine[],
): Promise<Decided<PrefillResult | 'SUBMITTED'>> {
  const [order] = await portal.billingOrders.ofContract(contract.id, [of]);
  if (!order || !takesUsage(order)) return { changes: [], result: 'SUBMITTED' };
  const before = await portal.billingOrders.linesOf(order.id, order.lineSet);
  const { lines, differences } = prefilledLines(of, before, metered, (key) => lineId(contract, of, key));
  const told = await differenceChanges(portal, order, differences);
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

const byId = (lines: readonly { id: string }[]) => new Map(lines.map((line) => [line.id, line]));

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
  metered: readonly MeteredLine[],
): Promise<PrefillResult> {
  const [order] = await portal.billingOrders.ofContract(contract.id, [of]);
  if (!order) return 'NO_ORDER';
  const lines = await portal.billingOrders.linesOf(order.id, order.lineSet);
  const said = new Set(metered.map(usageKeyText));
  // What the meters say nothing of any more is 0 now.
  const gone = lines
    .filter((line) => line.usagePeriod === of && line.origin === 'METER' && !said.has(usageKeyText(line)))
    .map(({ id: _id, usagePeriod: _of, prefilled: _said, edit: _edit, comment: _comment, ...line }) => ({
      ...line,
      quantity: NO_QUANTITY,
    }));
  const usage = [...metered, ...gone];
  const month = { contractId: contract.id, usagePeriod: of, usage, move: moveOf(portal, contract) };
  const before = await portal.meteringDifferences.get(order.id);
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
    return foundChanges(portal, order, before?.differences ?? [], differences);
  };
  const { placed } = await placeArrears(portal, month, also);
  return placed.length > 0 ? 'ARREARS' : 'UNCHANGED';
}

async function differenceChanges(
  portal: PrefillPortal,
  order: BillingOrder,
  differences: readonly MeteringDifference[],
): Promise<Change[]> {
  const before = await portal.meteringDifferences.get(order.id);
  return foundChanges(portal, order, before?.differences ?? [], differences);
}

function foundChanges(
  portal: PrefillPortal,
  { id: orderId, contractId, contractNumber, serviceProviderId, usagePeriod }: BillingOrder,
  before: readonly MeteringDifference[],
  differences: readonly MeteringDifference[],
): Change[] {
  if (isDeepStrictEqual(before, differences)) return [];
  const of = { orderId, contractId, contractNumber, serviceProviderId, usagePeriod };
  return [portal.meteringDifferences.found({ ...of, time: portal.clock().toISOString(), differences })];
}
