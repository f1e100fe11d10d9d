import { plainDate } from '../../lambdas/domain/calendar/period.ts';
import { task as contractDay } from '../../lambdas/jobs/contract-day.ts';
import { task as dealDay } from '../../lambdas/jobs/deal-day.ts';
import { task as programmeDay } from '../../lambdas/jobs/programme-day.ts';
import { CommandError } from './errors.ts';
import { withPortal } from './operate.ts';
import { sayTo } from './output.ts';
import { portalClock } from './sample-portal.ts';

/** `day`: does what the calendar and contracts bring about up to a day, as the schedule does it. */
export async function day(options: { data: string; date?: string; json?: boolean }): Promise<void> {
  const clock = portalClock();
  if (options.date !== undefined) clock.standAt(new Date(`${plainDate(options.date)}T00:05:00.000Z`));
  const work = async ({ portal }: Parameters<Parameters<typeof withPortal>[2]>[0]) => {
    const { failures, ...contracts } = await contractDay(portal, {});
    const { opened, made, failures: missing } = await programmeDay(portal, {});
    const { closed, failures: ofDeals } = await dealDay(portal, {});
    return { opened, made, ...contracts, deals: closed, failures: [...missing, ...failures, ...ofDeals] };
  };
  const { failures, ...done } = await withPortal(options.data, true, work, clock);
  const failed = failures.map(({ message }) => message);
  if (options.json) process.stdout.write(`${JSON.stringify({ ...done, failed })}\n`);
  else {
    const say = sayTo(process.stdout);
    say(`Orders made         ${done.made}`);
    say(`Orders opened       ${done.opened}`);
    say(`Steps on contracts  ${done.steps}`);
    say(`Documents issued    ${done.documents}`);
    say(`Deals closed        ${done.deals}`);
    say(`Mails sent          ${done.mails}`);
  }
  if (failed.length > 0) throw new CommandError(`${failed.join('\n')}\nIt is done next time, once the cause is mended`);
}
