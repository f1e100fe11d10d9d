import { isWaiting, type UsageFile } from '../domain/usage-file/usage-file.ts';
import { type ApplyPortal, applyUsageFile } from './apply-usage-file.ts';
import { USAGE_FILE_SHARDS } from './ports/usage-files.ts';
import { HELD_MS } from './usage-file-objects.ts';
import { type ValidatePortal, validateUsageFile } from './validate-usage-file.ts';

export type TakeUpPortal = ValidatePortal & ApplyPortal;

/**
 * Takes up the files that wait: those whose upload nobody was told of, those to be validated again, and those whose
 * validating or applying was interrupted. One that can't be done doesn't stop the others.
 *
 * @returns how many were taken up, and what could not be done
 */
export async function takeUpUsageFiles(portal: TakeUpPortal): Promise<{ taken: number; failures: Error[] }> {
  let taken = 0;
  const failures: Error[] = [];
  for (let shard = 0; shard < USAGE_FILE_SHARDS; shard++) {
    for await (const id of portal.usageFiles.waiting(shard)) {
      try {
        if (await takenUp(portal, id)) taken++;
      } catch (error) {
        failures.push(new Error(`usage file ${id} could not be taken up`, { cause: error }));
      }
    }
  }
  return { taken, failures };
}

async function takenUp(portal: TakeUpPortal, id: string): Promise<boolean> {
  const now = portal.clock();
  const file = await portal.usageFiles.get(id);
  if (!file || !isWaiting(file) || (file.heldUntil ?? '') > now.toISOString()) return false;
  if (!file.applied) {
    await validateUsageFile(portal, id);
    return true;
  }
  const held: UsageFile = { ...file, heldUntil: new Date(now.getTime() + HELD_MS).toISOString() };
  if (!(await portal.units.commit([portal.usageFiles.changed(held, now)])).ok) return false;
  await applyUsageFile(portal, id);
  return true;
}
