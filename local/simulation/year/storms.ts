import type { Period } from '../../../lambdas/domain/calendar/period.ts';
import type { CutoffPolicy } from '../../../lambdas/domain/calendar/programme-calendar.ts';
import type { Portal } from '../../../lambdas/use-cases/ports/portal.ts';
import { startClose } from '../../../lambdas/use-cases/start-close.ts';
import { seededRandom } from '../../random.ts';
import { BLANK_PAGES } from '../blank-pages.ts';
import { conditionsOf } from '../seed-conditions.ts';
import { openLife, type World } from '../world.ts';

// Of some 1,500 calls that a close of a dozen orders makes.
const LATEST_DEATH = 1_200;

/**
 * Closes a month in the bad weather of a seed, in a process that mostly dies of it, and then, as long as it isn't complete,
 * in the fair weather of the portal given.
 *
 * @param settled waits until nothing of the fair portal is under way
 * @returns what is wrong when it has not come to its end
 */
export async function closeInStorm(
  world: World,
  month: string,
  { seed, cutoffPolicy }: { seed: number; cutoffPolicy: CutoffPolicy },
  { portal, settled }: { portal: Portal; settled: () => Promise<void> },
): Promise<string[]> {
  const random = seededRandom(seed).fork(`storm of ${month}`);
  const death = { call: 1 + random.int(LATEST_DEATH), happens: random.pick(['crashBefore', 'crashAfter'] as const) };
  const conditions = { ...conditionsOf(random, 1), pdf: BLANK_PAGES, cutoffPolicy, incidents: [death] };
  const stormy = openLife(world, conditions);
  const period = month as Period;
  const start = (of: Portal, mode: 'SCHEDULED' | 'REDRIVE') => startClose(of, { period, mode, now: portal.clock() });
  // Whoever starts it may be told that it failed, or die: then it is started again below.
  await start(stormy.portal, 'SCHEDULED').catch(() => undefined);
  await stormy.settled();
  for (const name of world.executions.keys()) world.executions.set(name, 'ENDED');
  const close = await portal.closes.get(period);
  if (close?.state !== 'COMPLETE') {
    await start(portal, close ? 'REDRIVE' : 'SCHEDULED');
    await settled();
  }
  const end = await portal.closes.get(period);
  return end?.state === 'COMPLETE' ? [] : [`the close of ${month} is ${end?.state ?? 'not begun'}`];
}
