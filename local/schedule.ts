import { task as contractDay } from '../lambdas/jobs/contract-day.ts';
import { task as dealDay } from '../lambdas/jobs/deal-day.ts';
import { task as deliverWebhooks } from '../lambdas/jobs/deliver-webhooks.ts';
import { task as runExports } from '../lambdas/jobs/exports.ts';
import { task as meterDay } from '../lambdas/jobs/meter-day.ts';
import { task as programmeDay } from '../lambdas/jobs/programme-day.ts';
import { task as relayOutbox } from '../lambdas/jobs/relay-outbox.ts';
import { task as usageFiles } from '../lambdas/jobs/usage-files.ts';
import type { Portal } from '../lambdas/use-cases/ports/portal.ts';

const EVERY_MS = 60_000;

/** Runs the scheduled jobs of the portal, at once and then every minute, one round after the other. */
export function startSchedule(portal: Portal, tell: (error: Error) => void): { stop(): Promise<void> } {
  let stopped = false;
  let wake = (): void => undefined;

  async function round(): Promise<void> {
    try {
      const { failures } = await contractDay(portal, {});
      const begun = await programmeDay(portal, {});
      const metered = await meterDay(portal, {});
      const files = await usageFiles(portal, {});
      const exported = await runExports(portal, {});
      const deals = await dealDay(portal, {});
      const all = [begun, { failures }, deals, metered, files, exported];
      for (const failure of all.flatMap((each) => each.failures)) tell(failure);
      await relayOutbox(portal, {});
      for (const failure of (await deliverWebhooks(portal, {})).failures) tell(failure);
    } catch (error) {
      tell(error as Error);
    }
  }

  async function rounds(): Promise<void> {
    while (!stopped) {
      await round();
      if (stopped) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, EVERY_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  const ended = rounds();
  return {
    stop: async () => {
      stopped = true;
      wake();
      await ended;
    },
  };
}
