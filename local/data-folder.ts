import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { isPeriod, type Period } from '../lambdas/domain/calendar/period.ts';
import { databaseOf, refuseInUse } from './folder-database.ts';

/** What a data folder says of itself, in portal.json. */
const ContentsSchema = z.object({
  version: z.literal(1),
  kind: z.enum(['portal', 'demo']),
  seed: z.number().int(),
  /** The period a fresh start closes. */
  period: z.custom<Period>((value) => typeof value === 'string' && isPeriod(value)),
  /** Whether everything was brought in. */
  seeded: z.boolean(),
});

export type FolderContents = z.infer<typeof ContentsSchema>;

/** A folder that can't be used, told to a person. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
}

const CONTENTS = 'portal.json';

/**
 * What the folder holds; undefined when it is new or empty.
 * @throws DataFolderError when it holds something that is no portal's
 */
export function readDataFolder(folder: string): FolderContents | undefined {
  const path = join(folder, CONTENTS);
  if (!existsSync(path)) {
    if (!existsSync(folder)) return undefined;
    refuseFile(folder);
    if (readdirSync(folder).length === 0) return undefined;
    throw new DataFolderError(`${resolve(folder)} holds files that are no portal's: choose another folder with --data`);
  }
  const contents = ContentsSchema.safeParse(parsed(readFileSync(path, 'utf8')));
  if (contents.success) return contents.data;
  throw new DataFolderError(`${resolve(path)} is damaged or of another version: start over with --fresh`);
}

function refuseFile(folder: string): void {
  if (!statSync(folder).isDirectory()) throw new DataFolderError(`${resolve(folder)} is no folder`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @throws DataFolderError when the folder can't be made */
export async function writeDataFolder(folder: string, contents: FolderContents): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new DataFolderError(`${resolve(folder)} can't be made (${error.code}): choose another folder with --data`);
  });
  const path = join(folder, CONTENTS);
  await writeFile(`${path}.part`, `${JSON.stringify(contents, null, 2)}\n`);
  await rename(`${path}.part`, path);
}

/**
 * Removes a portal's data.
 * @throws DataFolderError when the folder holds something else, DatabaseInUse when a portal runs on it
 */
export async function emptyDataFolder(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  refuseFile(folder);
  if (!existsSync(join(folder, CONTENTS)) && readdirSync(folder).length > 0) {
    throw new DataFolderError(`${resolve(folder)} holds files that are no portal's: they are not removed`);
  }
  if (existsSync(databaseOf(folder))) await refuseInUse(folder);
  await rm(folder, { recursive: true, force: true });
}
