import { cutoffInstant, DEFAULT_CALENDAR } from '../../lambdas/domain/calendar/programme-calendar.ts';
import { importProgramme } from '../../lambdas/use-cases/import-programme.ts';
import { relayOutbox } from '../../lambdas/use-cases/relay-outbox.ts';
import { startClose } from '../../lambdas/use-cases/start-close.ts';
import { openLocalPortal } from '../local-portal.ts';
import { closeProgramme } from './close-programme.ts';
import { KILLED_PERIOD, KILLED_SHAPE } from './kill-close.ts';

/**
 * A process to be killed: `node close-on-folder.ts <folder> <epoch ms>` brings the close of a data folder to its end,
 * whatever an earlier process has left there. It says `closing` when the close begins. The epoch is when the clock stood
 * at the cutoff, so that it goes on from one process to the next.
 */
const [folder, epoch] = process.argv.slice(2) as [string, string];
const cutoff = cutoffInstant(KILLED_PERIOD, DEFAULT_CALENDAR).getTime();
const clock = () => new Date(cutoff + Date.now() - Number(epoch));
const local = await openLocalPortal({ folder, clock });
await importProgramme(local.portal, closeProgramme(KILLED_PERIOD, KILLED_SHAPE));
console.log('closing');
for (;;) {
  const close = await local.portal.closes.get(KILLED_PERIOD);
  if (close?.state === 'COMPLETE') break;
  const mode = close ? 'REDRIVE' : 'SCHEDULED';
  const run = await startClose(local.portal, { period: KILLED_PERIOD, mode, now: clock() });
  await local.executions.wait(run.name);
}
// A process that died after the run had ended has left its events to the relay, which runs each minute.
await relayOutbox(local.portal);
await local.close();
