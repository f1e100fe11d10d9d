import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import type { Period } from '../domain/calendar/period.ts';
import { NO_QUANTITY, type Quantity, sum } from '../domain/numbers/amounts.ts';
import { type FeedDifference, feedDifference } from '../domain/usage/arrears.ts';
import { usageKeyText } from '../domain/usage/line-key.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import { type ArrearsPlace, type ArrearsPortal, arrearsChanges, arrearsPlace } from './arrears-place.ts';
import { committed, type Decided } from './committed.ts';
import { idOf } from './new-order.ts';
import type { OrderMove } from './order-changed.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { tiersOf } from './tiers.ts';

/** What a feed says of one product, site and customer of a month: the whole of it, not what is new. */
export type FedUsage = Omit<UsageLine, 'id' | 'usagePeriod' | 'prefilled' | 'edit' | 'comment' | 'clusterUsages'>;

export type PlacePortal = ArrearsPortal & Pick<Portal, 'units' | 'newId'>;

export type FedMonth = { contractId: string; usagePeriod: Period; usage: readonly FedUsage[]; move: OrderMove };

/** What became of a month that a feed has said again. */
export type FedArrears = {
  /** The order that carries what is missing, if anything was. */
  carrier?: Pick<BillingOrder, 'id' | 'usagePeriod'>;
  placed: readonly { usage: FedUsage; difference: Quantity }[];
  /** Differences for a person to look at. */
  tasks: readonly { usage: FedUsage; reason: 'EDITED' | 'LESS'; difference: Quantity }[];
};

/**
 * Places what a feed says of a month whose order is no longer in the service provider's hands: of each product, site and
 * customer the difference to what is accounted for, on the month's own order and as arrears on others, becomes arrears
 * (domain.md §3). Saying the same again, or twice at once, changes nothing.
 *
 * @param also what has to be committed with it, e.g. tasks for the differences that a person has to look at
 * @returns what was placed; nothing is written when there is neither a difference nor something to commit with it
 * @throws PortalError as arrearsPlace; CHANGED_MEANWHILE when others keep changing the orders
 */
export async function placeArrears(
  portal: PlacePortal,
  month: FedMonth,
  also: (arrears: FedArrears) => readonly Change[] = () => [],
): Promise<FedArrears> {
  return committed(portal, `An order that takes arrears of ${month.usagePeriod}`, async () => {
    const { changes, result } = await decidePlacing(portal, month);
    return { changes: [...changes, ...also(result)], result };
  });
}

async function decidePlacing(
  portal: PlacePortal,
  { contractId, usagePeriod, usage, move }: FedMonth,
): Promise<Decided<FedArrears>> {
  const place = await arrearsPlace(portal, contractId, usagePeriod, move.now);
  const accounted = byKey(await accountedLines(portal, place));
  const changeable = byKey(place.lines.filter((line) => line.usagePeriod === usagePeriod));
  const differences = usage.map((fed) => {
    const key = usageKeyText(fed);
    return { fed, key, ...feedDifference(fed.quantity, accounted.get(key) ?? [], changeable.get(key) ?? []) };
  });
  const tasks = differences.flatMap((each) =>
    each.kind === 'TASK' ? { usage: each.fed, reason: each.reason, difference: each.difference } : [],
  );
  const missing = differences.filter(isMissing);
  if (missing.length === 0) return { changes: [], result: { placed: [], tasks } };
  let lines: UsageLine[] = place.lines;
  for (const { fed, key, difference } of missing) {
    lines = withDifference(lines, { ...fed, usagePeriod, id: idOf(`${contractId}#${usagePeriod}#${key}`) }, difference);
  }
  const staged = { tiers: await tiersOf(portal), newSet: portal.newId(), move };
  const changes = await arrearsChanges(portal, place, lines, staged);
  const { id, usagePeriod: carriedBy } = place.carrier;
  const placed = missing.map(({ fed, difference }) => ({ usage: fed, difference }));
  return { changes, result: { carrier: { id, usagePeriod: carriedBy }, placed, tasks } };
}

const isMissing = <Each extends FeedDifference>(each: Each): each is Each & { kind: 'ARREARS' } =>
  each.kind === 'ARREARS';

/** All lines of a month, on its own order and on those that carry arrears of it. */
async function accountedLines(
  portal: Pick<Portal, 'billingOrders'>,
  { own, carrier, lines, usagePeriod }: ArrearsPlace,
): Promise<UsageLine[]> {
  const ids = await portal.billingOrders.carriersOf(own.contractId, usagePeriod);
  const others = await portal.billingOrders.getMany(ids.filter((id) => id !== carrier.id));
  const sets = await Promise.all([own, ...others].map(({ id, lineSet }) => portal.billingOrders.linesOf(id, lineSet)));
  return [...lines, ...sets.flat()].filter((line) => line.usagePeriod === usagePeriod);
}

function byKey(lines: readonly UsageLine[]): Map<string, UsageLine[]> {
  return Map.groupBy(lines, usageKeyText);
}

/** The lines of a carrier with so much more (or less) of a usage: on its line of that id, less also on others of its key. */
function withDifference(lines: readonly UsageLine[], usage: UsageLine, difference: Quantity): UsageLine[] {
  const key = usageKeyText(usage);
  const isSame = (line: UsageLine) => line.usagePeriod === usage.usagePeriod && usageKeyText(line) === key;
  const others = lines.filter((line) => !isSame(line));
  const same = lines.filter(isSame);
  const quantity = (sum(same.map((line) => line.quantity)) + difference) as Quantity;
  if (quantity === NO_QUANTITY) return others;
  return [...others, { ...usage, quantity, prefilled: quantity }];
}
