import { isDeepStrictEqual } from 'node:util';
import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { takesUsage } from '../domain/billing-order/in-hands.ts';
import { dateOf, type Period, periodOf } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { NO_QUANTITY, type Quantity } from '../domain/numbers/amounts.ts';
import { accountUsage, type FedUsage } from '../domain/usage/account-usage.ts';
import { carryingPeriods } from '../domain/usage/arrears.ts';
import { type LineIndex, lineIndex, usageKeyText } from '../domain/usage/line-key.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import { carrierChanges, carrierOf } from './carry-usage.ts';
import { changedLines, MOST_IN_PLACE } from './changed-lines.ts';
import type { Decided } from './committed.ts';
import { PortalError } from './errors.ts';
import { idOf } from './new-order.ts';
import type { OrderMove } from './order-changed.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { tiersOf } from './tiers.ts';

export type AccountPortal = Pick<Portal, 'newId' | 'audit' | 'outbox' | 'billingOrders' | 'catalogue'>;

/** What a feed says of a month of a contract. */
export type FedMonth = {
  contract: Contract;
  /** The month's own order as it becomes whatever its lines are; of one that was cancelled nothing is said. */
  own: { before: BillingOrder; after: BillingOrder };
  /** All that it says: usage that it has filled in and names no more is 0. */
  usage: readonly FedUsage[];
  /** How lines of the feed came in: METER unless it says otherwise; what another feed has filled in is not its own. */
  origin?: 'METER' | 'FEED';
  /** Since when a difference is told, by the id of its line. */
  toldSince: ReadonlyMap<string, string>;
  move: OrderMove;
  /** What the history of each order says where the move has no reason of its own. */
  reasonOf?: (own: Period, before: readonly UsageLine[], after: readonly UsageLine[]) => string | undefined;
};

/** A difference that a person has to look at: `lineId` is the order's line of it, or the id that it would have. */
export type ToldUsage = { lineId: string; usage: UsageLine; reported: Quantity };

/** What a month's lines become. */
export type AccountedMonth = {
  /** The order that takes what is missing; undefined where none does. */
  to: Pick<BillingOrder, 'id' | 'usagePeriod'> | undefined;
  /** Whether lines of it have changed. */
  isChanged: boolean;
  told: ToldUsage[];
};

/**
 * Compares what a feed says of a month with all there is of it, on the month's own order and on every other that carries
 * arrears of it but cancelled ones, and decides what becomes of each usage by one rule (domain/usage/account-usage.ts). What
 * is missing goes on the month's own order while that is in its service provider's hands; else on the contract's earliest
 * later one that is, or on that of the running month, which is made where there is none: of a contract that has ended it
 * carries nothing but arrears, at a minimum of 0 (domain.md §3 "Arrears").
 *
 * The changes are refused when one of these orders isn't as it was read any more: then decide anew. Saying the same again
 * makes none.
 *
 * @throws PortalError USAGE_NOT_HERE when no order takes what is missing at present
 */
export async function accountMonth(portal: AccountPortal, month: FedMonth): Promise<Decided<AccountedMonth>> {
  const usagePeriod = month.own.before.usagePeriod;
  const { to, isNew, orders } = await ordersOf(portal, month, usagePeriod);
  const told: ToldUsage[] = [];
  const claimed = new Set<UsageLine>();
  for (const line of wholeMonth(month, usagePeriod, orders)) {
    const on = orders.map(({ order, index }) => ({
      orderId: order.id,
      takesUsage: takesUsage(order),
      lines: index.sameAs(line).filter((each) => !claimed.has(each)),
    }));
    const lineId = on[0]?.lines[0]?.id ?? line.id;
    const toldSince = month.toldSince.get(lineId);
    const isOwn = to?.id === month.own.before.id;
    // Meters tell a person when they say less; what else feeds usage corrects itself by name.
    const said = { line, to: to?.id ?? NOWHERE, isOwn, toldSince, takesBack: month.origin === 'FEED' };
    const result = accountUsage(said, on);
    if (result.lines.has(NOWHERE)) {
      throw new PortalError('USAGE_NOT_HERE', `No order of the contract takes usage of ${usagePeriod} at present`);
    }
    for (const [at, each] of orders.entries()) {
      const become = result.lines.get(each.order.id) ?? on[at]?.lines ?? [];
      replace(each, on[at]?.lines ?? [], become);
      for (const taken of become) claimed.add(taken);
    }
    if (result.told) told.push({ lineId, usage: line, reported: result.told.reported });
  }
  const changes = await monthChanges(portal, month, orders, isNew ? to : undefined);
  return { changes, result: { to, isChanged: changes.length > 0, told } };
}

const NOWHERE = '';

/** An order that usage of the month is on, or goes on. */
type MonthOrder = {
  order: BillingOrder;
  /** All that it has, as they were read; and by id as they become. */
  before: readonly UsageLine[];
  after: Map<string, UsageLine>;
  /** Those of the month as they become. */
  index: LineIndex;
};

async function ordersOf(
  portal: AccountPortal,
  { contract, own: { before: own }, move: { now } }: FedMonth,
  of: Period,
): Promise<{ to: BillingOrder | undefined; isNew: boolean; orders: MonthOrder[] }> {
  const [later, ids] = await Promise.all([
    portal.billingOrders.ofContract(contract.id, carryingPeriods(of, periodOf(dateOf(now)))),
    portal.billingOrders.carriersOf(contract.id, of),
  ]);
  const known = new Set([own, ...later].map(({ id }) => id));
  const others = await portal.billingOrders.getMany(ids.filter((id) => !known.has(id)));
  const carrying = [...later.filter(({ id }) => ids.includes(id)), ...others];
  const taking = takesUsage(own) ? { order: own, isNew: false } : carrierOf(contract, of, later, now);
  const { order: to, isNew = false } = taking ?? {};
  const all = new Map([own, ...carrying, ...(to ? [to] : [])].map((order) => [order.id, order]));
  const live = [...all.values()].filter(({ status }) => status !== 'CANCELLED');
  const orders = await Promise.all(
    live.map(async (order): Promise<MonthOrder> => {
      const before = isNew && order === to ? [] : await portal.billingOrders.linesOf(order.id, order.lineSet);
      const index = lineIndex(before.filter((line) => line.usagePeriod === of));
      return { order, before, after: new Map(before.map((line) => [line.id, line])), index };
    }),
  );
  return { to, isNew, orders };
}

/** What is said of the month, and with 0 what the feed said once and doesn't any more, wherever it stands. */
function wholeMonth({ contract, usage, origin }: FedMonth, of: Period, orders: readonly MonthOrder[]): UsageLine[] {
  const wasSaid = (line: UsageLine) =>
    origin === 'FEED'
      ? line.origin === 'FEED'
      : line.origin === 'METER' || (line.prefilled !== undefined && line.origin !== 'FEED');
  const idOfUsage = (said: FedUsage) => idOf(`${contract.id}#${of}#${usageKeyText(said)}`);
  const said = usage.map((each): UsageLine => ({ ...each, usagePeriod: of, id: idOfUsage(each) }));
  const named = new Set(said.flatMap((line) => orders.flatMap(({ index }) => index.sameAs(line).map(({ id }) => id))));
  const gone = new Map<string, UsageLine>();
  for (const { before } of orders) {
    for (const line of before) {
      if (line.usagePeriod !== of || !wasSaid(line) || named.has(line.id)) continue;
      const { prefilled: _said, edit: _edit, comment: _comment, clusterUsages: _clusters, ...rest } = line;
      gone.set(usageKeyText(line), { ...rest, quantity: NO_QUANTITY, id: idOfUsage(line) });
    }
  }
  return [...said, ...gone.values()];
}

function replace({ after, index }: MonthOrder, was: readonly UsageLine[], become: readonly UsageLine[]): void {
  for (const line of was) {
    index.remove(line);
    after.delete(line.id);
  }
  for (const line of become) {
    index.put(line);
    after.set(line.id, line);
  }
}

/** None where nothing changes; else all orders of the month have to be as they were read. */
async function monthChanges(
  portal: AccountPortal,
  { contract, own, move, reasonOf }: FedMonth,
  orders: readonly MonthOrder[],
  made: BillingOrder | undefined,
): Promise<Change[]> {
  const byId = (lines: readonly UsageLine[]) => new Map(lines.map((line) => [line.id, line]));
  const isChanged = ({ order, before, after }: MonthOrder) =>
    !isDeepStrictEqual(byId(before), after) || (order.id === own.before.id && own.after !== own.before);
  const changed = orders.filter(isChanged);
  if (changed.length === 0) return [];
  const tiers = await tiersOf(portal);
  const inPlace = Math.floor(MOST_IN_PLACE / changed.length);
  const changes = orders.map(async (each): Promise<Change[]> => {
    const { order, before, after } = each;
    if (!changed.includes(each)) return order === made ? [] : [portal.billingOrders.unchanged(order)];
    const base = order.id === own.before.id ? own.after : order;
    const staged = { before, after: [...after.values()], tiers, newSet: portal.newId(), inPlace };
    const lines = await changedLines(portal, base, staged);
    const reason = move.reason ?? reasonOf?.(order.usagePeriod, before, staged.after);
    return carrierChanges(portal, { contract, order, isNew: order === made }, lines, { ...move, reason });
  });
  return (await Promise.all(changes)).flat();
}
