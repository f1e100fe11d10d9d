import { tellParties } from '../../lambdas/use-cases/tell-parties.ts';
import type { ApiPortal } from './portal.ts';

/** Sends what waits to be mailed; answers "address: subject" of all mails since it was last asked, in order. */
export async function mailedBy({ portal, mails }: Pick<ApiPortal, 'portal' | 'mails'>): Promise<string[]> {
  for (const notice of await portal.notices.waiting()) await tellParties(portal, notice);
  return mails
    .splice(0)
    .flatMap(({ subject, to }) => to.map(({ address }) => `${address}: ${subject}`))
    .sort();
}
