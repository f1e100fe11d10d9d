import { changedMeanwhile } from './changed-meanwhile.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';

/** What came of looking at a thing: the changes to commit, none where all is as it should be, and what is answered when they are. */
export type Decided<Result> = { changes: readonly Change[]; result: Result };

// Many make things of one contract at once, write lines of one order, upload for one meter: with each, one gets through.
const ATTEMPTS = 20;

/**
 * Decides and commits; decides anew when the commit was refused because somebody else was faster.
 * @param what is changed, for the message
 * @param decide loads the thing, and throws when there is nothing to do, or answers no changes
 * @throws PortalError CHANGED_MEANWHILE when others keep changing it
 */
export async function committed<Result>(
  portal: Pick<Portal, 'units'>,
  what: string,
  decide: () => Promise<Decided<Result>>,
): Promise<Result> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { changes, result } = await decide();
    if (changes.length === 0 || (await portal.units.commit(changes)).ok) return result;
  }
  throw changedMeanwhile(what);
}
