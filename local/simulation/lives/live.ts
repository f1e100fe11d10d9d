import { heldUsage } from '../../../lambdas/domain/billing-order/held-usage.ts';
import type { BillingOrderStatus } from '../../../lambdas/domain/billing-order/status.ts';
import type { Period } from '../../../lambdas/domain/calendar/period.ts';
import { orderItem } from '../../../lambdas/stores/billing-orders.ts';
import { checkAskedChange } from '../../../lambdas/use-cases/asked-change.ts';
import type { Caller } from '../../../lambdas/use-cases/caller.ts';
import { createContract } from '../../../lambdas/use-cases/create-contract.ts';
import { deactivateContract } from '../../../lambdas/use-cases/deactivate-contract.ts';
import { decideRequest } from '../../../lambdas/use-cases/decide-request.ts';
import { importProgramme } from '../../../lambdas/use-cases/import-programme.ts';
import { resubmitRequest, withdrawRequest } from '../../../lambdas/use-cases/move-request.ts';
import { requestChange } from '../../../lambdas/use-cases/requested-change.ts';
import { runContractDay } from '../../../lambdas/use-cases/run-contract-day.ts';
import { runProgrammeDay } from '../../../lambdas/use-cases/run-programme-day.ts';
import { startClose } from '../../../lambdas/use-cases/start-close.ts';
import { seededRandom } from '../../random.ts';
import { plainId } from '../plain-programme.ts';
import type { Life, World } from '../world.ts';
import { askedChange, askedContract, lineOf } from './asked.ts';
import { type Day, daysBetween, firstOf, type Month, monthOf, monthsFrom, monthsLater } from './days.ts';
import { livesProgramme, partiesOf } from './programme.ts';
import { type Ask, type Chronicle, CLOSING_DAY, type Story } from './story.ts';

/** What the stories have become in the portal: the id of each contract, and of its requests in the order they were made. */
export type Lived = {
  contractIds: readonly (string | undefined)[];
  requestIds: readonly (readonly string[])[];
  problems: string[];
};

const VENDOR: Caller = {
  userId: 'vendor-user',
  organizationId: plainId(1, 0),
  organizationType: 'VENDOR',
  roles: ['Operations'],
};
const IDS = 9;

/**
 * Lives the stories in the portal, day by day: at 00:05 the jobs, where they run; on the 10th the usage of the month
 * before and, at 02:00, its close; then what people ask for, decide and take back. Whatever is refused is a problem.
 */
export async function liveThrough(chronicle: Chronicle, world: World, { portal, settled }: Life): Promise<Lived> {
  const { stories, jobDays, first, months } = chronicle;
  const jobs = new Set(jobDays);
  const contractIds: (string | undefined)[] = stories.map(() => undefined);
  const requestIds: string[][] = stories.map(() => []);
  const problems: string[] = [];
  const random = seededRandom(chronicle.seed).fork('reporting');
  let made = 0;
  const newId = () => plainId(IDS, ++made);
  const at = (day: Day, time: string) => {
    world.time.now = Date.parse(`${day}T${time}Z`);
  };

  async function trying(story: Story, day: Day, what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      problems.push(`contract ${story.n}, ${day}: ${what} failed: ${(error as Error).message}`);
    }
  }

  async function ask(story: Story, { wish }: Ask): Promise<void> {
    const { caller } = partiesOf(story.n, story.currency);
    const asking = { caller, now: portal.clock(), newId, comment: 'As agreed' };
    const contractId = contractIds[story.n] ?? '';
    if (wish.type === 'CREATE') {
      const { contract, request } = await createContract(portal, asking, askedContract(story, wish));
      contractIds[story.n] = contract.id;
      requestIds[story.n]?.push(request.id);
      return;
    }
    const change = askedChange(wish);
    const check = (context: Parameters<typeof checkAskedChange>[1]) => checkAskedChange(change, context);
    const { request } = await requestChange(portal, { ...asking, contractId }, wish.type, check);
    requestIds[story.n]?.push(request.id);
  }

  async function revise(story: Story, { wish }: Ask, requestId: string): Promise<void> {
    const now = portal.clock();
    const comment = 'Once more, please';
    await decideRequest(portal, 'askToRevise', { caller: VENDOR, requestId, comment, now });
    const { caller } = partiesOf(story.n, story.currency);
    const again = { caller, now, comment, requestId, contractId: contractIds[story.n] ?? '' };
    const anew = wish.type === 'CREATE' ? { type: wish.type, asked: askedContract(story, wish) } : askedChange(wish);
    await resubmitRequest(portal, again, anew);
  }

  async function people(story: Story, day: Day): Promise<void> {
    const { caller } = partiesOf(story.n, story.currency);
    const contractId = contractIds[story.n] ?? '';
    for (const [n, asked] of story.asks.entries()) {
      if (asked.on === day) await trying(story, day, `asking for ${asked.wish.type}`, () => ask(story, asked));
      const requestId = requestIds[story.n]?.[n] ?? '';
      const decision = { caller: VENDOR, requestId, comment: 'Decided', now: portal.clock() };
      if (asked.on === day && asked.isRevised)
        await trying(story, day, 'revising', () => revise(story, asked, requestId));
      if (asked.approved === day)
        await trying(story, day, 'approving', () =>
          decideRequest(portal, 'approve', {
            ...decision,
            settlement:
              asked.settlement === undefined ? undefined : { amount: asked.settlement, currency: story.currency },
          }),
        );
      if (asked.rejected === day)
        await trying(story, day, 'rejecting', () => decideRequest(portal, 'reject', decision));
      if (asked.withdrawn === day) {
        const withdrawal = { caller, requestId, contractId: contractIds[story.n] ?? '', now: portal.clock() };
        await trying(story, day, 'withdrawing', () => withdrawRequest(portal, withdrawal));
      }
    }
    if (story.deactivated === day) {
      const deactivation = { caller: VENDOR, contractId, reason: 'Fraud', now: portal.clock() };
      await trying(story, day, 'deactivating', () => deactivateContract(portal, deactivation));
    }
  }

  /** Stands in for the reporting of a month: the orders that the job has made and opened get what their contract has used. */
  async function report(month: Month, on: Day): Promise<void> {
    const usagePeriod = month as Period;
    // A job that is down opens nothing; the close bills what it finds.
    const isOpened = daysBetween(`${monthsLater(month, 1)}-01`, on).some((day) => jobs.has(day));
    for (const story of stories) {
      const id = contractIds[story.n];
      const [order] = id === undefined ? [] : await portal.billingOrders.ofContract(id, [usagePeriod]);
      if (!order) {
        // Nobody can report a month that the job has not begun: its close begins it, and bills it without usage.
        if (!daysBetween(firstOf(month), on).some((day) => jobs.has(day))) delete story.usage[month];
        continue;
      }
      // Of a contract that has ended before the month nothing is reported.
      if (order.status === 'CANCELLED') continue;
      const lines = (story.usage[month] ?? []).map((usage) => lineOf(usage, usagePeriod));
      const reported = { ...order, status: random.pick(REPORTED), held: heldUsage(usagePeriod, lines, new Map()) };
      if (order.status !== 'PENDING_SP' && (isOpened || order.status !== 'NOT_OPEN'))
        problems.push(`the order of contract ${story.n} for ${month} is ${order.status}`);
      await portal.billingOrders.putLines(order.id, order.lineSet, lines);
      await world.table.putAll([orderItem(reported)]);
    }
  }

  await importProgramme(portal, livesProgramme(first, stories.length));
  for (const day of daysBetween(jobDays[0] as Day, jobDays.at(-1) as Day)) {
    at(day, '00:05:00');
    if (jobs.has(day)) {
      const contracts = await runContractDay(portal);
      const programme = await runProgrammeDay(portal);
      const failures = [...programme.failures, ...contracts.failures];
      problems.push(...failures.map(({ message }) => `the jobs of ${day}: ${message}`));
    }
    const month = monthsLater(monthOf(day), -1);
    if (day.endsWith(`-${CLOSING_DAY}`) && month >= first && monthsFrom(first, month) < months) {
      await report(month, day);
      at(day, '02:00:00');
      await startClose(portal, { period: month as Period, mode: 'SCHEDULED', now: portal.clock() });
      await settled();
    }
    at(day, '09:00:00');
    for (const story of stories) await people(story, day);
  }
  return { contractIds, requestIds, problems };
}

// An order that nobody has approved is moved on by the cutoff, and billed as it is reported.
const REPORTED: readonly BillingOrderStatus[] = [
  'PENDING_VENDOR',
  'PENDING_VENDOR',
  'PENDING_AGGREGATOR',
  'PENDING_SP',
];
