import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { REMINDERS, type Reminder, reminderDueDate, remindersDue } from '../domain/billing-order/deadlines.ts';
import type { Period } from '../domain/calendar/period.ts';
import { ROSTER_SHARDS } from '../domain/close/roster.ts';
import { compareCodePoints } from '../domain/usage/canonical-order.ts';
import { rosterOf } from './begin-period.ts';
import { inParallel } from './in-parallel.ts';
import type { Notice, RemindedOrder } from './ports/messages.ts';
import type { Portal } from './ports/portal.ts';

export type RemindPortal = Pick<
  Portal,
  'settings' | 'clock' | 'units' | 'organizations' | 'billingOrders' | 'notices' | 'programmeDays'
>;

const SHARDS_AT_ONCE = 16;
const NOTICES_AT_ONCE = 8;
// More than these a mail doesn't list: it says how many there are.
const MOST_LISTED = 200;

/** Orders that wait for somebody, as far as mails tell of them. */
type Waiting = RemindedOrder & Pick<BillingOrder, 'aggregatorId' | 'status'>;

/**
 * Queues the mails of the programme calendar that are due for a period: one for each party and kind, listing its orders
 * (domain.md §3). A kind is done once for a period; done again after a crash, or twice at once, nobody gets a second mail, as
 * a mail that has its reference was claimed before.
 *
 * @returns how many were queued
 */
export async function remindParties(portal: RemindPortal, of: Period): Promise<number> {
  const due = remindersDue(of, portal.settings.calendar, portal.clock());
  if (due.length === 0) return 0;
  const done = await portal.programmeDays.stepsDone(of);
  const open = due.filter((reminder) => !done.has(reminder));
  if (open.length === 0) return 0;
  const waiting = await waitingOrders(portal, of);
  let queued = 0;
  for (const reminder of open) {
    const results = await inParallel(noticesOf(portal, of, reminder, waiting), NOTICES_AT_ONCE, (notice) =>
      portal.units.commit([portal.notices.queued(notice)]),
    );
    queued += results.filter(({ ok }) => ok).length;
    await portal.programmeDays.stepDone(of, reminder, portal.clock());
  }
  return queued;
}

async function waitingOrders(portal: RemindPortal, of: Period): Promise<Waiting[]> {
  const shards = Array.from({ length: ROSTER_SHARDS }, (_, shard) => shard);
  const waiting = await inParallel(shards, SHARDS_AT_ONCE, async (shard) => {
    const rows = await rosterOf(portal, of, shard);
    const orders = await portal.billingOrders.getMany(rows.map(({ orderId }) => orderId));
    return orders
      .filter((order) => (order.status === 'PENDING_SP' || order.status === 'PENDING_AGGREGATOR') && !order.billed)
      .map(({ contractNumber, serviceProviderId, aggregatorId, status }) => ({
        contractNumber,
        serviceProviderId,
        aggregatorId,
        status,
      }));
  });
  return movedByHand(portal, waiting.flat());
}

/** Without those of organizations dedicated to AWS Resell, whose orders the system submits and approves. */
async function movedByHand(portal: RemindPortal, waiting: readonly Waiting[]): Promise<Waiting[]> {
  const ids = new Set(waiting.map(({ serviceProviderId }) => serviceProviderId));
  const providers = await portal.organizations.getMany([...ids]);
  const dedicated = new Set(providers.filter(({ awsResell }) => awsResell).map(({ id }) => id));
  return waiting.filter(({ serviceProviderId }) => !dedicated.has(serviceProviderId));
}

function* noticesOf(
  portal: RemindPortal,
  usagePeriod: Period,
  kind: Reminder,
  waiting: readonly Waiting[],
): Generator<Notice> {
  const { to, about } = REMINDERS[kind];
  const byRecipient = Map.groupBy(
    waiting.filter(({ status }) => status === about),
    (order) => order[to],
  );
  for (const [recipientId, orders] of byRecipient) {
    yield {
      id: `${kind}#${usagePeriod}#${recipientId}`,
      kind,
      time: portal.clock().toISOString(),
      recipientId,
      usagePeriod,
      dueDate: reminderDueDate(kind, usagePeriod, portal.settings.calendar),
      count: orders.length,
      orders: orders
        .map(({ contractNumber, serviceProviderId }) => ({ contractNumber, serviceProviderId }))
        .sort((a, b) => compareCodePoints(a.contractNumber, b.contractNumber))
        .slice(0, MOST_LISTED),
    };
  }
}
