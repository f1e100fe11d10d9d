import { period } from '../../lambdas/domain/calendar/period.ts';
import { DEFAULT_CALENDAR, latestClosablePeriod } from '../../lambdas/domain/calendar/programme-calendar.ts';
import { emptyDataFolder, type FolderContents, readDataFolder, writeDataFolder } from '../data-folder.ts';
import { CommandError } from './errors.ts';

/** Which sample programme is asked for; where nothing is said, that of seed 1 and the latest period that can be closed. */
type AskedProgramme = { data: string; fresh?: boolean; seed?: number; period?: string };

/**
 * What a data folder holds, or is to hold from now on; with `fresh`, what it held before is removed. What can be refused is,
 * before anything is removed or made.
 *
 * @throws CommandError for a latest period whose close is not due yet, and where the folder holds a demo or another programme
 */
export async function contentsOf({ data, fresh, ...asked }: AskedProgramme): Promise<FolderContents> {
  const anew = newContents(asked);
  if (fresh) await emptyDataFolder(data);
  const held = readDataFolder(data);
  if (held) refuseAnother(data, held, asked);
  else await writeDataFolder(data, anew);
  return held ?? anew;
}

function newContents({ seed = 1, period: asked }: Pick<AskedProgramme, 'seed' | 'period'>): FolderContents {
  const closable = latestClosablePeriod(new Date(), DEFAULT_CALENDAR);
  const latest = asked === undefined ? closable : period(asked);
  if (latest > closable)
    throw new CommandError(`Period ${latest} can't be closed yet: the latest that is past its cutoff is ${closable}`);
  return { version: 1, kind: 'portal', seed, period: latest, seeded: false };
}

function refuseAnother(
  data: string,
  { kind, seed, period: latest }: FolderContents,
  asked: Pick<AskedProgramme, 'seed' | 'period'>,
): void {
  const isSame = (asked.seed ?? seed) === seed && (asked.period ?? latest) === latest;
  if (kind === 'portal' && isSame) return;
  const held = kind === 'demo' ? 'a demo' : `the programme of seed ${seed} up to ${latest}`;
  throw new CommandError(`${data} holds ${held}: choose another folder with --data, or start over with --fresh`);
}
