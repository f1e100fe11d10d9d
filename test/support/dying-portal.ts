import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { writerInto } from './document-writer.ts';

/** A portal whose process ends at the n-th thing it writes: before it is written, or before its answer is there. */
export function dyingAt({ portal }: { portal: Portal }, n: number, moment: 'BEFORE' | 'AFTER') {
  const life = { writes: 0, dead: false };
  const dies = <Arguments extends unknown[], Result>(write: (...args: Arguments) => Promise<Result>) => {
    return async (...args: Arguments): Promise<Result> => {
      const last = life.writes++ === n;
      if (last && moment === 'BEFORE') life.dead = true;
      if (life.dead) throw new Error('the process has ended');
      const result = await write(...args);
      if (last) life.dead = true;
      if (life.dead) throw new Error('the process has ended');
      return result;
    };
  };
  const { workFiles, documents, numbers, units, notifications, notices, mailer } = portal;
  const mortalDocuments = { ...documents, putOnce: dies(documents.putOnce) };
  const mortal: Portal = {
    ...portal,
    workFiles: { ...workFiles, putOnce: dies(workFiles.putOnce) },
    documents: mortalDocuments,
    documentWriter: writerInto({ documents: mortalDocuments }),
    numbers: { ...numbers, reserveOne: dies(numbers.reserveOne) },
    units: { commit: dies(units.commit) },
    notifications: { claim: dies(notifications.claim), sent: dies(notifications.sent) },
    notices: { ...notices, told: dies(notices.told) },
    mailer: { send: dies(mailer.send) },
  };
  return { mortal, life };
}
